import type { DecodedDocument, TableSheet } from '../../formats/decoded.js'
import type { FileKind } from '../../validation/file-kind.js'
import { tableColumns } from './table-columns.js'

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

/** The names of columns by their headers: the names themselves in CSV, and titles in words in workbooks. */
const namesByHeader: ReadonlyMap<string, string> = new Map(tableColumns.flatMap(({ name, title }) => [[name, name], [title, name]]))

/** The sheet with a mapping table, the index of the header's row, and the names of its columns; unknown ones as they are. */
interface FoundTable {
  readonly sheet: TableSheet
  readonly top: number
  readonly names: readonly string[]
}

/** Finds the first sheet with a mapping table's header in one of its first ten rows. */
export function findTable(document: DecodedDocument): FoundTable | undefined {
  if (document.container !== 'csv' && document.container !== 'workbook') return undefined
  for (const sheet of document.sheets) {
    for (const [top, row] of sheet.rows.slice(0, 10).entries()) {
      const names = row.map((header) => namesByHeader.get(header) ?? header)
      if (identifyingColumns.every((name) => names.includes(name))) return { sheet, top, names }
    }
  }
  return undefined
}
