import { createHash } from 'node:crypto'
import type { AttackIndex } from '../../src/attack/attack-index.js'
import { createDiagnosticLog, type Diagnostic } from '../../src/diagnostics/diagnostic.js'
import type { DocumentFile } from '../../src/formats/decoded.js'
import { type MappingSet, toModelDocument } from '../../src/model/mapping-set.js'
import type { Mapping } from '../../src/model/mapping.js'
import type { Statements } from '../../src/parsers/parser.js'
import { convert, understand } from '../../src/pipeline/convert.js'
import { createMemoryHost } from '../../src/pipeline/host.js'
import { understandDocument } from '../../src/pipeline/understand.js'
import { cellsOf, type Encoding, type FuzzDocument, render, type Rendered } from './fuzz-document.js'

/** How to read a document. */
export interface ReadRequest {
  readonly from?: string
  readonly statements?: Statements
}

/** What was read of a document and reported about it. */
export interface FuzzReading {
  readonly sets: readonly MappingSet[]
  readonly diagnostics: readonly Diagnostic[]
  readonly parser?: string
}

/** Reads a document. Tests give one that has a fault. */
export type FuzzReader = (file: DocumentFile, request: ReadRequest) => Promise<FuzzReading>

/** The reader of the pipeline: container, parser, account, completion. */
export function createReader(attack: AttackIndex): FuzzReader {
  return async (file, request) => {
    const log = createDiagnosticLog()
    const { sets, parser } = await understandDocument(file, request, attack, log.report)
    return { sets, diagnostics: log.entries, ...(parser !== undefined && { parser }) }
  }
}

/** What a document shows to be wrong with the program. */
export interface Flaw {
  readonly kind: 'throws' | 'unaccounted' | 'slow' | 'neighbour' | 'encoding' | 'round-trip'
  /** The same for findings with one cause, as far as can be seen. */
  readonly key: string
  readonly message: string
}

/** Processor time that a document of a few hundred kilobytes may take. */
const MOST_MILLISECONDS = 2000

/** A reading, or the flaw of having none. */
export interface Judged {
  readonly reading?: FuzzReading
  readonly flaw?: Flaw
}

/** Reads bytes: it may neither throw, nor lose rows, nor take long. */
export async function readSafely({ name, bytes }: Pick<Rendered, 'name' | 'bytes'>, request: ReadRequest, read: FuzzReader): Promise<Judged> {
  const before = process.cpuUsage()
  try {
    const reading = await read({ name, path: name, bytes, sha256: createHash('sha256').update(bytes).digest('hex') }, request)
    const { user, system } = process.cpuUsage(before)
    const lost = reading.diagnostics.find(({ code }) => code === 'parse/unaccounted')
    const parser = reading.parser ?? 'no parser'
    if (lost) return { reading, flaw: { kind: 'unaccounted', key: `unaccounted ${parser}`, message: `${parser}: ${lost.found ?? ''}` } }
    const milliseconds = (user + system) / 1000
    if (milliseconds < MOST_MILLISECONDS) return { reading }
    return { reading, flaw: { kind: 'slow', key: `slow ${parser}`, message: `${parser}: ${Math.round(milliseconds)} ms for ${bytes.length} bytes` } }
  } catch (error) {
    return { flaw: thrown(error) }
  }
}

function thrown(error: unknown): Flaw {
  const stack = error instanceof Error ? error.stack ?? error.message : String(error)
  const frame = /src\/[\w./-]+:\d+/.exec(stack)?.[0] ?? ''
  return { kind: 'throws', key: `throws ${frame}`, message: stack.split('\n').slice(0, 6).join('\n') }
}

