import type { Code } from '../../diagnostics/catalogue.js'
import type { Report } from '../../diagnostics/diagnostic.js'
import type { HtmlDocument, HtmlElement } from '../../formats/decoded.js'
import { textOf } from '../../formats/html/element-text.js'
import type { Origin, Place } from '../../model/origin.js'
import { shortenExcerpt } from '../page/shorten-excerpt.js'

/** What reading a page's tables may have to tell. Frameworks that nothing tells are told once, with their count, by `finish`. */
export interface RowReports {
  unreadableRow(row: HtmlElement, expected: string): void
  missingTechnique(row: HtmlElement, found?: string): void
  unknownColumn(table: HtmlElement, label: string): void
  unknownFramework(row: HtmlElement): void
  truncated(element: HtmlElement, found: string): void
  place(element: HtmlElement): Place
  finish(): void
}

/** Creates the reports of one page. */
export function createRowReports(document: HtmlDocument, report: Report): RowReports {
  const place = (element: HtmlElement): Place => ({ kind: 'text', ...document.position(element.offset) })
  const at = (element: HtmlElement): Origin => ({ document: document.file.name, place: place(element) })
  const tell = (code: Code, element: HtmlElement, found: string | undefined, expected?: string): void => report(code, {
    origin: at(element),
    ...(found !== undefined && found !== '' && { found: shortenExcerpt(found) }),
    ...(expected !== undefined && { expected }),
  })
  let withoutFramework: { readonly first: HtmlElement, count: number } | undefined
  return {
    place,
    unreadableRow: (row, expected) => tell('parse/unreadable-row', row, textOf(row), expected),
    missingTechnique: (row, found) => tell('parse/missing-technique', row, found),
    unknownColumn: (table, label) => tell('parse/unknown-column', table, label),
    truncated: (element, found) => tell('parse/truncated', element, found),
    unknownFramework: (row) => {
      if (withoutFramework) withoutFramework.count += 1
      else withoutFramework = { first: row, count: 1 }
    },
    finish: () => {
      if (!withoutFramework) return
      const { first, count } = withoutFramework
      report('parse/unknown-framework', { origin: at(first), found: 'no link, no heading and no known id', count })
    },
  }
}
