import { displayValue } from './display-value.js'
import { flattenOds } from './flatten-ods.js'
import type { RawSheet } from './raw-sheet.js'
import { toRawSheet } from './read-xlsx.js'

/** Reads OpenDocument spreadsheets with hucre. Throws what hucre throws: the file is damaged, or protected. */
export async function readOds(bytes: Uint8Array): Promise<readonly RawSheet[]> {
  const hucre = await import('hucre/ods')
  const { sheets } = await hucre.readOds(await flattenOds(bytes))
  return sheets.map((sheet) => toRawSheet(sheet, displayValue))
}
