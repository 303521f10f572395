import type { DecodedDocument, TableSheet } from '../formats/decoded.js'
import type { Validator } from './validator.js'

/** How `diff`, `coverage`, `upgrade` and `bridge` name the tables that they write as CSV. */
const named = /\.(?:diff|coverage|upgrade|bridge)\.[a-z]+(?:-[a-z]+)*\.csv$/
const key = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/

/**
 * A table of an analysis of ours as CSV, told by its name: its columns depend on what was asked for, so that only its shape is
 * checked, and that no column stands twice. What it says is in the analysis' JSON, which has a schema.
 */
export const reportTableValidator: Validator = {
  id: 'report-table',
  title: 'Table of a report (shape only)',
  recognises: (document) => named.test(document.file.name) && sheetOf(document) !== undefined,
  async validate(document, { report }) {
    const sheet = sheetOf(document)
    const [header = [], ...rows] = sheet?.rows ?? []
    const wrong = (row: number, column: number, message: string, found: string): void => report('verify/schema', {
      message,
      found,
      ...(sheet && { origin: { document: document.file.name, place: sheet.place(row, column) } }),
    })
    for (const [column, name] of header.entries()) {
      if (!key.test(name)) wrong(0, column, 'A column has no name of small letters, digits and underscores', name)
      else if (header.indexOf(name) < column) wrong(0, column, 'A column stands twice', name)
    }
    const wide = rows.findIndex((cells) => cells.length > header.length)
    if (wide >= 0) wrong(wide + 1, header.length, 'A row has more cells than there are columns', `${rows[wide]?.length ?? 0} cells`)
    return { rows: rows.length, columns: header.length }
  },
}

function sheetOf(document: DecodedDocument): TableSheet | undefined {
  return document.container === 'csv' ? document.sheets[0] : undefined
}
