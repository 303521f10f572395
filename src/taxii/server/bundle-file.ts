import type { StoredObject } from './stored-object.js'

/** A bundle as its file holds it. */
export interface BundleFile {
  /** The file's name, without its folder. */
  readonly name: string
  /** When the file came to be as it is, in microseconds since 1970. */
  readonly changedAt: number
  readonly title: string
  readonly description?: string
  /** In the order of the bundle. */
  readonly objects: readonly StoredObject[]
}
