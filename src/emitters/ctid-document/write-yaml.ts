import type { ArtifactPiece } from '../emitter.js'
import type { CtidMetadata, CtidRow } from './ctid-document.js'

/** A mapping file, its rows a few at a time. */
export interface DocumentRows {
  readonly metadata: CtidMetadata
  readonly rows: () => Iterable<readonly CtidRow[]>
}

/** Writes a value as a YAML document. */
type Stringify = (value: unknown) => string

/** Loads what writes mapping files as YAML: the text of the package `yaml` for one document, or for the list of several, in pieces of some rows. */
export async function loadYamlWriter(): Promise<(documents: readonly DocumentRows[]) => Iterable<ArtifactPiece>> {
  const { stringify } = await import('yaml')
  return (documents) => writeDocuments(documents, (value) => stringify(value, { lineWidth: 0, compat: 'yaml-1.1', aliasDuplicateObjects: false }))
}

function* writeDocuments(documents: readonly DocumentRows[], stringify: Stringify): Iterable<ArtifactPiece> {
  const isList = documents.length !== 1
  const nest = (document: object): object => (isList ? [document] : document)
  if (documents.length === 0) yield { items: [], text: stringify([]) }
  const writeRow = createRowWriter(isList ? '    ' : '  ', (row) => stringify(nest({ mapping_objects: [row] })))
  for (const { metadata, rows } of documents) {
    const empty = stringify(nest({ metadata, mapping_objects: [] }))
    let start = `${empty.slice(0, empty.lastIndexOf(' []'))}\n`
    let count = 0
    for (const items of rows()) {
      yield { items, text: start + items.map(writeRow).join('') }
      start = ''
      count += items.length
    }
    if (count === 0) yield { items: [], text: empty }
  }
}

/**
 * Creates the function that writes a row as an item of the list whose dashes are behind `dent`. `stringify` writes a list of one item by the
 * package: it takes fifty times as long for a field, and is left what is not plain.
 */
function createRowWriter(dent: string, stringify: (row: object) => string): (row: CtidRow) => string {
  const indent = `${dent}  `
  // Fields that the row before has, too, are not written anew.
  const before = new Map<string, { readonly value: unknown; readonly text: string }>()
  return (row) => {
    let text = dent
    let start = '- '
    for (const [key, value] of Object.entries(row)) {
      text += start + writeField(key, value)
      start = indent
    }
    return text
  }

  function writeField(key: string, value: unknown): string {
    const known = before.get(key)
    if (known && known.value === value) return known.text
    const text = writeValue(key, value) ?? writeByPackage(key, value)
    before.set(key, { value, text })
    return text
  }

  function writeValue(key: string, value: unknown): string | undefined {
    if (value === null) return `${key}: null\n`
    if (Array.isArray(value)) return writeList(key, value)
    const written = typeof value === 'string' ? writeLine(value) ?? writeBlock(value, `${indent}  `) : undefined
    return written === undefined ? undefined : `${key}: ${written}\n`
  }

  function writeList(key: string, values: readonly unknown[]): string | undefined {
    if (values.length === 0) return `${key}: []\n`
    const lines = values.map((value) => (typeof value === 'string' ? writeLine(value) : undefined))
    return lines.includes(undefined) ? undefined : `${key}:\n${lines.map((line) => `${indent}  - ${line}\n`).join('')}`
  }

  function writeByPackage(key: string, value: unknown): string {
    const text = stringify({ [key]: value })
    return text.slice(text.indexOf(`- ${key}:`) + '- '.length)
  }
}

// What follows are the rules of `yaml` (stringifyString.js) for texts that begin and end like words; others are left to it.

/** Control characters, which are escaped, and halves of surrogate pairs, of which it escapes those without the other. */
const escaped = /[^\t\n -~\u00A0-\uD7FF\uE000-\uFFFF]/
/** Characters that mean something to YAML where they are. */
const meaningful = /^[\t ,[\]{}#&*!|>'"%@`]|^[?-](?:[ \t]|$)|:[ \t]|[ \t]#|[ \t:]$/
/** What other values than texts do not begin with in YAML 1.1 or 1.2, but for those below. */
const wordLike = /^[A-Za-z(]/
/** Texts that mean a boolean, null or a number. */
const reserved = /^(?:y|n|yes|no|on|off|true|false|null|e[-+]?\d+)$/i

/** A text on one line, as it is or in quotes; undefined for others. */
function writeLine(text: string): string | undefined {
  if (escaped.test(text) || text.includes('\n')) return undefined
  if (!meaningful.test(text)) return wordLike.test(text) && !reserved.test(text) ? text : undefined
  return text.includes('"') && !text.includes("'") ? `'${text}'` : JSON.stringify(text)
}

/** A text of several lines as a literal block behind `indent`; undefined for others, and for those that begin or end with space. */
function writeBlock(text: string, indent: string): string | undefined {
  if (escaped.test(text) || !text.includes('\n') || /^\s|\s$/.test(text)) return undefined
  return `|-\n${indent}${text.replaceAll(/\n+/g, `$&${indent}`)}`
}
