import type { HtmlDocument } from '../../formats/decoded.js'
import { findElements, textOf } from '../../formats/html/elements.js'
import type { Parser, Sniff } from '../parser.js'
import { isPageTable } from './find-html-tables.js'

/** Mappings Explorer pages of every kind and era, saved as HTML: as served, or as rendered by a browser. */
export const htmlPage: Parser<'html-page'> = {
  id: 'html-page',
  title: 'Mappings Explorer page (HTML)',
  extensions: ['html', 'htm', 'xhtml'],
  containers: ['html'],
  sniff: (document) => (document.container === 'html' ? sniffHtmlPage(document) : { confidence: 0, reason: 'not HTML' }),
  parse: async (document, context) => {
    if (document.container !== 'html') return []
    const { parseHtmlPage } = await import('./parse-html-page.js')
    return parseHtmlPage(document, context)
  },
}

/** Confidence that a page is from the Mappings Explorer: high by a table header, moderate by the title or the URL it was saved from. */
function sniffHtmlPage(document: HtmlDocument): Sniff {
  const [table] = findElements(document.root, isPageTable)
  if (table) {
    const { line } = document.position(table.offset)
    return { confidence: 0.95, reason: `the table in line ${line} has a Mappings Explorer header` }
  }
  const title = findElements(document.root, ({ name }) => name === 'title').map((element) => textOf(element)).join(' ')
  if (/\bMappings Explorer\b/i.test(title)) return { confidence: 0.7, reason: 'the title names the Mappings Explorer' }
  if (document.savedFrom?.includes('/mappings-explorer/')) {
    return { confidence: 0.7, reason: 'it was saved from a Mappings Explorer URL' }
  }
  return { confidence: 0, reason: 'no table has a Mappings Explorer header' }
}
