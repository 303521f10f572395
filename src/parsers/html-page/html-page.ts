import type { HtmlDocument } from '../../formats/decoded.js'
import { findElements, textOf } from '../../formats/html/elements.js'
import type { Parser, Sniff } from '../parser.js'
import { isPageTable } from './find-html-tables.js'

/** Pages of the Mappings Explorer, saved as HTML, of every kind and era, as served or as a browser shows them. */
export const htmlPage: Parser<'html-page'> = {
  id: 'html-page',
  title: 'Mappings Explorer page, as HTML',
  extensions: ['html', 'htm', 'xhtml'],
  containers: ['html'],
  sniff: (document) => (document.container === 'html' ? sniffHtmlPage(document) : { confidence: 0, reason: 'not HTML' }),
  parse: async (document, context) => {
    if (document.container !== 'html') return []
    const { parseHtmlPage } = await import('./parse-html-page.js')
    return parseHtmlPage(document, context)
  },
}

/** How sure it is that a page is one of the Mappings Explorer: a table's header makes it so; its title or its address may. */
function sniffHtmlPage(document: HtmlDocument): Sniff {
  const [table] = findElements(document.root, isPageTable)
  if (table) {
    const { line } = document.position(table.offset)
    return { confidence: 0.95, reason: `the table in line ${line} has the header of a page's table` }
  }
  const title = findElements(document.root, ({ name }) => name === 'title').map((element) => textOf(element)).join(' ')
  if (/\bMappings Explorer\b/i.test(title)) return { confidence: 0.7, reason: 'the title names the Mappings Explorer' }
  if (document.savedFrom?.includes('/mappings-explorer/')) {
    return { confidence: 0.7, reason: 'it was saved from the Mappings Explorer' }
  }
  return { confidence: 0, reason: 'no table has the header of a page\'s table' }
}
