import type { SchemaId } from '../schemas.js'

/** A file to be written: `value` is judged by `schema` first, and only then rendered. */
export interface Artifact {
  /** A plain file name, safe on every system; never a path. */
  readonly name: string
  /** The id of the emitter that made it. */
  readonly emitter: string
  readonly schema: SchemaId
  /** What the schema judges: the document itself, or the rows of a table. */
  readonly value: unknown
  /** What the artefact holds, for the manifest: rows, objects, techniques. */
  readonly counts: Readonly<Record<string, number>>
  render(): Uint8Array | Promise<Uint8Array>
}
