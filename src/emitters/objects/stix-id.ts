import type { About } from '../../model/mapping-set.js'
import { createUuids, createUuidWords, showUuid, uuidWords } from '../../model/uuid-v5.js'

/** A STIX identifier: object type, two hyphens, UUID (STIX 2.1, section 2.9). */
export type StixId = string

/** Namespace of the ids that Crosswalk derives: the UUIDv5 of "https://attack-crosswalk.example/stix" in the URL namespace of RFC 9562. */
export const stixNamespace = '9119ef20-9a81-5b4a-b835-8796ddecc185'

const uuidOf = createUuids(stixNamespace)

/**
 * Derives the id of an object: its type and the UUIDv5, in `stixNamespace`, of the JSON text of [type, ...parts]. JSON separates
 * the parts unambiguously; an absent part is null.
 */
export function stixId(type: string, ...parts: readonly (string | undefined)[]): StixId {
  // JSON has null for what is undefined in a list.
  return `${type}--${uuidOf(JSON.stringify([type, ...parts]))}`
}

/** The ids of many relationships, by their numbers: a quarter of the memory of their texts. */
export interface RelationshipIds {
  /** Derives the id of a relationship, as `stixId` does. */
  derive(number: number, type: string, source: StixId, target: StixId): void
  show(number: number): StixId
}

/** Room for the ids of at most so many relationships. */
export function createRelationshipIds(most: number): RelationshipIds {
  const words = new Int32Array(most * uuidWords)
  return {
    // Types and ids have no character that JSON escapes.
    derive: (number, type, source, target) => wordsOf(`["relationship","${type}","${source}","${target}"]`, words, number * uuidWords),
    show: (number) => `relationship--${showUuid(words, number * uuidWords)}`,
  }
}

const wordsOf = createUuidWords(stixNamespace)

/** STIX timestamps of creation and last change; `stated` is false if no date is available and both are the epoch. */
interface SetDates {
  readonly created: string
  readonly modified: string
  readonly stated: boolean
}

/** Placeholder for a date that is neither stated nor supplied, and the date of Crosswalk's constant objects: visibly not a real one. */
export const epoch = '2000-01-01T00:00:00.000Z'

/** Dates of a set: its own, else the supplied one (2024-12-31), else the epoch. At midnight UTC. */
export function setDates(about: About, supplied: string | undefined): SetDates {
  const modifiedDay = timestamp(about.modified)
  const created = timestamp(about.created) ?? timestamp(supplied) ?? modifiedDay
  if (created === undefined) return { created: epoch, modified: epoch, stated: false }
  // STIX requires that `modified` is not before `created` (STIX 2.1, section 3.2).
  const modified = modifiedDay !== undefined && modifiedDay > created ? modifiedDay : created
  return { created, modified, stated: true }
}

/** Converts a timestamp of an ATT&CK bundle, with or without milliseconds, to a STIX timestamp; the epoch if it is invalid or absent. */
export function toTimestamp(moment = ''): string {
  const time = /^\d{4}-\d{2}-\d{2}T/.test(moment) ? new Date(moment) : new Date(Number.NaN)
  return Number.isNaN(time.getTime()) ? epoch : time.toISOString()
}

function timestamp(day: string | undefined): string | undefined {
  if (day === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined
  const text = `${day}T00:00:00.000Z`
  const time = new Date(text)
  return Number.isNaN(time.getTime()) || time.toISOString() !== text ? undefined : text
}
