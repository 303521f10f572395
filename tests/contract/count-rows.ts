import { parse as parseCsv } from 'csv-parse/browser/esm/sync'
import { parse as parseYaml } from 'yaml'

/**
 * Counts the rows of a document that must become mappings or be reported, by its container and content alone: nothing here uses a
 * parser or `src/formats`.
 */
export type RowCounter = (content: string) => number

/** The count of documents that describe others and contain no rows. */
export const noRows: RowCounter = () => 0

/**
 * Counts the items at a path of a JSON or YAML document, such as `mapping_objects/*`; a `*` is every item of a list or member of an
 * object. With several, an item that leads to no further one counts as a row itself: a control without techniques must not be lost.
 */
export function itemsAt(path: string): RowCounter {
  const steps = path.split('/')
  return (content) => countAt(parseYaml(content), steps)
}

function countAt(value: unknown, [step, ...rest]: readonly string[]): number {
  if (step === undefined) return 1
  if (step !== '*') return countAt(membersOf(value)[step], rest)
  return Object.values(membersOf(value)).reduce<number>((sum, item) => sum + Math.max(1, countAt(item, rest)), 0)
}

/** Counts the objects in a list of a JSON or YAML document that pass, such as the relationships of a STIX bundle. */
export function objectsIn(list: string, passes: (object: Readonly<Record<string, unknown>>) => boolean): RowCounter {
  return (content) => Object.values(membersOf(membersOf(parseYaml(content))[list])).filter((item) => passes(membersOf(item))).length
}

/** The members of an object by name, or the items of a list by index; none of any other value. */
export function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

/** Counts the technique ids of a text. */
export const techniqueIds: RowCounter = (content) => content.match(/(?<![\p{L}\p{N}])T\d{4}(?:\.\d{3})?(?![\p{L}\p{N}])/gu)?.length ?? 0

/** Counts the non-blank records of a CSV file below its header; a record that names several techniques once for each. */
export const csvRecords: RowCounter = (content) => {
  const records: readonly (readonly string[])[] = parseCsv(content, { relax_column_count: true })
  const filled = records.slice(1).map((record) => record.join(' ')).filter((text) => text.trim() !== '')
  return filled.reduce((sum, text) => sum + Math.max(1, techniqueIds(text)), 0)
}

/** Counts the rows of an HTML page that have a `<td>` with text. */
export const htmlRows: RowCounter = (content) => {
  const rows = content.split('<tr').slice(1).map((row) => row.split('</tr>', 1)[0] ?? '')
  return rows.filter((row) => row.includes('<td') && row.slice(row.indexOf('<td')).replaceAll(/<[^>]*>/g, '').trim() !== '').length
}

/** Counts the non-blank lines of a text below its last line that begins with `header`. */
export function linesBelow(header: string): RowCounter {
  return (content) => {
    const lines = content.split('\n')
    const start = lines.findLastIndex((line) => line.startsWith(header)) + 1
    return lines.slice(start).filter((line) => line.trim() !== '').length
  }
}

/** The members of an object, or the items of a list; none of any other value. */
export function itemsOf(value: unknown): readonly unknown[] {
  return Object.values(membersOf(value))
}

/** The sum of numbers. */
export function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
