import type { Report } from '../../diagnostics/diagnostic.js'
import type { CellValue, TableSheet } from './workbook.js'

// An underscore that begins what reads like an escape.
const escapeLike = /_(?=x[0-9A-Fa-f]{4}_)/g

/**
 * Text as SpreadsheetML has it: `_x0041_` would be read as "A", so its underscore is escaped (ECMA-376 part 1, section
 * 22.9.2.19).
 */
export function excelText(text: string): string {
  return text.includes('_x') ? text.replaceAll(escapeLike, '_x005F_') : text
}

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

/** Says how many addresses of a sheet are beyond what Excel links, as `emit/not-representable`. */
export function reportUnlinked(sheet: TableSheet, report: Report): void {
  const addresses = sheet.columns.filter(({ format }) => format === 'url').length * sheet.rows.length
  if (addresses <= mostLinks) return
  let links = 0
  for (const row of sheet.rows) {
    for (const [index, cell] of row.entries())
      if (sheet.columns[index]?.format === 'url' && linkTarget(cell) !== undefined) links += 1
  }
  if (links <= mostLinks) return
  const message = `Excel allows ${mostLinks} links on a sheet: the addresses beyond them are plain text (${sheet.name})`
  report('emit/not-representable', { message, count: links - mostLinks })
}