/** Compares the rows that were not touched with what was read of them before; the two documents have the same frame. */
export function compareNeighbours(
  before: { readonly document: FuzzDocument; readonly reading: FuzzReading }, after: { readonly document: FuzzDocument; readonly reading: FuzzReading },
): Flaw | undefined {
  const old = rowsByUnit(before.document, before.reading)
  const now = rowsByUnit(after.document, after.reading)
  const places = new Map(before.document.units.map(({ id }, index) => [id, index]))
  // What is not a row of its own may be what rows refer to: an object of a bundle, the name of a group.
  const whole = new Set(after.document.units.flatMap(({ id, touched }) => (touched ? [] : [id])))
  if ([...places].some(([id, index]) => !whole.has(id) && !old.has(index))) return undefined
  const parser = after.reading.parser ?? 'no parser'
  // Whether a document is of a dialect is decided by all of it; which of two equal rows counts is the parser's choice.
  if (parser !== before.reading.parser || (parser === 'table' && titlesOf(before.document) !== titlesOf(after.document))) return undefined
  const copied = new Set(after.document.units.flatMap(({ id, touched }) => (touched ? [id] : [])))
  const isMoved = after.document.units.some(({ id }, index) => id !== index)
  for (const [index, { id }] of after.document.units.entries()) {
    if (copied.has(id)) continue
    const expected = old.get(places.get(id) ?? -1) ?? []
    const found = now.get(index) ?? []
    if (expected.join('\n') === found.join('\n')) continue
    const key = `neighbour ${parser} ${describeDifference(expected, found)}`
    if (isByDesign(key, isMoved)) continue
    return {
      kind: 'neighbour', key,
      message: `${parser}: row ${id} was not touched, and was read as\n${expected.join('\n') || 'nothing'}\nand is read as\n${found.join('\n') || 'nothing'}`,
    }
  }
  return undefined
}

/** The names in a list of records, which are the titles of its columns; of other documents all the same. */
function titlesOf({ kind, units }: FuzzDocument): string {
  return kind === 'tree' ? [...new Set(units.flatMap(({ value }) => namesIn(value)))].toSorted().join('\n') : ''
}

function namesIn(value: unknown, path = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([name, item]) => namesIn(item, Array.isArray(value) ? `${path}/[]` : `${path}/${name}`))
}

/** Ids of atomic tests contain their number in the file; VERIS files have a technique's name once, for all rows. */
function isByDesign(key: string, isMoved: boolean): boolean {
  return (isMoved && key === 'neighbour detection-rules capability') || key === 'neighbour veris-json technique'
}

/** The mappings of each row without their places, sorted, by the row's index. */
function rowsByUnit(document: FuzzDocument, { sets }: FuzzReading): ReadonlyMap<number, readonly string[]> {
  const { name, unitAt } = render(document)
  const rows = new Map<number, string[]>()
  for (const mapping of sets.flatMap(({ mappings }) => mappings)) {
    const value = JSON.stringify(withoutPlaces(mapping))
    const units = new Set(mapping.origins.map((origin) => (origin.document === name ? unitAt(origin.place) : undefined)))
    for (const unit of units) if (unit !== undefined) rows.set(unit, [...(rows.get(unit) ?? []), value].toSorted())
  }
  return rows
}

function withoutPlaces({ origins: _origins, completed: _completed, ...rest }: Mapping): unknown {
  return rest
}

/** The names of the fields that differ, or how many rows there are. */
function describeDifference(expected: readonly string[], found: readonly string[]): string {
  if (expected.length !== found.length) return expected.length > found.length ? 'fewer' : 'more'
  const names = expected.flatMap((text, index) => {
    const [old, now]: readonly Readonly<Record<string, unknown>>[] = [JSON.parse(text), JSON.parse(found[index] ?? '{}')]
    return Object.keys({ ...old, ...now }).filter((name) => JSON.stringify(old?.[name]) !== JSON.stringify(now?.[name]))
  })
  return [...new Set(names)].toSorted().join(' ')
}

/** Everything that a reading says but where it is. */
function contentOf({ sets }: Pick<FuzzReading, 'sets'>): readonly unknown[] {
  return sets.map((set) => {
    const { sources: _sources, mappings, ...facts } = toModelDocument(set)
    return { ...facts, capabilities: facts.capabilities.toSorted((a, b) => (a.id < b.id ? -1 : 1)), mappings: mappings.map(withoutPlaces) }
  })
}

