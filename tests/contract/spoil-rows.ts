import { parse as parseCsv } from 'csv-parse/browser/esm/sync'
import { parse as parseYaml } from 'yaml'

/** A document, by the name and content that a parser's sample has. */
export interface SampleDocument {
  readonly name: string
  readonly content: string
}

/** A document with a value missing, or all but one. */
export interface SpoiltDocument extends SampleDocument {
  /** What is missing, for messages: "/controls/0/id is absent". */
  readonly missing: string
}

/**
 * A sample with each of its values missing in turn: members and items below the top level of JSON or YAML, cells of CSV below the first
 * record, `<td>` of HTML, words of the lines of a text that name a technique. Objects and records also with a single value left.
 */
export function spoilRows({ name, content }: SampleDocument): readonly SpoiltDocument[] {
  const extension = name.slice(name.lastIndexOf('.') + 1)
  return spoil(extension, content).map((spoilt) => ({ name, ...spoilt }))
}

type Spoilt = Omit<SpoiltDocument, 'name'>

function spoil(extension: string, content: string): readonly Spoilt[] {
  switch (extension) {
    // YAML includes JSON.
    case 'json': case 'yaml': return spoilTree(parseYaml(content), [], (value) => JSON.stringify(value))
    case 'csv': return spoilRecords(parseCsv(content, { relax_column_count: true }))
    case 'html': return spoilMatches(content, /(?<=<td>).*?(?=<\/td>)/gs)
    default: return spoilMatches(content, /(?<=^.*)\S+(?=.*\bT\d{4})|(?<=\bT\d{4}.*)\S+|\bT\d{4}\S*/gm)
  }
}

/** `write` writes the whole document around a value. */
function spoilTree(value: unknown, path: readonly string[], write: (value: unknown) => string): readonly Spoilt[] {
  if (typeof value !== 'object' || value === null) return []
  const isList = Array.isArray(value)
  const entries = Object.entries(value)
  return entries.flatMap(([key, item]) => {
    const at = [...path, key]
    const replace = (replacement: unknown): string => {
      const members = entries.map(([name, kept]): readonly [string, unknown] => [name, name === key ? replacement : kept])
      return write(isList ? members.map(([, kept]) => kept) : Object.fromEntries(members))
    }
    const name = `/${at.join('/')}`
    const spoilt: readonly Spoilt[] = path.length === 0 ? [] : [
      { content: replace(null), missing: `${name} is null` },
      // JSON leaves out members that are undefined.
      ...(isList ? [] : [{ content: replace(undefined), missing: `${name} is absent` }]),
      ...(isList ? [] : [{ content: write({ [key]: item }), missing: `all but ${name} is absent` }]),
    ]
    return [...spoilt, ...spoilTree(item, at, replace)]
  })
}

function spoilRecords(records: readonly (readonly string[])[]): readonly Spoilt[] {
  return records.flatMap((record, row) => (row === 0 ? [] : record.flatMap((kept, column) => {
    const place = `cell ${column + 1} of record ${row + 1}`
    return [
      { content: writeRecords(records.with(row, record.with(column, ''))), missing: `${place} is blank` },
      { content: writeRecords(records.with(row, record.map((_cell, at) => (at === column ? kept : '')))), missing: `all but ${place} is blank` },
    ]
  })))
}

function writeRecords(records: readonly (readonly string[])[]): string {
  return records.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n')
}

function spoilMatches(content: string, pattern: RegExp): readonly Spoilt[] {
  return Array.from(content.matchAll(pattern), ({ 0: text, index }) => ({
    content: content.slice(0, index) + content.slice(index + text.length),
    missing: `${JSON.stringify(text)} is missing at ${index}`,
  }))
}
