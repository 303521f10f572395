import type { Report } from '../diagnostics/diagnostic.js'
import type { Rasterise } from '../emitters/emitter.js'
import type { DocumentFile } from '../formats/decoded.js'
import { compareText } from '../model/compare-text.js'
import type { Manifest } from './manifest.js'

export type { Rasterise }

/** What a written artifact is: lower-case hex digest, size in bytes. */
export interface WrittenFile {
  readonly sha256: string
  readonly size: number
}

/**
 * Everything outside of the program. The pipeline reads and writes through it alone, so the same pipeline runs on a disk
 * (`createDiskHost`), in memory or in a browser (`createMemoryHost`).
 */
export interface Host {
  /** Reads every document that the inputs name, sorted by name. What can't be read is reported and left out. */
  readDocuments(inputs: readonly string[], report: Report): Promise<readonly DocumentFile[]>
  /** Writes an artifact whole or not at all. `path` is relative to the output, with forward slashes. Throws WriteError. */
  writeArtifact(path: string, bytes: Uint8Array): Promise<WrittenFile>
  /**
   * What the manifest that lies in the output lists, but for the artifacts named, as far as each is byte for byte what the manifest
   * says: what a person changed or removed is no longer ours.
   */
  readFormer(except: ReadonlySet<string>): Promise<Pick<Manifest, 'artifacts' | 'sources'>>
  /** Removes an artifact that `readFormer` gave. Throws WriteError. */
  removeArtifact(path: string): Promise<void>
  /** What draws pixels, for formats that need it. */
  readonly openRasteriser?: () => Promise<Rasterise | undefined>
  /** Told how far a stage is; for people. */
  progress?(stage: string, done: number, total: number): void
}

/** An artifact could not be written: the disk is full, the folder is read-only. Input errors are diagnostics instead. */
export class WriteError extends Error {
  override readonly name = 'WriteError'
}

/** A host without a disk: for browsers, tests, and programs that hold documents already. */
export interface MemoryHost extends Host {
  /** What was written, by path. */
  readonly written: ReadonlyMap<string, Uint8Array>
}

/** Holds the documents given, by name; `readDocuments` gives those that are named, or all when none is. */
export function createMemoryHost(documents: Readonly<Record<string, string | Uint8Array>>): MemoryHost {
  const written = new Map<string, Uint8Array>()
  return {
    written,
    async readDocuments(inputs, report) {
      const files: DocumentFile[] = []
      const names = inputs.length > 0 ? [...new Set(inputs)] : Object.keys(documents)
      for (const name of names.toSorted(compareText)) {
        const content = Object.hasOwn(documents, name) ? documents[name] : undefined
        const origin = { document: name, place: { kind: 'file' } } as const
        if (content === undefined) {
          report('read/not-found', { origin })
          continue
        }
        const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
        if (bytes.byteLength === 0) report('read/empty', { origin })
        else files.push({ name, path: name, bytes, sha256: await digest(bytes) })
      }
      return files
    },
    async writeArtifact(path, bytes) {
      written.set(path, bytes)
      return { sha256: await digest(bytes), size: bytes.byteLength }
    },
    readFormer: async () => ({ artifacts: [], sources: [] }),
    removeArtifact: async (path) => void written.delete(path),
  }
}

async function digest(bytes: Uint8Array): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new Uint8Array(bytes))
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
