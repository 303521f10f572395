import type { Report } from './diagnostics/diagnostic.js'
import type { Rasterise } from './emitters/emitter.js'
import type { DocumentFile } from './formats/decoded.js'
import type { Manifest } from './manifest.js'

export type { Rasterise }

/** What a written artefact is: lower-case hex digest, size in bytes. */
export interface WrittenFile {
  readonly sha256: string
  readonly size: number
}

/**
 * Everything outside of the program. The pipeline reads and writes through it alone, so the same pipeline runs on a disk
 * (`createDiskWorld`), in memory or in a browser (`createMemoryWorld`).
 */
export interface World {
  /** Reads every document that the inputs name, sorted by name. What can't be read is reported and left out. */
  readDocuments(inputs: readonly string[], report: Report): Promise<readonly DocumentFile[]>
  /** Writes an artefact whole or not at all. `path` is relative to the output, with forward slashes. Throws WriteError. */
  writeArtifact(path: string, bytes: Uint8Array): Promise<WrittenFile>
  /**
   * What the manifest that lies in the output lists, but for the artefacts named, as far as each is byte for byte what the manifest
   * says: what a person changed or removed is no longer ours.
   */
  readFormer(except: ReadonlySet<string>): Promise<Pick<Manifest, 'artefacts' | 'sources'>>
  /** Removes an artefact that `readFormer` gave. Throws WriteError. */
  removeArtifact(path: string): Promise<void>
  /** What draws pixels, for formats that need it. */
  readonly openRasteriser?: () => Promise<Rasterise | undefined>
  /** Told how far a stage is; for people. */
  progress?(stage: string, done: number, total: number): void
}

/** An artefact could not be written: the disk is full, the folder is read-only. Input errors are diagnostics instead. */
export class WriteError extends Error {
  override readonly name = 'WriteError'
}
