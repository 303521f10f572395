import type { Report } from '../../diagnostics/diagnostic.js'
import { type DocumentFile, type TreeDocument, type TreeValue } from '../decoded.js'
import { type Limits, reportExcess, tooDeep, usualLimits } from '../limits.js'
import { type PlaceBranch, placeLocator, positionFinder } from '../places.js'
import { scanKey, scanString, TomlError, type TomlProblem } from './scan-strings.js'
import { createTables, type PlacedValue, type Tables } from './tables.js'

/**
 * Decodes a TOML document (TOML 1.0). Undefined if it is not well-formed or nests too deep, which is reported with its place
 * (`read/malformed`, `read/too-deep`).
 */
export function decodeToml(file: DocumentFile, text: string, report: Report, limits: Limits = usualLimits): TreeDocument | undefined {
  const positionOf = positionFinder(text)
  const scan = scanToml(text, limits.depth)
  if ('problem' in scan) {
    const { code, at, expected } = scan.problem
    if (code === 'read/too-deep') {
      reportExcess(tooDeep(positionOf(at), limits), file, limits, report)
      return undefined
    }
    const isCut = text.slice(at).trim() === ''
    const found = isCut ? 'the end of the file' : JSON.stringify(text.slice(at, at + 40).split(/[\r\n]/, 1)[0] ?? '')
    report(code, {
      origin: { document: file.name, place: { kind: 'text', ...positionOf(Math.min(at, text.length)) } },
      expected,
      message: isCut ? 'The TOML file is cut off' : 'The file is not well-formed TOML',
      found,
    })
    return undefined
  }
  const { value, place } = scan
  return {
    container: 'toml',
    file,
    value,
    locate: placeLocator(() => place, positionOf),
  }
}

/** A value, its place, and the offset after it. */
interface Scanned extends PlacedValue {
  readonly end: number
}

/** The value of a TOML text and the places in it, or its first problem. */
type TomlScan = PlacedValue | { readonly problem: TomlProblem }

/**
 * Scans a TOML text (TOML 1.0) once, from its beginning to its end. Dates and times, and numbers that JavaScript would write differently
 * ("16.0", "0x1F"), are kept as text.
 */
export function scanToml(text: string, maxDepth: number): TomlScan {
  const tables = createTables()
  try {
    for (let at = skipBlank(text, 0); at < text.length; at = skipBlank(text, at)) {
      at = endOfLine(text, text[at] === '[' ? scanHeader(text, at, tables, maxDepth) : scanPair(text, at, tables, maxDepth))
    }
    return tables.result()
  } catch (error) {
    if (error instanceof TomlError) return { problem: error }
    throw error
  }
}

/** `[table]` or `[[array of tables]]`. */
function scanHeader(text: string, start: number, tables: Tables, maxDepth: number): number {
  const isItem = text[start + 1] === '['
  const { keys, end } = scanKeys(text, start + (isItem ? 2 : 1), maxDepth)
  const close = isItem ? ']]' : ']'
  if (!text.startsWith(close, end)) throw new TomlError(end, close)
  tables.open(keys, start, isItem)
  return end + close.length
}

function scanPair(text: string, start: number, tables: Tables, maxDepth: number): number {
  const { keys, end } = scanKeys(text, start, maxDepth)
  if (text[end] !== '=') throw new TomlError(end, '=')
  const scanned = scanValue(text, skipSpace(text, end + 1), tables.depth() + keys.length, maxDepth)
  tables.set(keys, scanned, start)
  return scanned.end
}

/** A key, or several with dots between them. The end is after the white space that follows. */
function scanKeys(text: string, start: number, maxDepth: number) {
  const keys: string[] = []
  let at = start
  do {
    const { value, end } = scanKey(text, skipSpace(text, keys.length === 0 ? at : at + 1))
    keys.push(value)
    at = skipSpace(text, end)
    if (keys.length > maxDepth) throw new TomlError(start, `at most ${maxDepth} levels`, 'read/too-deep')
  } while (text[at] === '.')
  return { keys, end: at }
}

function scanValue(text: string, at: number, depth: number, maxDepth: number): Scanned {
  if (depth > maxDepth) throw new TomlError(at, `at most ${maxDepth} levels`, 'read/too-deep')
  const first = text[at]
  if (first === '"' || first === "'") {
    const { value, end } = scanString(text, at)
    return { value, place: at, end }
  }
  if (first === '[') return scanArray(text, at, depth, maxDepth)
  if (first === '{') return scanInlineTable(text, at, depth, maxDepth)
  return scanWord(text, at)
}

function scanArray(text: string, start: number, depth: number, maxDepth: number): Scanned {
  const values: TreeValue[] = []
  const place: PlaceBranch = { at: start, items: [] }
  let at = skipBlank(text, start + 1)
  while (text[at] !== ']') {
    const item = scanValue(text, at, depth + 1, maxDepth)
    values.push(item.value)
    place.items.push(item.place)
    at = skipBlank(text, item.end)
    if (text[at] === ',') at = skipBlank(text, at + 1)
    else if (text[at] !== ']') throw new TomlError(at, ', or ]')
  }
  return { value: values, place, end: at + 1 }
}

function scanInlineTable(text: string, start: number, depth: number, maxDepth: number): Scanned {
  const tables = createTables(start)
  let at = skipSpace(text, start + 1)
  while (text[at] !== '}') {
    const { keys, end } = scanKeys(text, at, maxDepth)
    if (text[end] !== '=') throw new TomlError(end, '=')
    const scanned = scanValue(text, skipSpace(text, end + 1), depth + keys.length, maxDepth)
    tables.set(keys, scanned, at)
    at = skipSpace(text, scanned.end)
    if (text[at] === ',') at = skipSpace(text, at + 1)
    else if (text[at] !== '}') throw new TomlError(at, ', or }')
  }
  return { ...tables.result(), end: at + 1 }
}

/** A number, boolean, date or time. A date may have a blank before its time. */
const word = /\d{4}-\d\d-\d\d [\d:.]{5,20}(?:Z|[+-]\d\d:\d\d)?|[\w.:+-]{1,80}/y
const decimal = /^[+-]?\d{1,15}(?:\.\d{1,15})?$/

function scanWord(text: string, start: number): Scanned {
  word.lastIndex = start
  const found = word.exec(text)?.[0] ?? ''
  const end = start + found.length
  if (found === 'true' || found === 'false') return { value: found === 'true', place: start, end }
  if (!/^[+-]?(?:\d|inf$|nan$)/.test(found)) throw new TomlError(start, 'a value')
  return { value: decimal.test(found) && String(Number(found)) === found ? Number(found) : found, place: start, end }
}

/** After a value or a header, only a comment may follow on the line. */
function endOfLine(text: string, start: number): number {
  const at = skipSpace(text, start)
  if (at < text.length && !'#\r\n'.includes(text[at] ?? '')) throw new TomlError(at, 'the end of the line')
  return at
}

/** The offset after blanks and tabs. */
function skipSpace(text: string, start: number): number {
  let at = start
  while (text[at] === ' ' || text[at] === '\t') at += 1
  return at
}

/** The offset after blanks, line ends and comments. */
function skipBlank(text: string, start: number): number {
  let at = start
  for (;;) {
    at = skipSpace(text, at)
    if (text[at] === '#') {
      const end = text.indexOf('\n', at)
      at = end < 0 ? text.length : end
    } else if (text[at] === '\n' || text[at] === '\r') at += 1
    else return at
  }
}
