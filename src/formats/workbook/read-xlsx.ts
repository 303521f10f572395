import type { Sheet } from 'hucre/xlsx'
import { cellAddress } from './cell-address.js'
import { displayValue } from './display-value.js'
import type { RawSheet } from './raw-sheet.js'

/** Reads .xlsx and .xlsm (ECMA-376) with hucre. Throws what hucre throws: the file is damaged, or protected. */
export async function readXlsx(bytes: Uint8Array): Promise<readonly RawSheet[]> {
  const hucre = await import('hucre/xlsx')
  const { sheets } = await hucre.readXlsx(bytes)
  // Number formats cost as much again: they are read for the sheets that hold numbers.
  const numeric = sheets.flatMap(
    ({ rows }, index) => (rows.some((row) => row.some((value) => typeof value === 'number')) ? [index] : [])
  )
  const styled = numeric.length === 0 ? [] : (await hucre.readXlsx(bytes, { readStyles: true, sheets: numeric })).sheets
  const format = styled.length === 0 ? undefined : (await import('hucre')).formatValue
  return sheets.map((sheet, index) => {
    const formats = styled[numeric.indexOf(index)]?.cells
    return toRawSheet(sheet, (value, row, column) => {
      const numFmt = typeof value === 'number' ? formats?.get(`${row},${column}`)?.style?.numFmt : undefined
      return numFmt === undefined || numFmt === 'General' || !format ? displayValue(value) : format(value, numFmt)
    })
  })
}

/** What hucre read, as text. */
export function toRawSheet(sheet: Sheet, display: (value: unknown, row: number, column: number) => string): RawSheet {
  const links = new Map<string, string>()
  for (const [key, { hyperlink }] of sheet.cells ?? []) {
    if (!hyperlink?.target) continue
    const [row, column] = key.split(',').map(Number)
    if (row !== undefined && column !== undefined) links.set(cellAddress(row, column), hyperlink.target)
  }
  return {
    name: sheet.name,
    rows: sheet.rows.map((row, index) => row.map((value, column) => display(value, index, column))),
    merges: sheet.merges ?? [],
    links,
  }
}
