import type { AttackSources } from '../attack/load-attack.js'
import type { Report } from '../diagnostics/diagnostic.js'
import type { ArtifactContent } from '../emitters/artifact-parts.js'
import type { Rasterise } from '../emitters/emitter.js'
import { joinBytes } from '../formats/decode-characters.js'
import type { DocumentFile } from '../formats/decoded.js'
import type { Limits } from '../formats/limits.js'
import type { ReadForeignWorkbook } from '../formats/workbook/foreign-workbook.js'
import { compareText, withoutControls } from '../model/text.js'
import type { Former } from './manifest.js'
import type { ApartEmitter } from './emit-task.js'
import type { ApartReader } from './requests.js'

export type { ArtifactContent, Rasterise }

/** A document that is read when it is needed. */
export interface ListedDocument {
  readonly name: string
  /** In bytes. */
  readonly size: number
  read(report: Report): Promise<DocumentFile | undefined>
}

/** A written artifact: digest in lower-case hex, size in bytes. */
export interface WrittenFile {
  readonly sha256: string
  readonly size: number
}

/** All bytes of an artifact, for hosts that keep them in memory. */
export async function collectContent(content: ArtifactContent): Promise<Uint8Array> {
  if (content instanceof Uint8Array) return content
  const chunks: Uint8Array[] = []
  for await (const chunk of content) chunks.push(chunk)
  return joinBytes(chunks)
}

/**
 * Everything outside the program. The pipeline reads and writes only through it, and so runs on a disk (`createDiskHost`), in
 * memory and in a browser (`createMemoryHost`).
 */
export interface Host {
  /** Reads all documents that the inputs name, sorted by name. Reports and leaves out those that cannot be read. */
  readDocuments(inputs: readonly string[], report: Report): Promise<readonly DocumentFile[]>
  /**
   * Writes an artifact atomically. `path` is relative to the output, with forward slashes. Throws WriteError, KeptError, or the error that
   * making the content throws, after which nothing of the artifact is left.
   */
  writeArtifact(path: string, content: ArtifactContent): Promise<WrittenFile>
  /**
   * Lists the documents that `readDocuments` would read, in its order, for runs that read a share of them. Reports what cannot be read.
   * Hosts that have the documents in memory need not have it.
   */
  listDocuments?(inputs: readonly string[], report: Report): Promise<readonly ListedDocument[]>
  /**
   * The entries of the manifest in the output, without artifacts that differ from their digest: those that a person changed or removed
   * are not ours any more.
   */
  readFormer(): Promise<Former>
  /** Nothing is written or removed. */
  readonly dryRun?: boolean
  /** Removes an artifact that `readFormer` returned. Throws WriteError. */
  removeArtifact(path: string): Promise<void>
  /**
   * Opens the output for one run alone: what is written then only takes its place when the run commits. Hosts without it write each
   * artifact at once. Throws BusyError, or OutputError; so does `writeArtifact` then, if all is lost.
   */
  openRun?(): Promise<OutputRun>
  /** Called when a document was read: a host may give its bytes up if it can read them again. */
  readonly releaseBytes?: (file: DocumentFile) => void
  /** Opens the rasteriser, for formats that need pixels; undefined if it is not installed. */
  readonly openRasteriser?: () => Promise<Rasterise | undefined>
  /** Reads workbooks that the core cannot read (.xlsb, .xls before Excel 97, .fods, SpreadsheetML 2003); without it, they are errors. */
  readonly readForeignWorkbook?: ReadForeignWorkbook
  /**
   * Opens workers that read documents within limits of time and memory, for the run with these ATT&CK releases; without them, all are read
   * in the thread of the caller, without such limits.
   */
  readonly openApartReader?: (sources: AttackSources) => ApartReader
  /**
   * Opens workers that emit up to `jobs` sets at once, for the run with these ATT&CK releases; without them, all are emitted in the thread of
   * the caller, one after the other.
   */
  readonly openApartEmitter?: (sources: AttackSources, jobs: number) => ApartEmitter
  /** Limits of documents that differ from the usual ones (docs/limits.md). */
  readonly limits?: Partial<Limits>
  /** Reports the progress of a stage, for display. */
  progress?(stage: string, done: number, total: number): void
}

