import { fieldOf, type TreeDocument, type TreeValue } from '../../formats/decoded.js'
import { columnLetters } from '../../formats/places.js'
import type { MappingSet } from '../../model/mapping-set.js'
import type { ParseContext } from '../parser.js'
import { createFileReader, describeValue, type FileReader } from '../reading/file-reader.js'
import { foldTitle, meaningOf, roleNamed } from './column-roles.js'
import type { ColumnRole } from './column-titles.js'
import { parseTable } from './parse-table.js'
import { findRecords, type RecordFact, type RecordSheet, toFactSheet } from './records.js'
import { readFacts } from './table-sets.js'
import { rawCell } from './cells.js'

/** Reads lists of records as tables. What is not in a cell, or not as its author wrote it, is reported with its pointer. */
export async function parseRecords(tree: TreeDocument, context: ParseContext): Promise<readonly MappingSet[]> {
  const table = findRecords(tree)
  const reader = createFileReader(tree, context.report)
  if (!table) {
    reader.report('parse/invalid-document', '', {
      message: 'The document contains no list of records that could be read as a table',
      found: describeValue(tree.value),
      expected: 'a list of objects with the same fields, such as [{"control": "AC-2", "technique": "T1078"}]',
    })
    return []
  }
  for (const sheet of table.sheets) reportSheet(sheet, tree.value, context, reader)
  const facts = table.facts.filter((fact) => isRead(fact, tree))
  for (const { name, pointer } of table.facts.filter((fact) => !facts.includes(fact))) reader.count('parse/unknown-field', name, pointer)
  reader.reportCounts()
  const sheets = facts.length === 0 ? table.sheets : [...table.sheets, toFactSheet(facts, tree)]
  return parseTable({ container: 'csv', file: tree.file, sheets }, context)
}

function reportSheet(sheet: RecordSheet, value: TreeValue, { statements }: ParseContext, reader: FileReader): void {
  const { strays, nested } = sheet
  if (strays[0] !== undefined) {
    reader.report('parse/unreadable-row', strays[0], {
      message: 'An item of the list is not a record and was left out',
      found: describeValue(valueAt(value, strays[0])),
      expected: 'an object',
      count: strays.length,
      rows: strays.map((at) => ({ kind: 'pointer', pointer: at })),
    })
  }
  if (nested[0] !== undefined) {
    reader.report('parse/read-as-text', nested[0], {
      message: 'A value of a record contains lists or objects; it was read as one text, in JSON',
      hint: 'Write a record for each of its items, with fields that contain text.',
      count: nested.length,
    })
  }
  if (sheet.kind) reportFractions(sheet, value, statements.columns ?? {}, reader)
}

/** Fields whose numbers are names, besides ids: 4.1 may have been written as 4.10, and 16 as 16.0. */
const NUMBERED: ReadonlySet<ColumnRole> = new Set(['group', 'frameworkVersion', 'attackVersion', 'mappingVersion'])

function reportFractions(
  { rows, pointer }: RecordSheet, value: TreeValue, columns: Readonly<Record<string, string | readonly string[]>>, reader: FileReader,
): void {
  for (const [column, title] of (rows[0] ?? []).entries()) {
    const asked = Object.entries(columns).filter(([, wanted]) => [wanted].flat().some((name) => foldTitle(name) === foldTitle(title) || name === columnLetters(column)))
    const role = asked.map(([name]) => roleNamed(name))[0] ?? meaningOf(title)?.role
    if (role === undefined || !NUMBERED.has(role)) continue
    const steps = title.includes('.') ? title.split('.').join('/') : title
    const numbers = rows.flatMap((row, index) => {
      const at = `${pointer}/${index - 1}/${steps}`
      return /^-?\d+\.\d+$/.test(rawCell(row, column)) && typeof valueAt(value, at) === 'number' ? [at] : []
    })
    if (numbers[0] === undefined) continue
    reader.report('parse/read-as-text', numbers[0], {
      message: `Numbers of the field "${title}" were read as text: a zero at their end is lost (4.10 is 4.1)`,
      hint: 'Write them in quotes.',
      count: numbers.length,
    })
  }
}

function valueAt(value: TreeValue, pointer: string): TreeValue | undefined {
  return pointer.split('/').slice(1).reduce<TreeValue | undefined>((at, step) => (
    Array.isArray(at) ? at[Number(step)] : fieldOf(at, step.replaceAll('~1', '/').replaceAll('~0', '~'))
  ), value)
}

/** Whether a value beside the lists states something about the records: a framework, a version, an author. */
function isRead(fact: RecordFact, tree: TreeDocument): boolean {
  return Object.keys(readFacts(toFactSheet([fact], tree), 1)).length > 0
}
