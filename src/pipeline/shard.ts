import type { Diagnostic, DiagnosticLog, Report } from '../diagnostics/diagnostic.js'
import type { DocumentFile } from '../formats/decoded.js'
import { digestOf, type Host, type ListedDocument } from './host.js'
import type { ShardRecord } from './manifest.js'
import type { ConvertRequest, Shard, Understanding } from './requests.js'

/** What one shard has of a run. */
export interface Share {
  readonly shard: Shard
  readonly inputs: ShardRecord['inputs']
  /** Where the documents of this shard are among all; absent if it reads all. */
  readonly positions?: readonly number[]
  /** What was reported before it read them: the first shard says it. */
  readonly before: number
}

/** The documents that a run reads. */
export interface RunInputs {
  readonly inputs: readonly DocumentFile[]
  /** All documents of the run, in order, of which a shard reads some. */
  readonly all?: readonly ListedDocument[]
  readonly share?: Share
}

type ShardedRequest = Pick<ConvertRequest, 'inputs' | 'perDocument' | 'combine' | 'shard'>

/**
 * Reads the documents of a run or, with `perDocument`, those of its shard; the others are only listed. A shard reads all of them if
 * any two may belong to one set: reading is a small part of the work then, and each emits its share of the sets.
 */
export async function readRunInputs(request: ShardedRequest, host: Host, { report, entries }: DiagnosticLog): Promise<RunInputs> {
  const { inputs: names, shard, perDocument } = request
  if (!shard) return { inputs: await host.readDocuments(names, report) }
  if (perDocument !== true || emitsCombined(request)) {
    const inputs = await host.readDocuments(names, report)
    const sizes = inputs.map(({ name, bytes }) => ({ name, size: bytes.byteLength }))
    return { inputs, share: { shard, inputs: await describeInputs(sizes), before: entries.length } }
  }
  const listed = await listDocuments(names, host, report)
  const before = entries.length
  const numbers = shareWork(listed.map(({ size }) => size), countReaders(request))
  const own = new Map<number, DocumentFile>()
  for (const [index, document] of listed.entries()) {
    const file = numbers[index] === shard.nth ? await document.read(report) : undefined
    if (file) own.set(index, file)
  }
  const all = listed.map((document, index): ListedDocument => {
    const file = own.get(index)
    return file ? { ...document, read: async () => file } : document
  })
  return { inputs: [...own.values()], all, share: { shard, inputs: await describeInputs(listed), positions: [...own.keys()], before } }
}

/** The names of all documents of a run, also of those that other shards read. */
export function namesOfRun({ inputs, all }: RunInputs): readonly string[] {
  return (all ?? inputs).map(({ name }) => name)
}

/**
 * Documents of the run that sets name, in order, and those of the catalog: a bundle may need the objects of another, or may have been made from a document of this run.
 * Those of other shards are read for their digests; undefined if this shard reads all.
 */
export async function readNamed({ sets, catalog }: Pick<Understanding, 'sets' | 'catalog'>, { inputs, all }: RunInputs): Promise<readonly DocumentFile[] | undefined> {
  if (!all) return undefined
  const names = new Set(sets.flatMap(({ set }) => set.sources.map(({ name }) => name)))
  const own = new Map(inputs.map((file) => [file.name, file]))
  const files: DocumentFile[] = []
  for (const document of all) {
    const file = names.has(document.name) ? own.get(document.name) ?? await document.read(() => undefined) : undefined
    if (file) files.push(file)
  }
  return [...files, ...catalog.map(({ file }) => file)]
}

/** Whether a shard makes the artifacts of all sets of documents that the others read: the last one, which does nothing else. */
function emitsCombined({ shard, perDocument, combine }: ShardedRequest): boolean {
  return shard !== undefined && shard.nth === shard.of && (shard.of === 1 || (perDocument === true && combine === true))
}

function countReaders({ combine, shard: { of } = { nth: 1, of: 1 } }: ShardedRequest): number {
  return combine === true ? of - 1 : of
}

async function listDocuments(names: readonly string[], host: Host, report: Report): Promise<readonly ListedDocument[]> {
  if (host.listDocuments) return host.listDocuments(names, report)
  const files = await host.readDocuments(names, report)
  return files.map((file) => ({ name: file.name, size: file.bytes.byteLength, read: async () => file }))
}

/** Names and sizes of documents, by which shards are known to be of one run. */
async function describeInputs(documents: readonly { readonly name: string; readonly size: number }[]): Promise<ShardRecord['inputs']> {
  const text = JSON.stringify(documents.map(({ name, size }) => [name, size]))
  return { documents: documents.length, sha256: await digestOf(new TextEncoder().encode(text)) }
}

/** The number of the shard, from 1, for each part of the work: the largest part first, each to the shard with the least so far. */
export function shareWork(sizes: readonly number[], of: number): readonly number[] {
  const loads = Array.from({ length: of }, () => 0)
  const numbers = sizes.map(() => 1)
  const largestFirst = sizes.map((_size, index) => index).toSorted((a, b) => (sizes[b] ?? 0) - (sizes[a] ?? 0) || a - b)
  for (const index of largestFirst) {
    const least = loads.reduce((best, load, nth) => (load < (loads[best] ?? 0) ? nth : best), 0)
    // Parts without a size are work, too.
    loads[least] = (loads[least] ?? 0) + (sizes[index] ?? 0) + 1
    numbers[index] = least + 1
  }
  return numbers
}

/** The part of a run that emits one or more sets. */
interface Job {
  readonly sets: readonly { readonly mappings: readonly unknown[] }[]
  readonly combined?: true
}

/** The jobs of a request's shard; all of a run without shards. */
export function takeJobs<OneJob extends Job>(jobs: readonly OneJob[], request: ShardedRequest): readonly OneJob[] {
  const { shard, perDocument, combine } = request
  if (!shard || shard.of === 1) return jobs
  if (perDocument === true) {
    const isLast = combine === true && emitsCombined(request)
    return jobs.filter(({ combined = false }) => combined === isLast)
  }
  const numbers = shareWork(jobs.map(({ sets }) => sets.reduce((sum, { mappings }) => sum + mappings.length, 0)), shard.of)
  return jobs.filter((_job, index) => numbers[index] === shard.nth)
}

/**
 * What a shard has to say: the first one says what all of them find, the others only what is about their share. `understood`: how much was
 * reported until all was read.
 */
export function ownDiagnostics(
  entries: readonly Diagnostic[], { shard, positions, before }: Share, understood: number, catalog: readonly { readonly file: DocumentFile }[],
): readonly Diagnostic[] {
  if (shard.nth === 1) return entries
  const shared = new Set(catalog.map(({ file }) => file.name))
  return entries.slice(positions ? before : understood)
    .filter(({ code, origin }) => code !== 'emit/option-limited' && !(positions && origin && shared.has(origin.document)))
}
