import type { Report } from '../../diagnostics/diagnostic.js'
import { linkTarget, mostLinks } from './link-target.js'
import type { TableSheet } from './workbook.js'

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
