import { isList, isObject, type TreeObject, type TreeValue } from '../../formats/decoded.js'
import { pointerStep } from '../../formats/places.js'
import type { Domain } from '../../model/mapping.js'
import { readDate } from '../../model/stated.js'
import { readDomain } from '../../model/vocabulary.js'
import { describeValue, type FileReader } from './file-reader.js'

/** White space to normalise in ids and names: leading, trailing or repeated, or any character other than a plain space. */
export const strayWhitespace = /^\s|\s$|[^\S ]| {2}/

/**
 * An id or a name on one line, with its white space normalised; undefined if it is null, empty or absent, which all mean
 * "not stated". Numbers and booleans are read as text and counted as `parse/read-as-text`: unquoted versions in YAML are numbers.
 */
export function readLine(value: TreeValue | undefined, field: string, pointer: string, reader: FileReader): string | undefined {
  const text = asText(value, field, pointer, reader)
  if (text === undefined || !strayWhitespace.test(text)) return text
  reader.count('normalise/whitespace', field, pointer)
  return text.trim().replace(/\s+/g, ' ') || undefined
}

/** As `readLine`, for a text of several lines: trimmed, lines separated by \n. */
export function readLines(value: TreeValue | undefined, field: string, pointer: string, reader: FileReader): string | undefined {
  const text = asText(value, field, pointer, reader)
  if (text === undefined) return undefined
  const lines = text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text
  const tidy = lines.trim()
  if (tidy !== lines) reader.count('normalise/whitespace', field, pointer)
  return tidy || undefined
}

function asText(value: TreeValue | undefined, field: string, pointer: string, reader: FileReader): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value
  if (typeof value !== 'number' && typeof value !== 'boolean') return undefined
  reader.count('parse/read-as-text', field, pointer)
  return String(value)
}

/**
 * A field of an object as text on one line; undefined if it is not stated. An object or a list is reported as
 * `parse/invalid-document`. `pointer` is the object's; `path` prefixes the field in messages: "metadata.", or "".
 */
export function readField(
  object: TreeObject, key: string, pointer: string, path: string, reader: FileReader,
): string | undefined {
  const value = object[key]
  const at = pointer + pointerStep(key)
  if (typeof value === 'object' && value !== null) {
    const message = `${path}${key} is not a string`
    reader.report('parse/invalid-document', at, { message, found: describeValue(value), expected: 'a string' })
  }
  return readLine(value, path + key, at, reader)
}

/** A stated date in ISO form; undefined, and reported, if it cannot be parsed. */
export function readStatedDate(text: string | undefined, pointer: string, reader: FileReader): string | undefined {
  const date = text === undefined ? undefined : readDate(text)
  if (text !== undefined && date === undefined) {
    reader.report('normalise/unreadable-date', pointer, { found: text, expected: '12/31/2024 or 2024-12-31' })
  }
  return date
}

/** A stated ATT&CK domain; undefined, and reported, if it is not one. */
export function readStatedDomain(text: string | undefined, pointer: string, reader: FileReader): Domain | undefined {
  const domain = text === undefined ? undefined : readDomain(text)
  if (text !== undefined && !domain) {
    reader.report('parse/unknown-value', pointer, { found: text, expected: 'enterprise, mobile or ics' })
  }
  return domain
}

/** A domain of a file: its pointer, that of the file (one of several in a list), and how many rows the file has. */
interface FileDomain {
  readonly pointer: string
  readonly file: string
  readonly rows: number
}

/** Words that people write where they state no domain. */
const unstatedDomain = /^(?:-+|n\/?a|none|null|nil|unknown|unspecified|tbd)$/i

/**
 * Reports a file of another matrix (`parse/other-matrix`): the domain that it states is none of ATT&CK's. Returns whether it is one; its
 * rows are then not read, since they would be taken for techniques of Enterprise.
 */
export function reportForeignDomain(value: TreeValue | undefined, { pointer, file, rows }: FileDomain, reader: FileReader): boolean {
  const domain = typeof value === 'string' ? value.trim() : ''
  if (domain === '' || unstatedDomain.test(domain) || readDomain(domain) !== undefined) return false
  const isAtlas = /atlas/i.test(domain)
  const matrix = isAtlas ? 'MITRE ATLAS, which is not a matrix of ATT&CK' : `the domain "${domain.slice(0, 80)}", which is not a domain of ATT&CK`
  reader.report('parse/other-matrix', pointer, {
    message: `The file is of ${matrix}; its rows were skipped`,
    found: domain.slice(0, 80),
    expected: 'enterprise, mobile or ics',
    ...(rows > 0 && { count: rows }),
    rows: [{ kind: 'pointer', pointer: file }],
    ...(!isAtlas && { hint: "If its techniques are ATT&CK's, write one of the expected domains in the file." }),
  })
  return true
}

/** The items of a list; empty if it is absent or null. Any other value is reported as `parse/invalid-document`. */
export function listOf(
  value: TreeValue | undefined, pointer: string, expected: string, reader: FileReader,
): readonly TreeValue[] {
  if (value === undefined || value === null) return []
  if (isList(value)) return value
  reader.report('parse/invalid-document', pointer, { found: describeValue(value), expected })
  return []
}

/** The objects of a list; empty if the value is not a list. Other items are ignored. */
export function objectsOf(value: TreeValue | undefined): readonly TreeObject[] {
  return isList(value) ? value.filter(isObject) : []
}

/** The references of a row, trimmed, in document order; undefined if there are none. A string may contain several, separated by commas. */
export function readReferences(value: TreeValue | undefined, pointer: string, reader: FileReader): readonly string[] | undefined {
  if (value === undefined || value === null || (isList(value) && value.length === 0)) return undefined
  const items = isList(value) ? value : typeof value === 'string' ? splitList(value) : [value]
  const references: string[] = []
  for (const [index, item] of items.entries()) {
    const text = readLine(item, 'references', `${pointer}/references${isList(value) ? `/${index}` : ''}`, reader)
    if (text !== undefined) references.push(text)
  }
  return references.length === 0 ? undefined : references
}

/** A URL may contain commas, so a comma separates two references only if a URL follows it. */
function splitList(text: string): readonly string[] {
  const parts: string[] = []
  for (const piece of text.split(',')) {
    const last = parts.length - 1
    if (last >= 0 && !/^\s*[a-z]+:\/\//i.test(piece)) parts[last] += `,${piece}`
    else parts.push(piece)
  }
  return parts
}
