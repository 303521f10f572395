import type { DecodedDocument } from '../../formats/decoded.js'
import type { Counts, ValidationContext } from '../../validation/file-kind.js'
import { reportSchemaError } from '../../validation/report-schema-error.js'
import { findTable } from './mapping-table.js'
import { tableColumns } from './table-columns.js'

/** Validates a mapping table: known columns, rows that match their schema, unique ids, techniques of ATT&CK. */
export async function validateTable(document: DecodedDocument, context: ValidationContext): Promise<Counts> {
  const table = findTable(document)
  if (!table) return {}
  const { sheet, top, names: header } = table
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
    reportAt(`/-1/${name}`, 'parse/unknown-field', { message: 'Unknown column in a mapping table', found: name })
  }
  await reportSchemaError('table-rows', rows, { ...context, reportAt })
  reportRepeatedIds(rows.map((row) => row['mapping_id']), reportAt)
  await context.checkRows(document)
  return { rows: rows.length }
}

function reportRepeatedIds(ids: readonly (string | undefined)[], reportAt: ValidationContext['reportAt']): void {
  const seen = new Set<string>()
  for (const [index, id] of ids.entries()) {
    if (id === undefined) continue
    const message = 'The mapping_id is already used by an earlier row'
    if (seen.has(id)) reportAt(`/${index}/mapping_id`, 'verify/meaning', { message, found: id })
    seen.add(id)
  }
}
