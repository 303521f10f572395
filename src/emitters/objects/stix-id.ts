import { parse, v5 } from 'uuid'
import type { About } from '../../model/mapping-set.js'

/** An identifier: the object's type, two hyphens, a UUID (STIX 2.1, section 2.9). */
export type StixId = string

/** The namespace of all our ids: the UUIDv5 of "https://attack-crosswalk.example/stix" in the URL namespace of RFC 9562. */
export const stixNamespace = '9119ef20-9a81-5b4a-b835-8796ddecc185'

const namespaceBytes = parse(stixNamespace)
const encoder = new TextEncoder()

/**
 * The id of an object of ours: its type and the UUIDv5 of the JSON text of [type, ...parts], in our namespace. JSON keeps
 * the parts apart whatever they hold; an absent part is null.
 */
export function stixId(type: string, ...parts: readonly (string | undefined)[]): StixId {
  const name = JSON.stringify([type, ...parts.map((part) => part ?? null)])
  return `${type}--${v5(encoder.encode(name), namespaceBytes)}`
}

/** When objects were created and changed, as STIX timestamps; `stated` is false where no date was at hand. */
interface SetDates {
  readonly created: string
  readonly modified: string
  readonly stated: boolean
}

/** Stands where no date is stated or supplied, and on objects of ours that never change: plainly not a real date. */
export const epoch = '2000-01-01T00:00:00.000Z'

/** A set's dates: its own, else the one that the user supplies (a day, 2024-12-31), else the epoch. UTC midnight. */
export function setDates(about: About, supplied: string | undefined): SetDates {
  const modifiedDay = timestamp(about.modified)
  const created = timestamp(about.created) ?? timestamp(supplied) ?? modifiedDay
  if (created === undefined) return { created: epoch, modified: epoch, stated: false }
  // STIX forbids an object to be changed before it was created.
  const modified = modifiedDay !== undefined && modifiedDay > created ? modifiedDay : created
  return { created, modified, stated: true }
}

/** A moment as ATT&CK's bundles write it, with or without milliseconds, as a STIX timestamp; the epoch where it is none. */
export function toTimestamp(moment: string): string {
  const time = /^\d{4}-\d{2}-\d{2}T/.test(moment) ? new Date(moment) : new Date(Number.NaN)
  return Number.isNaN(time.getTime()) ? epoch : time.toISOString()
}

function timestamp(day: string | undefined): string | undefined {
  if (day === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined
  const text = `${day}T00:00:00.000Z`
  const time = new Date(text)
  return Number.isNaN(time.getTime()) || time.toISOString() !== text ? undefined : text
}
