const pattern = /^(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(?:\.(\d{1,18}))?(?:[Zz]|([+\- ])(\d\d):(\d\d))$/
const digits = 6

/** Formats microseconds since 1970 as a TAXII timestamp, with six fractional digits (TAXII 2.1, section 2). */
export function writeTimestamp(micros: number): string {
  const millis = Math.floor(micros / 1000)
  return `${new Date(millis).toISOString().slice(0, -1)}${String(micros - millis * 1000).padStart(3, '0')}Z`
}

/**
 * Parses an RFC 3339 timestamp into microseconds since 1970; undefined if it is invalid. Further digits are cut off. A space in
 * place of the plus sign is accepted, since URL decoding replaces it.
 */
export function readTimestamp(text: string): number | undefined {
  const [, day = '', time = '', fraction = '', sign, hours = '0', minutes = '0'] = pattern.exec(text) ?? []
  const millis = Date.parse(`${day}T${time}Z`)
  // Date.parse would take the 31st of February for a day of March.
  if (Number.isNaN(millis) || new Date(millis).toISOString() !== `${day}T${time}.000Z`) return undefined
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1)
  return (millis - offset) * 1000 + Number(fraction.slice(0, digits).padEnd(digits, '0'))
}

/** A collection (TAXII 2.1, section 5.2.1) and its objects. */
export interface Collection {
  /** A UUID derived from the file's name, which stays the same when the bundle changes. */
  readonly id: string
  readonly alias: string
  readonly title: string
  readonly description?: string
  readonly mediaTypes: readonly string[]
  readonly state: CollectionState
  /** Earlier states that clients may still be paging through, the latest first. */
  readonly formerStates: readonly CollectionState[]
}

/** An object, and when it was added to a collection, in microseconds since 1970. */
export interface DatedObject {
  readonly object: StoredObject
  readonly date: number
}

/** The position of an object among those with its id. */
export interface VersionPosition {
  /** Whether it is the first, or the last, version among those of its STIX version. */
  readonly isFirst: boolean
  readonly isLast: boolean
  /** Whether no object with its id has a later STIX version. */
  readonly isLatestSpec: boolean
}

/** An object of a collection, with the facts that filters need. No two entries have the same date. */
export interface Entry extends DatedObject, VersionPosition {}

/** The contents of a collection at one time. Immutable: a change of the collection makes a new state. */
export interface CollectionState {
  /** Identifies the state, also across restarts: equal for the same files without earlier states. */
  readonly mark: string
  /** In the order of their dates. */
  readonly entries: readonly Entry[]
}

/** A bundle in a file. */
export interface BundleFile {
  /** The file's name, without its folder. */
  readonly name: string
  /** When the file last changed, in microseconds since 1970. */
  readonly changedAt: number
  readonly title: string
  readonly description?: string
  /** In the order of the bundle. */
  readonly objects: readonly StoredObject[]
}

/** An object in a bundle's file, with the properties that requests filter by. */
export interface StoredObject {
  readonly id: string
  readonly type: string
  /** Its version as the object writes it: `modified`, else `created`, else the start of 1970 (TAXII 2.1, section 3.4.1). */
  readonly version: string
  /** The same in microseconds since 1970. */
  readonly versionTime: number
  /** "2.1" or "2.0". */
  readonly specVersion: string
  /** The ids that it refers to. */
  readonly refs: readonly string[]
  /** Its JSON in UTF-8, unchanged: a view of the file's bytes. */
  readonly bytes: Uint8Array
}
