import type { DecodedDocument, TableSheet } from '../../formats/decoded.js'
import type { FileKind } from '../../validation/file-kind.js'

/** The mapping table of ours, as CSV or in a workbook. */
export const mappingTable: FileKind = {
  id: 'mapping-table',
  title: 'Mapping table',
  recognise: (document) => findTable(document) !== undefined,
  async validate(document, context) {
    const { validateTable } = await import('./validate-table.js')
    return validateTable(document, context)
  },
}

/** Columns that, together, no other table has: CTID's tables lack ids and places. */
const identifyingColumns = ['capability_id', 'attack_object_id', 'mapping_id', 'source_place']

/** The first sheet with the columns of a mapping table in one of its first ten rows, and the index of that row. */
export function findTable(document: DecodedDocument): { readonly sheet: TableSheet; readonly top: number } | undefined {
  if (document.container !== 'csv' && document.container !== 'workbook') return undefined
  for (const sheet of document.sheets) {
    const top = sheet.rows.slice(0, 10).findIndex((row) => identifyingColumns.every((name) => row.includes(name)))
    if (top >= 0) return { sheet, top }
  }
  return undefined
}
