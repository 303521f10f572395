/** An object as it stands in a bundle's file, and what requests ask of it. */
export interface StoredObject {
  readonly id: string
  readonly type: string
  /** Its version as a text of its own: `modified`, else `created`, else the start of 1970 (TAXII 2.1, section 3.4.1). */
  readonly version: string
  /** The same in microseconds since 1970. */
  readonly versionTime: number
  /** "2.1" or "2.0". */
  readonly specVersion: string
  /** The ids that it refers to. */
  readonly refs: readonly string[]
  /** Its JSON in UTF-8, word for word: a view of the file's bytes. */
  readonly bytes: Uint8Array
}
