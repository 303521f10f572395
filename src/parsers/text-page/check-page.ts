import type { Report } from '../../diagnostics/diagnostic.js'
import type { TextDocument } from '../../formats/decoded.js'
import type { PageRow } from '../page/page-content.js'
import { readRowsNotice } from '../page/rows-notice.js'
import type { TextTable } from './find-tables.js'
import { isBrokenHeader } from './read-header.js'
import type { PageReports } from './page-reports.js'
import type { TextLine } from './text-lines.js'

/** Tells what is missing from a page as a whole: rows left out by the site, a cut-off end, all mappings. */
export function checkPage(
  document: TextDocument, lines: readonly TextLine[], tables: readonly TextTable[], rows: readonly PageRow[],
  reports: PageReports, report: Report,
): void {
  const last = lines.findLast((line) => line.text !== '')
  const endsInHeader = last !== undefined && (isBrokenHeader(last.text) || tables.some((table) => table.kind === 'mappings' && table.header === last))
  if (last && endsInHeader) reports.truncated(last)

  for (const line of lines) {
    const notice = readRowsNotice(line.text)
    const origin = { document: document.file.name, place: { kind: 'text', line: line.number, column: line.column } } as const
    if (!notice) continue
    report('parse/rows-missing', {
      origin,
      found: `${notice.shown} of ${notice.total} rows`,
      count: notice.total - notice.shown,
    })
  }

  if (rows.length > 0 || endsInHeader) return
  const origin = { document: document.file.name, place: { kind: 'file' } } as const
  const listsOnly = tables.length > 0 && tables.every((table) => table.kind !== 'mappings')
  report(listsOnly ? 'parse/only-lists' : 'parse/no-mappings', { origin })
}
