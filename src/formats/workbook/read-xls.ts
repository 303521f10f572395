import { displayValue } from './display-value.js'
import type { RawSheet } from './raw-sheet.js'
import { toRawSheet } from './read-xlsx.js'

/**
 * Reads .xls (BIFF 8, Excel 97 to 2003) with hucre, which reads no links: those are given. Number formats are not read;
 * dates are told by theirs. Throws what hucre throws: the file is damaged.
 */
export async function readXls(bytes: Uint8Array, links: readonly ReadonlyMap<string, string>[]): Promise<readonly RawSheet[]> {
  const hucre = await import('hucre/xlsx')
  const { sheets } = await hucre.readXls(bytes)
  return sheets.map((sheet, index) => ({ ...toRawSheet(sheet, displayValue), links: links[index] ?? new Map() }))
}
