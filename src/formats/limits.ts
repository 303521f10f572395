import type { Code } from '../diagnostics/catalogue.js'
import type { Report } from '../diagnostics/diagnostic.js'
import type { Place } from '../model/origin.js'
import { depthLimit, type DocumentFile } from './decoded.js'

/** A limit: how much of something a document may have. */
export interface LimitEntry {
  /** The limit, unless the user gives another. */
  readonly usual: number
  /** What is counted, as in "at most 100 rows". */
  readonly noun: string
  /** What exactly is counted, as a sentence without its end. */
  readonly counts: string
  /** The highest limit that may be given, where more would not be safe. */
  readonly most?: number
}

/**
 * The limits of what is read, by their names. A small file can contain much: most of them are counted before anything is unpacked,
 * repeated or copied. docs/limits.md is generated from this table; its test has the highest
 * known counts. The usual limits are at least five times those: 150 million characters for an ATT&CK bundle of 25 million, mostly 20 times.
 */
export const limitTable = {
  'characters': {
    usual: 150_000_000, noun: 'characters', counts: 'Characters of a text, or of all cells of a workbook, in which a shared string counts at each use',
  },
  'cell-characters': { usual: 1_000_000, noun: 'characters in a cell, a line or a string', counts: 'Characters of one cell of a table, line of a text or string of JSON' },
  'lines': { usual: 200_000, noun: 'lines', counts: 'Lines of a plain text' },
  'rows': { usual: 100_000, noun: 'rows', counts: 'Rows of a table, or of all sheets of a workbook, that are not blank' },
  'cells': { usual: 5_000_000, noun: 'cells', counts: 'Cells of a table or of all sheets, including blank ones before the last of each row' },
  'merged-cells': { usual: 200_000, noun: 'merged cells', counts: 'Cells of a workbook that get the text of the cell that they are merged with' },
  'repeated-cells': { usual: 200_000, noun: 'repeated cells', counts: 'Cells with content that a repetition of rows or columns of an .ods workbook makes' },
  'members': { usual: 10_000, noun: 'members', counts: 'Files in a workbook, which is a ZIP archive' },
  'inflated': { usual: 250_000_000, noun: 'bytes', counts: 'Bytes of a workbook or of a gzip file when unpacked' },
  'ratio': { usual: 300, noun: 'times', counts: 'How many times larger a gzip file or a member of a workbook is unpacked, if that is more than 5 MB' },
  'values': { usual: 5_000_000, noun: 'values', counts: 'Values of a JSON document: texts, numbers, lists, objects' },
  'keys': { usual: 4_000_000, noun: 'keys', counts: 'Keys of all objects of a JSON document' },
  'depth': { usual: depthLimit, noun: 'levels', counts: 'Levels of lists and objects within each other in JSON, YAML and TOML', most: 500 },
  'yaml-characters': { usual: 10_000_000, noun: 'characters of YAML or TOML', counts: 'Characters of a YAML or TOML document, which take more time than those of JSON' },
  'yaml-values': { usual: 500_000, noun: 'keys and values of YAML', counts: 'Keys and values of a YAML document' },
  'elements': { usual: 400_000, noun: 'elements', counts: 'Elements of an HTML page' },
  'mappings': { usual: 100_000, noun: 'mappings', counts: 'Mappings that the rows of a document make: a cell may list many techniques' },
  'sets': { usual: 500, noun: 'mapping sets', counts: 'Mapping sets of a document: one for each framework, version and ATT&CK release' },
  'frameworks': { usual: 200, noun: 'frameworks', counts: 'Frameworks of a document' },
  'documents': { usual: 20_000, noun: 'documents', counts: 'Files that a run reads' },
} as const satisfies Readonly<Record<string, LimitEntry>>

/** The name of a limit, as in `--max rows=200000`. */
export type LimitName = keyof typeof limitTable

/** All limits, by name. */
export type Limits = Readonly<Record<LimitName, number>>

/** The names of all limits, in the order of the table. */
export const limitNames = Object.keys(limitTable).filter(isLimitName)

