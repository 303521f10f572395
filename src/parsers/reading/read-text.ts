import type { TreeObject, TreeValue } from '../../formats/decoded.js'
import { pointerStep } from '../../formats/places.js'
import type { Domain } from '../../model/mapping.js'
import { readDate } from '../../model/stated.js'
import { readDomain } from '../../model/vocabulary.js'
import { describeValue, type FileReader } from './file-reader.js'

/** White space that does not belong into an id or a name: at the ends, twice in a row, or anything but a plain space. */
const STRAY = /^\s|\s$|[^\S ]| {2}/

/**
 * The text of an id or a name on one line, its white space made plain; undefined when null, empty or absent, which all mean
 * "not stated". Numbers and booleans count as text, and that is counted: unquoted versions in YAML are numbers.
 */
export function readLine(value: TreeValue | undefined, field: string, pointer: string, reader: FileReader): string | undefined {
  const text = asText(value, field, pointer, reader)
  if (text === undefined || !STRAY.test(text)) return text
  reader.count('normalise/whitespace', field, pointer)
  return text.trim().replace(/\s+/g, ' ') || undefined
}

/** The same for a text of several lines: its ends are trimmed and its lines separated by \n. */
export function readLines(value: TreeValue | undefined, field: string, pointer: string, reader: FileReader): string | undefined {
  const text = asText(value, field, pointer, reader)
  if (text === undefined) return undefined
  const lines = text.replaceAll(/\r\n?/g, '\n')
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
 * A field of an object as a text on one line; undefined when it states none. An object or a list in its place is reported.
 * `pointer` is the object's; `path` is its name in messages, with a dot at its end: "metadata.".
 */
export function readField(
  object: TreeObject, key: string, pointer: string, path: string, reader: FileReader,
): string | undefined {
  const value = object[key]
  const at = pointer + pointerStep(key)
  if (typeof value === 'object' && value !== null) {
    const message = `${path}${key} is not a text`
    reader.report('parse/invalid-document', at, { message, found: describeValue(value), expected: 'a text' })
  }
  return readLine(value, path + key, at, reader)
}

/** A date that a file states, in ISO form; one that can't be read is reported, and is not stated. */
export function readStatedDate(text: string | undefined, pointer: string, reader: FileReader): string | undefined {
  const date = text === undefined ? undefined : readDate(text)
  if (text !== undefined && date === undefined) {
    reader.report('normalise/unreadable-date', pointer, { found: text, expected: '12/31/2024 or 2024-12-31' })
  }
  return date
}

/** The ATT&CK domain that a file states; what is none is reported, and is not stated. */
export function readStatedDomain(text: string | undefined, pointer: string, reader: FileReader): Domain | undefined {
  const domain = text === undefined ? undefined : readDomain(text)
  if (text !== undefined && !domain) {
    reader.report('parse/unknown-value', pointer, { found: text, expected: 'enterprise, mobile or ics' })
  }
  return domain
}