/** The output while one run writes to it. */
export interface OutputRun {
  /** An earlier run was killed while it changed the output: `readFormer` has its artifacts, the manifest may not. */
  readonly recovered: boolean
  /** Puts the artifacts in their places. Returns those for which that failed; the manifest is not changed then. Throws OutputError. */
  commit(change: OutputChange): Promise<readonly Unplaced[]>
  /** Ends the run, also without `commit`: what it wrote since is discarded. */
  close(): Promise<void>
}

/** What a run changes in its output, besides the artifacts that it wrote. Files are bytes of manifests. */
export interface OutputChange {
  /** All artifacts of before and after, by which the next run knows what is there if this one is killed. */
  readonly journal: Uint8Array
  /** The manifest until all is done, without what changes; absent if there is none. */
  readonly interim?: Uint8Array
  /** Artifacts of earlier runs to remove. */
  readonly removed: readonly string[]
  /** Absent if there is no valid one. */
  readonly manifest?: Uint8Array
}

/** An artifact that could not be put in its place, or removed. */
export interface Unplaced {
  readonly name: string
  readonly cause: WriteError
}

/** An artifact could not be written: the disk is full, or the folder is read-only. */
export class WriteError extends Error {
  override readonly name = 'WriteError'
}

/** A file with the artifact's name is not ours, by the manifest of its folder, or was changed since: it is not overwritten. */
export class KeptError extends WriteError {}

/** The output as a whole cannot be written, because the disk is full, for one: the run ends, and nothing of it was written. */
export class OutputError extends WriteError {}

/** Another run is writing to the output. */
export class BusyError extends OutputError {}

/** A host in memory, for browsers, tests, and programs that have the documents already. */
export interface MemoryHost extends Host {
  /** The written artifacts, by path. */
  readonly written: ReadonlyMap<string, Uint8Array>
}

/**
 * Creates a host with these documents, by name. `readDocuments` returns the named ones, or all if none is named. Names may be those of
 * uploads: documents are called by them without what is absolute, leads to another folder, or hides what follows.
 */
export function createMemoryHost(documents: Readonly<Record<string, string | Uint8Array>>): MemoryHost {
  const written = new Map<string, Uint8Array>()
  const cleaned = cleanNames(Object.keys(documents))
  return {
    written,
    async readDocuments(inputs, report) {
      const files: DocumentFile[] = []
      const names = inputs.length > 0 ? [...new Set(inputs)] : Object.keys(documents)
      for (const given of names.toSorted(compareText)) {
        const content = Object.hasOwn(documents, given) ? documents[given] : undefined
        const name = cleaned.get(given) ?? given
        const origin = { document: name, place: { kind: 'file' } } as const
        if (content === undefined) {
          report('read/not-found', { origin })
          continue
        }
        const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
        if (bytes.byteLength === 0) report('read/empty', { origin })
        else files.push({ name, path: name, bytes, sha256: await digestOf(bytes) })
      }
      return files.toSorted((left, right) => compareText(left.name, right.name))
    },
    async writeArtifact(path, content) {
      const bytes = await collectContent(content)
      written.set(path, bytes)
      return { sha256: await digestOf(bytes), size: bytes.byteLength }
    },
    readFormer: async () => ({ artifacts: [], sources: [] }),
    removeArtifact: async (path) => void written.delete(path),
  }
}

/** Names of documents by the given ones, each once. Addresses stay as they are. */
function cleanNames(names: readonly string[]): ReadonlyMap<string, string> {
  const cleaned = new Map<string, string>()
  const used = new Set<string>()
  for (const name of names.toSorted(compareText)) {
    const parts = withoutControls(name).split(/[/\\]/).filter((part, index) => !(['', '.', '..'].includes(part) || (index === 0 && /^[a-z]:$/i.test(part))))
    const clean = /^https?:\/\//i.test(name) ? name : parts.join('/') || 'document'
    let chosen = clean
    for (let nth = 2; used.has(chosen); nth += 1) chosen = `${nth}_${clean}`
    used.add(chosen)
    cleaned.set(name, chosen)
  }
  return cleaned
}

/** SHA-256 of bytes, in lower-case hex. */
export async function digestOf(bytes: Uint8Array): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new Uint8Array(bytes))
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
