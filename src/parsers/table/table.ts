import type { DecodedDocument, TableDocument } from '../../formats/decoded.js'
import type { Parser, Sniff } from '../parser.js'
import { SAMPLED_ROWS } from './find-header.js'
import { findTable } from './find-table.js'
import { findTechniques } from './split-cells.js'

/** Tables of mappings, CSV or workbook: Crosswalk's, mapex's and hand-made ones. docs/decisions/0007 describes how columns are matched. */
export const table: Parser<'table'> = {
  id: 'table',
  title: 'Table of mappings (CSV, TSV, Excel, OpenDocument)',
  extensions: ['csv', 'tsv', 'tab', 'xlsx', 'xlsm', 'xls', 'ods'],
  containers: ['csv', 'workbook'],
  sniff: (document) => (isTable(document) ? sniffSheets(document) : { confidence: 0, reason: 'is not a table' }),
  async parse(document, context) {
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
    const title = (column: number | undefined) => (column === undefined ? '' : (found.sheet.rows[header.row]?.[column] ?? ''))
    const { byRole, relations } = header.columns
    const target = byRole.get('technique') ?? byRole.get('subtechnique') ?? relations[0]?.column ?? byRole.get('attackGroup')
    return {
      confidence: 0.9,
      reason: `has the columns "${title(byRole.get('capability') ?? byRole.get('name') ?? 0)}" and "${title(target)}"`,
    }
  }
  const hasTechniques = sheets.some(
    ({ rows }) => rows.slice(0, SAMPLED_ROWS).some((row) => row.some((cell) => findTechniques(cell).length > 0))
  )
  // Not zero: this parser reports which columns are missing.
  return hasTechniques
    ? { confidence: 0.5, reason: 'contains technique ids, but no known column titles' }
    : { confidence: 0.1, reason: 'is a table without technique ids or known column titles' }
}

function isTable(document: DecodedDocument): document is TableDocument {
  return document.container === 'csv' || document.container === 'workbook'
}
