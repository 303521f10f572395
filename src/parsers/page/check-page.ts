import type { Report } from '../../diagnostics/diagnostic.js'
import type { DocumentFile } from '../../formats/decoded.js'
import type { PageContent } from './page-content.js'

/** What helps where a script has cut a table into pages. */
const pagedHint = 'save the page as "Webpage, HTML only": that holds all rows, before scripts cut the table into pages'

/** Tells what a page leaves out: rows, by its own notice; rows, by the numbers of its lists; all mappings. */
export function checkPage(page: PageContent, file: DocumentFile, report: Report): void {
  const whole = { origin: { document: file.name, place: { kind: 'file' } } } as const
  for (const { of, shown, total, place } of page.notices) {
    const origin = { document: file.name, place }
    report('parse/rows-missing', { origin, found: `${shown} of ${total} rows`, ...(of === 'table' && { hint: pagedHint }) })
  }
  if (page.rows.length === 0) {
    const isList = page.tables.length > 0 && !page.tables.includes('mappings')
    report(isList ? 'parse/only-lists' : 'parse/no-mappings', whole)
    return
  }
  const announced = countAnnounced(page)
  const mapped = page.rows.filter((row) => !row.unmappable).length
  if (announced !== undefined && announced !== mapped && announced !== page.rows.length) {
    report('parse/count-differs', { ...whole, found: `${mapped} rows`, expected: `${announced} rows` })
  }
}

/**
 * How many rows the page must hold: the first so many of its notice, else the sum of its list of groups or capabilities.
 * Undefined where a table shows only some of its rows, so that neither counts.
 */
function countAnnounced({ notices, groups, capabilities }: PageContent): number | undefined {
  if (notices.some((notice) => notice.of === 'table')) return undefined
  if (notices[0]) return notices[0].shown
  const listed = groups.length > 0 ? groups : capabilities
  if (listed.length === 0 || listed.some(({ rows }) => rows === undefined)) return undefined
  return listed.reduce((sum, { rows }) => sum + (rows ?? 0), 0)
}
