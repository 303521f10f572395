import type { DecodedDocument, TableSheet } from '../../formats/decoded.js'
import { checkRows } from '../../pipeline/check-rows.js'
import { reportSchemaError, type ValidationContext, type Validator } from '../../validation/validator.js'
import { tableColumns } from './table-columns.js'

/** Columns that only a mapping table of ours has beside CTID's. */
const identifyingColumns = ['capability_id', 'attack_object_id', 'mapping_id', 'source_place']

/** The mapping table of ours, as CSV or in a workbook: our columns, rows that satisfy their schema, no id twice, techniques of ATT&CK. */
export const mappingTableValidator: Validator = {
  id: 'mapping-table',
  title: 'Mapping table',
  recognises: (document) => findTable(document) !== undefined,
  async validate(document, context) {
    const table = findTable(document)
    if (!table) return {}
    const { sheet, top } = table
    const header = sheet.rows[top] ?? []
    const lines = sheet.rows.slice(top + 1)
    const rows = lines.map((cells) => Object.fromEntries(header.flatMap((name, column) => {
      const cell = cells[column] ?? ''
      return cell === '' ? [] : [[name, cell]]
    })))
    const reportAt: ValidationContext['reportAt'] = (pointer, code, details) => {
      const [, row, name] = pointer.split('/')
      const place = sheet.place(row === undefined ? top : top + 1 + Number(row), Math.max(0, header.indexOf(name ?? '')))
      context.report(code, { origin: { document: document.file.name, place }, ...details })
    }
    const known: ReadonlySet<string> = new Set(tableColumns.map(({ name }) => name))
    for (const name of header.filter((column) => !known.has(column))) {
      reportAt(`/-1/${name}`, 'parse/unknown-field', { message: 'The table has a column that is none of ours', found: name })
    }
    await reportSchemaError('table-rows', rows, { ...context, reportAt })
    reportRepeatedIds(rows.map((row) => row['mapping_id']), reportAt)
    await checkRows(document.file, context)
    return { rows: rows.length }
  },
}

/** The first sheet that holds the table, and the row of its header. */
function findTable(document: DecodedDocument): { readonly sheet: TableSheet; readonly top: number } | undefined {
  if (document.container !== 'csv' && document.container !== 'workbook') return undefined
  for (const sheet of document.sheets) {
    const top = sheet.rows.slice(0, 10).findIndex((row) => identifyingColumns.every((name) => row.includes(name)))
    if (top >= 0) return { sheet, top }
  }
  return undefined
}

function reportRepeatedIds(ids: readonly (string | undefined)[], reportAt: ValidationContext['reportAt']): void {
  const seen = new Set<string>()
  for (const [index, id] of ids.entries()) {
    if (id === undefined) continue
    const message = 'The mapping_id stands in an earlier row too'
    if (seen.has(id)) reportAt(`/${index}/mapping_id`, 'verify/meaning', { message, found: id })
    seen.add(id)
  }
}
