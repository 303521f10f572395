import type { DecodedDocument, TableDocument } from '../../formats/decoded.js'
import type { Parser, Sniff } from '../parser.js'
import { findHeader } from './find-header.js'
import { findTechniques } from './split-cells.js'

/**
 * Tables of mappings, as CSV or workbook: ours, mapex's, and those that people make. docs/decisions/0007 tells how
 * columns are told.
 */
export const table: Parser<'table'> = {
  id: 'table',
  title: 'Table of mappings (CSV, TSV, Excel, OpenDocument)',
  extensions: ['csv', 'tsv', 'tab', 'xlsx', 'xlsm', 'xls', 'ods'],
  containers: ['csv', 'workbook'],
  sniff: (document) => (isTable(document) ? sniffSheets(document) : { confidence: 0, reason: 'not a table' }),
  async parse(document, context) {
    if (!isTable(document)) return []
    const { parseTable } = await import('./parse-table.js')
    return parseTable(document, context)
  },
}

/** How many rows are searched for techniques. */
const SAMPLE = 200

function sniffSheets({ sheets }: TableDocument): Sniff {
  for (const sheet of sheets) {
    const header = findHeader(sheet, [])
    const title = (column: number | undefined) => (column === undefined ? '' : (sheet.rows[header?.row ?? 0]?.[column] ?? ''))
    if (!header) continue
    const { byRole, relations } = header.columns
    const target = byRole.get('technique') ?? byRole.get('subtechnique') ?? relations[0]?.column ?? byRole.get('attackGroup')
    return {
      confidence: 0.9,
      reason: `has the columns "${title(byRole.get('capability') ?? byRole.get('name') ?? 0)}" and "${title(target)}"`,
    }
  }
  const holdsTechniques = sheets.some(
    ({ rows }) => rows.slice(0, SAMPLE).some((row) => row.some((cell) => findTechniques(cell).length > 0))
  )
  // Still the parser to tell the user what is missing.
  return holdsTechniques
    ? { confidence: 0.5, reason: 'holds ids of techniques, but no titles of columns that are known' }
    : { confidence: 0.1, reason: 'is a table, but of nothing that is known' }
}

function isTable(document: DecodedDocument): document is TableDocument {
  return document.container === 'csv' || document.container === 'workbook'
}