/** Reads a document in another encoding: the content has to be the same. */
export async function compareEncodings(document: FuzzDocument, reading: FuzzReading, encoding: Encoding, read: FuzzReader): Promise<Flaw | undefined> {
  // What is refused in UTF-8, as bytes of a NUL are, need not be refused in UTF-16.
  if (reading.sets.length === 0) return undefined
  // In a workbook, 4.1 is the text that was typed; in CSV it may have been 4.10.
  if (encoding === 'xlsx' && document.kind === 'table' && document.units.some(({ value }) => cellsOf(value).some((cell) => /^\d+\.\d+$|^\S{1,4}-\S{1,4}$/.test(cell)))) return undefined
  const other = await readSafely(render(document, encoding), document, read)
  if (other.flaw || !other.reading) return other.flaw
  const difference = firstDifference(contentOf(reading), contentOf(other.reading))
  if (difference === undefined) return undefined
  return { kind: 'encoding', key: `encoding ${encoding} ${reading.parser ?? ''} ${difference.replaceAll(/\d+/g, '')}`, message: `as ${encoding} it differs at ${difference}` }
}

/** Writes what was read as JSON, YAML or CSV and reads that: the content has to be the same. */
export async function compareRoundTrip(file: Rendered, request: ReadRequest, emitter: 'json' | 'yaml' | 'csv', attack: AttackIndex): Promise<Flaw | undefined> {
  try {
    const host = createMemoryHost({ [file.name]: file.bytes })
    const written = await convert({ inputs: [], emitters: [emitter], attack, ...request }, host)
    const lossy = written.diagnostics.some(({ code }) => code.startsWith('emit/'))
    // A list of ids where one belongs is one id in JSON, and a list in tables.
    const isList = written.sets.some(({ set }) => set.mappings.some((row) => 'technique' in row && /T\d{4}.*[,;|\n].*T\d{4}/s.test(row.technique.id)))
    if (emitter === 'csv' && isList) return undefined
    const artifacts = [...host.written].filter(([name]) => name !== 'manifest.json')
    const again = createMemoryHost(Object.fromEntries(artifacts))
    const found = artifacts.length === 0 ? { sets: [], diagnostics: [] } : await understand({ inputs: [], attack }, again)
    const [old, now] = [written, found].map(({ sets }) => sets.map(({ set }) => set))
    const difference = lossy ? firstDifference(countRows(old), countRows(now)) : firstDifference(contentOf({ sets: old ?? [] }), contentOf({ sets: now ?? [] }))
    const lost = [...written.diagnostics, ...found.diagnostics].find(({ code }) => code === 'parse/unaccounted')?.found ?? difference
    return lost === undefined ? undefined : { kind: 'round-trip', key: `round-trip ${emitter} ${lost.replaceAll(/\d+|"(?:[^"\\]|\\.)*"/g, '')}`.slice(0, 120), message: `as ${emitter} it differs at ${lost}` }
  } catch (error) {
    return thrown(error)
  }
}

/** Tables are read with every kind of space as a space, and texts in NFC. */
function foldSpace(text: string): string {
  return text.normalize('NFC').replaceAll(/[\p{Zs}\u200b\ufeff]+/gu, ' ').trim()
}

function countRows(sets: readonly MappingSet[] = []): number {
  return sets.reduce((sum, { mappings }) => sum + mappings.length, 0)
}

/** The first place where two trees differ, with what is there; undefined if they are equal. */
function firstDifference(a: unknown, b: unknown, at = ''): string | undefined {
  if (Object.is(a, b) || (typeof a === 'string' && typeof b === 'string' && foldSpace(a) === foldSpace(b))) return undefined
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return `${at}: ${JSON.stringify(a)?.slice(0, 200) ?? 'nothing'} and ${JSON.stringify(b)?.slice(0, 200) ?? 'nothing'}`
  }
  const [old, now] = [new Map(Object.entries(a)), new Map(Object.entries(b))]
  for (const name of new Set([...old.keys(), ...now.keys()])) {
    const difference = firstDifference(old.get(name), now.get(name), `${at}/${name}`)
    if (difference !== undefined) return difference
  }
  return undefined
}
