import type { Report } from '../../diagnostics/diagnostic.js'
import { isHttpUrl } from '../../model/text.js'
import type { CellValue, TableSheet } from './workbook.js'

// The underscore of text that looks like an escape sequence.
const escapeLike = /_(?=x[0-9A-Fa-f]{4}_)/g

/** Text for SpreadsheetML: `_x0041_` would be read as "A", so its underscore is escaped (ECMA-376 part 1, section 22.9.2.19). */
export function excelText(text: string): string {
  return text.includes('_x') ? text.replaceAll(escapeLike, '_x005F_') : text
}

/** Excel's limit of hyperlinks on a worksheet ("Excel specifications and limits"). */
export const mostLinks = 65_530

/** Excel's limit of a hyperlink's length, in characters. */
const longestAddress = 2079

const address = /^https?:\/\/[^\s"<>\\^`{|}]+$/

/** The hyperlink of a cell that contains a single http(s) URL and nothing else, normalised for the workbook's relationships. */
export function linkTarget(cell: CellValue): string | undefined {
  if (typeof cell !== 'string' || cell.length > longestAddress || !address.test(cell) || !isHttpUrl(cell)) return undefined
  const { href } = new URL(cell)
  return href.length <= longestAddress ? href : undefined
}

/** Reports the number of a sheet's URLs beyond Excel's limit of hyperlinks as `emit/not-representable`. */
export function reportUnlinked(sheet: TableSheet, report: Report): void {
  const addresses = sheet.columns.filter(({ format }) => format === 'url').length * sheet.rows.length
  if (addresses <= mostLinks) return
  let links = 0
  for (const row of sheet.rows) {
    for (const [index, cell] of row.entries())
      if (sheet.columns[index]?.format === 'url' && linkTarget(cell) !== undefined) links += 1
  }
  if (links <= mostLinks) return
  const message = `Excel allows ${mostLinks} hyperlinks on a worksheet: the other URLs of sheet ${sheet.name} are plain text`
  report('emit/not-representable', { message, count: links - mostLinks })
}
