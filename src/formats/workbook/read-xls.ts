import type { CellObject, WorkSheet } from 'xlsx'
import { cellAddress } from './cell-address.js'
import { displayValue } from './display-value.js'
import type { RawSheet } from './raw-sheet.js'

/**
 * Reads .xls (BIFF 5 and 8) with SheetJS. Throws what SheetJS throws: the file is damaged, or protected. `oldText`: the text is in a code
 * page (BIFF 5), whose tables are large and otherwise not loaded.
 */
export async function readXls(bytes: Uint8Array, oldText: boolean): Promise<readonly RawSheet[]> {
  const sheetjs = await import('xlsx')
  if (oldText) sheetjs.set_cptable(await import('xlsx/dist/cpexcel.full.mjs'))
  const book = sheetjs.read(bytes, { type: 'array', dense: true, cellDates: true, UTC: true, cellFormula: false, cellHTML: false })
  return book.SheetNames.flatMap((name) => {
    const sheet = book.Sheets[name]
    return sheet ? [toRawSheet(name, sheet)] : []
  })
}

/** The stated extent, `!ref`, is passed over: it may be wrong. */
function toRawSheet(name: string, sheet: WorkSheet): RawSheet {
  const links = new Map<string, string>()
  const rows = (sheet['!data'] ?? []).map((cells, row) => Array.from(cells, (cell: CellObject | undefined, column) => {
    if (cell?.l?.Target) links.set(cellAddress(row, column), cell.l.Target)
    return cell ? displayCell(cell) : ''
  }))
  const merges = (sheet['!merges'] ?? []).map(({ s, e }) => ({ startRow: s.r, startCol: s.c, endRow: e.r, endCol: e.c }))
  return { name, rows: Array.from(rows), merges, links }
}

/** Numbers and errors as Excel formats them. */
function displayCell({ t, v, w }: CellObject): string {
  return (t === 'n' || t === 'e') && w !== undefined ? w : displayValue(v)
}
