import { type DecodedDocument, type TableDocument, type TableSheet, type TreeDocument, treeOf } from '../../formats/decoded.js'
import type { Parser, Sniff, Statements } from '../parser.js'
import { SAMPLED_ROWS } from './find-header.js'
import { findTable } from './find-table.js'
import { findRecords, type RecordSheet } from './records.js'
import { hasTechnique } from './split-cells.js'
import { rawCell } from './cells.js'

/** Tables of mappings, CSV or workbook: Crosswalk's, mapex's and hand-made ones. docs/decisions/0007 describes how columns are matched. */
export const table: Parser<'table'> = {
  id: 'table',
  title: 'Table of mappings (CSV, TSV, Excel, OpenDocument, lists of records in JSON or YAML)',
  extensions: ['csv', 'tsv', 'tab', 'xlsx', 'xlsm', 'xls', 'xlsb', 'ods', 'fods', 'json', 'jsonl', 'ndjson', 'yaml', 'yml'],
  containers: ['csv', 'workbook', 'json', 'yaml'],
  sniff(document, statements) {
    const tree = treeOf(document)
    if (tree) return sniffRecords(tree, statements)
    return isTable(document) ? sniffSheets(document) : { confidence: 0, reason: 'is not a table' }
  },
  async parse(document, context) {
    const tree = treeOf(document)
    if (tree) return (await import('./parse-records.js')).parseRecords(tree, context)
    if (!isTable(document)) return []
    const { parseTable } = await import('./parse-table.js')
    return parseTable(document, context)
  },
}

function sniffSheets({ sheets }: TableDocument): Sniff {
  for (const sheet of sheets) {
    const found = findTable(sheet, [])
    if (!found) continue
    const { header } = found
    const title = (column: number | undefined) => rawCell(found.sheet.rows[header.row], column)
    const { byRole, relations } = header.columns
    const target = byRole.get('technique') ?? byRole.get('subtechnique') ?? relations[0]?.column ?? byRole.get('attackGroup')
    return {
      confidence: 0.9,
      reason: `has the columns "${title(byRole.get('capability') ?? byRole.get('name') ?? 0)}" and "${title(target)}"`,
    }
  }
  // Not zero: this parser reports which columns are missing.
  return sheets.some(hasTechniques)
    ? { confidence: 0.5, reason: 'contains technique ids, but no known column titles' }
    : { confidence: 0.1, reason: 'is a table without technique ids or known column titles' }
}

/** Less confident than any parser of a dialect: records are a table if they are flat and name techniques, or if the user names columns. */
function sniffRecords(tree: TreeDocument, statements: Statements | undefined): Sniff {
  const sheets = findRecords(tree, SAMPLED_ROWS, isOfDialect)?.sheets.filter((sheet) => sheet.nested.length === 0 && !isDialect(sheet)) ?? []
  const { reason } = sniffSheets({ container: 'csv', file: tree.file, sheets })
  if (sheets.some(hasTechniques)) {
    const isList = sheets.some(({ pointer }) => pointer === '')
    return { confidence: isList ? 0.3 : 0.1, reason: `${isList ? 'is' : 'contains'} a list of records that ${reason}` }
  }
  return sheets.length > 0 && statements?.columns
    ? { confidence: 0.1, reason: 'contains a list of records, and columns are named' }
    : { confidence: 0, reason: 'has no flat list of records with technique ids' }
}

/** Whether a list is that of a known format, by its name: CTID's mapping files, STIX bundles. Its parser reads it, or says why not. */
function isOfDialect(pointer: string): boolean {
  return /\/(?:mapping_objects|objects)$/.test(pointer)
}

/** The same by the fields of its records: layers, rules. */
function isDialect({ rows: [titles] }: RecordSheet): boolean {
  return titles?.some((title) => title === 'techniqueID' || title.startsWith('logsource')) === true
}

function hasTechniques({ rows }: TableSheet): boolean {
  return rows.slice(0, SAMPLED_ROWS).some((row) => row.some(hasTechnique))
}

function isTable(document: DecodedDocument): document is TableDocument {
  return document.container === 'csv' || document.container === 'workbook'
}
