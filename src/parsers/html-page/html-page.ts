import type { Parser } from '../parser.js'
import { sniffHtmlPage } from './sniff-html-page.js'

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
