import type { CellValue } from './workbook.js'

/** The most hyperlinks that Excel allows on a sheet ("Excel specifications and limits"). */
export const mostLinks = 65_530

/** The longest address that Excel links. */
const longestAddress = 2079

const address = /^https?:\/\/[^\s"<>\\^`{|}]+$/

/** Where a cell links to: the http(s) address that is all it holds, in the form that relationships of a workbook need. */
export function linkTarget(cell: CellValue): string | undefined {
  if (typeof cell !== 'string' || cell.length > longestAddress || !address.test(cell) || !URL.canParse(cell)) return undefined
  const { href } = new URL(cell)
  return href.length <= longestAddress ? href : undefined
}