function isLimitName(name: string): name is LimitName {
  return Object.hasOwn(limitTable, name)
}

/** The limits of a run: the usual ones, but for those that the user gives. */
export function chooseLimits(given: Partial<Limits> = {}): Limits {
  const limits: Partial<Record<LimitName, number>> = {}
  for (const name of limitNames) {
    const { usual, most = Number.POSITIVE_INFINITY }: LimitEntry = limitTable[name]
    limits[name] = Math.min(given[name] ?? usual, most)
  }
  if (!isComplete(limits)) throw new TypeError('limitNames lacks a limit')
  return limits
}

function isComplete(limits: Partial<Limits>): limits is Limits {
  return Object.keys(limitTable).every((name) => isLimitName(name) && limits[name] !== undefined)
}

/** The limits of a run in which the user gives none. */
export const usualLimits: Limits = chooseLimits()

/** Limits as the user writes them, or what is wrong with them. */
type ParsedLimits = { readonly limits: Partial<Limits> } | { readonly unknown: string } | { readonly expected: string }

/** Parses "rows=200000,cells=9000000". */
export function parseLimits(list: string): ParsedLimits {
  const limits: Partial<Record<LimitName, number>> = {}
  for (const item of list.split(',')) {
    const [name = '', digits = '', ...rest] = item.split('=').map((part) => part.trim())
    if (!isLimitName(name)) return { unknown: name }
    const { most }: LimitEntry = limitTable[name]
    const number = /^\d{1,15}$/.test(digits) && rest.length === 0 ? Number(digits) : 0
    if (number < 1 || number > (most ?? number)) {
      return { expected: `${name}=NUMBER, a whole number ${most === undefined ? 'of 1 or more' : `between 1 and ${most}`}` }
    }
    limits[name] = number
  }
  return { limits }
}

/** A limit that a document exceeds. Counting ends there: it has at least `found`. */
export interface Excess {
  readonly limit: LimitName
  readonly found: number
  /** Where the limit is exceeded; the whole file if absent. */
  readonly place?: Place
  /** The part of the document that exceeds it, such as a member of an archive. */
  readonly part?: string
}

/** The first of these counts that exceeds its limit. */
export function findExcess(counts: Partial<Limits>, limits: Limits): Excess | undefined {
  const limit = limitNames.find((name) => (counts[name] ?? 0) > limits[name])
  return limit === undefined ? undefined : { limit, found: counts[limit] ?? 0 }
}

/** Excess of the depth at a place of a text. */
export function tooDeep(position: { readonly line: number, readonly column: number }, { depth }: Limits): Excess {
  return { limit: 'depth', found: depth + 1, place: { kind: 'text', ...position } }
}

/** Excess beyond limits that have codes of their own; the other codes are `read/too-large`. */
const codes: Readonly<Partial<Record<LimitName, Code>>> = {
  depth: 'read/too-deep', members: 'read/inflates-too-much', inflated: 'read/inflates-too-much', ratio: 'read/inflates-too-much',
}

/** Reports that a document exceeds a limit, and is not read: what was counted, how much of it, the limit, and the option that raises it. */
export function reportExcess({ limit, found, place, part }: Excess, file: Pick<DocumentFile, 'name' | 'path'>, limits: Limits, report: Report): void {
  const { noun, most }: LimitEntry = limitTable[limit]
  const isHighest = most !== undefined && limits[limit] >= most
  report(codes[limit] ?? 'read/too-large', {
    message: `${file.path} exceeds the limit of ${limits[limit]} ${noun}, and was not read`,
    origin: { document: file.name, place: place ?? { kind: 'file' } },
    found: `at least ${found} ${noun}${part === undefined ? '' : ` (${part})`}`,
    expected: `at most ${limits[limit]} ${noun}`,
    hint: isHighest ? 'The limit cannot be raised further.' : `If you trust the document, raise the limit: --max ${limit}=${raised(found, most)}`,
  })
}

/** Above what was found, by as much again: counting ended at the limit. */
function raised(found: number, most = Number.POSITIVE_INFINITY): number {
  return Math.min(found * 2, most)
}
