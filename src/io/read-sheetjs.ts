import * as codepages from 'xlsx/dist/cpexcel.full.mjs'
import { type CellObject, read, set_cptable, type WorkSheet } from 'xlsx'
import type { ForeignResult } from '../formats/workbook/foreign-workbook.js'
import { displayValue } from '../formats/workbook/read-xlsx.js'
import { cellAddress } from '../formats/places.js'

/**
 * Reads a workbook with SheetJS, which hangs on some damaged files and prints to the console: for workers only. Does not throw because of
 * the workbook.
 */
export function readWithSheetjs(bytes: Uint8Array): ForeignResult {
  try {
    set_cptable(codepages)
    const book = read(bytes, { type: 'array', dense: true, cellDates: true, UTC: true, cellFormula: false, cellHTML: false })
    const sheets = book.SheetNames.flatMap((name) => {
      const sheet = book.Sheets[name]
      return sheet ? [readSheet(name, sheet)] : []
    })
    return { sheets }
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error)
    return /password|encrypt/i.test(found) ? { because: 'protected' } : { because: 'damaged', found }
  }
}

function readSheet(name: string, sheet: WorkSheet): Extract<ForeignResult, { sheets: unknown }>['sheets'][number] {
  const cells: readonly (readonly (CellObject | undefined)[] | undefined)[] = sheet['!data'] ?? []
  const links = new Map<string, string>()
  const rows = Array.from(cells, (row, index) => Array.from(row ?? [], (cell, column) => {
    if (cell?.l?.Target) links.set(cellAddress(index, column), cell.l.Target)
    return displayCell(cell)
  }))
  const merges = (sheet['!merges'] ?? []).map(({ s, e }) => ({ startRow: s.r, endRow: e.r, startCol: s.c, endCol: e.c }))
  return { name, rows, merges, links }
}

/** Numbers and errors as displayed, everything else as in other workbooks. */
function displayCell(cell: CellObject | undefined): string {
  if (!cell || cell.t === 'z') return ''
  const isFormatted = (cell.t === 'n' || cell.t === 'e') && cell.w !== undefined && cell.w !== ''
  return isFormatted && cell.w !== undefined ? cell.w : displayValue(cell.v)
}
