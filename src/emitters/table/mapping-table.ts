import type { DecodedDocument, TableSheet } from '../../formats/decoded.js'
import type { FileKind } from '../../validation/file-kind.js'

/** Crosswalk's mapping table, as CSV or in a workbook. */
export const mappingTable: FileKind = {
  id: 'mapping-table',
  title: 'Mapping table',
  recognise: (document) => findTable(document) !== undefined,
  async validate(document, context) {
    const { validateTable } = await import('./validate-table.js')
    return validateTable(document, context)
  },
}

/** Columns that only mapping tables have together: CTID's tables have no ids of rows and no places. */
const identifyingColumns = ['capability_id', 'attack_object_id', 'mapping_id', 'source_place']

/** Finds the first sheet with a mapping table's header in one of its first ten rows; `top` is the index of that row. */
export function findTable(document: DecodedDocument): { readonly sheet: TableSheet; readonly top: number } | undefined {
  if (document.container !== 'csv' && document.container !== 'workbook') return undefined
  for (const sheet of document.sheets) {
    const top = sheet.rows.slice(0, 10).findIndex((row) => identifyingColumns.every((name) => row.includes(name)))
    if (top >= 0) return { sheet, top }
  }
  return undefined
}
