import type { AttackSources } from '../attack/load-attack.js'
import type { Report } from '../diagnostics/diagnostic.js'
import type { Rasterise } from '../emitters/emitter.js'
import type { DocumentFile } from '../formats/decoded.js'
import type { Limits } from '../formats/limits.js'
import type { ReadForeignWorkbook } from '../formats/workbook/foreign-workbook.js'
import { compareText } from '../model/text.js'
import type { Former } from './manifest.js'
import type { ApartReader } from './requests.js'

export type { Rasterise }

/** A written artifact: digest in lower-case hex, size in bytes. */
export interface WrittenFile {
  readonly sha256: string
  readonly size: number
}

/**
 * Everything outside the program. The pipeline reads and writes only through it, and so runs on a disk (`createDiskHost`), in
 * memory and in a browser (`createMemoryHost`).
 */
export interface Host {
  /** Reads all documents that the inputs name, sorted by name. Reports and leaves out those that cannot be read. */
  readDocuments(inputs: readonly string[], report: Report): Promise<readonly DocumentFile[]>
  /** Writes an artifact atomically. `path` is relative to the output, with forward slashes. Throws WriteError, or KeptError. */
  writeArtifact(path: string, bytes: Uint8Array): Promise<WrittenFile>
  /**
   * The entries of the manifest in the output, without artifacts that differ from their digest: those that a person changed or removed
   * are not ours any more.
   */
  readFormer(): Promise<Former>
  /** Nothing is written or removed. */
  readonly dryRun?: boolean
  /** Removes an artifact that `readFormer` returned. Throws WriteError. */
  removeArtifact(path: string): Promise<void>
  /** Opens the rasteriser, for formats that need pixels; undefined if it is not installed. */
  readonly openRasteriser?: () => Promise<Rasterise | undefined>
  /** Reads workbooks that the core cannot read (.xlsb, .xls before Excel 97, .fods, SpreadsheetML 2003); without it, they are errors. */
  readonly readForeignWorkbook?: ReadForeignWorkbook
  /**
   * Opens workers that read documents within limits of time and memory, for the run with these ATT&CK releases; without them, all are read
   * in the thread of the caller, without such limits.
   */
  readonly openApartReader?: (sources: AttackSources) => ApartReader
  /** Limits of documents that differ from the usual ones (docs/limits.md). */
  readonly limits?: Partial<Limits>
  /** Reports the progress of a stage, for display. */
  progress?(stage: string, done: number, total: number): void
}

/** An artifact could not be written: the disk is full, or the folder is read-only. */
export class WriteError extends Error {
  override readonly name = 'WriteError'
}

/** A file with the artifact's name is not ours, by the manifest of its folder, or was changed since: it is not overwritten. */
export class KeptError extends WriteError {}

/** A host in memory, for browsers, tests, and programs that have the documents already. */
export interface MemoryHost extends Host {
  /** The written artifacts, by path. */
  readonly written: ReadonlyMap<string, Uint8Array>
}

/** Creates a host with these documents, by name. `readDocuments` returns the named ones, or all if none is named. */
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
