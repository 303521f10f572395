import type { TreeValue } from '../../formats/decoded.js'
import type { FileReader } from './file-reader.js'

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
