import type { Code } from '../../diagnostics/catalogue.js'
import type { Report } from '../../diagnostics/diagnostic.js'
import type { HtmlDocument, HtmlElement } from '../../formats/decoded.js'
import { textOf } from '../../formats/html/elements.js'
import type { Origin, Place } from '../../model/origin.js'
import { shortenExcerpt } from '../page/page-content.js'
import type { HtmlRow, HtmlTable } from './find-html-tables.js'

/** Diagnostics of a page's tables. Rows of an unknown framework are reported once, with their count, by `finish`. */
export interface RowReports {
  unreadableRow(row: HtmlElement, expected: string): void
  missingTechnique(row: HtmlElement, found?: string): void
  unknownColumn(table: HtmlElement, label: string): void
  unknownFramework(row: HtmlElement): void
  truncated(element: HtmlElement, found: string): void
  /** Reports a list below no heading that says what it is, or a heading with a slip, read as `title`. */
  unknownSection(element: HtmlElement, count: number, title?: string): void
  place(element: HtmlElement): Place
  finish(): void
}

/** Creates the reports of one page. */
export function createRowReports(document: HtmlDocument, report: Report): RowReports {
  const place = (element: HtmlElement): Place => ({ kind: 'text', ...document.position(element.offset) })
  const at = (element: HtmlElement): Origin => ({ document: document.file.name, place: place(element) })
  const reportAt = (code: Code, element: HtmlElement, found: string | undefined, expected?: string): void => report(code, {
    origin: at(element),
    ...(found !== undefined && found !== '' && { found: shortenExcerpt(found) }),
    ...(expected !== undefined && { expected }),
  })
  let withoutFramework: { readonly first: HtmlElement, count: number } | undefined
  return {
    place,
    unreadableRow: (row, expected) => reportAt('parse/unreadable-row', row, textOf(row), expected),
    missingTechnique: (row, found) => reportAt('parse/missing-technique', row, found),
    unknownColumn: (table, label) => reportAt('parse/unknown-column', table, label),
    truncated: (element, found) => reportAt('parse/truncated', element, found),
    unknownSection: (element, count, title) => report('parse/unknown-section', {
      origin: at(element),
      ...(title === undefined
        ? { found: `a list of ${count} below no heading of a page`, count }
        : { message: `A heading was read as "${title}"`, found: shortenExcerpt(textOf(element)), expected: title }),
    }),
    unknownFramework: (row) => {
      if (withoutFramework) withoutFramework.count += 1
      else withoutFramework = { first: row, count: 1 }
    },
    finish: () => {
      if (!withoutFramework) return
      const { first, count } = withoutFramework
      report('parse/unknown-framework', { origin: at(first), found: 'no link, heading or known capability id names a framework', count })
    },
  }
}

/** Elements whose end tag may be omitted (HTML Standard, "Optional tags"). */
const MAY_STAY_OPEN: ReadonlySet<string> = new Set([
  'html', 'head', 'body', 'p', 'li', 'dt', 'dd', 'rt', 'rp', 'option', 'optgroup',
  'colgroup', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'td', 'th',
])

/** Elements in which a page is cut off, outermost first; empty if every required end tag is present. */
export function findCutOff({ openAtEnd }: HtmlDocument): readonly HtmlElement[] {
  return openAtEnd.some(({ name }) => !MAY_STAY_OPEN.has(name)) ? openAtEnd : []
}

/** Reports where a page is cut off: in a row, in a table, or elsewhere, so that tables may be missing. */
export function reportCutOff(cutOff: ReadonlySet<HtmlElement>, tables: readonly HtmlTable[], reports: RowReports): void {
  const last = [...cutOff].at(-1)
  if (!last) return
  const table = tables.find(({ element }) => cutOff.has(element))
  if (!table) return reports.truncated(last, `the page ends inside an unclosed <${last.name}>`)
  const name = table.section ? `the table "${table.section.title}"` : 'a table'
  const index = table.rows.findIndex(({ element }) => cutOff.has(element))
  const row = table.rows[index]
  if (!row) return reports.truncated(table.element, `the page ends inside ${name}`)
  const outcome = isRowCutOff(table, row, cutOff) ? 'was skipped' : 'was kept up to that point'
  reports.truncated(row.element, `the page ends inside row ${index + 1} of ${name}; the row ${outcome}`)
}

/** Whether a page is cut off in this row before its technique (or description) is complete; such a row is skipped. */
export function isRowCutOff({ kind, header }: HtmlTable, row: HtmlRow, cutOff: ReadonlySet<HtmlElement>): boolean {
  if (!cutOff.has(row.element)) return false
  const last = kind === 'mappings' ? 'technique-name' : 'capability-description'
  const cell = row.cells[Math.max(header.findIndex(({ column }) => column === last), 0)]
  return !cell || cutOff.has(cell)
}
