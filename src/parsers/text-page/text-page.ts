import type { Parser } from '../parser.js'
import { sniffTextPage } from './sniff-text-page.js'

/** Pages of the Mappings Explorer, saved or copied as text, of every kind and era. */
export const textPage: Parser<'text-page'> = {
  id: 'text-page',
  title: 'Mappings Explorer page, as text',
  extensions: ['txt', 'urls.txt', 'nav.txt'],
  containers: ['text'],
  sniff: (document) => (document.container === 'text' ? sniffTextPage(document) : { confidence: 0, reason: 'not a text' }),
  parse: async (document, context) => {
    if (document.container !== 'text') return []
    const { parseTextPage } = await import('./parse-text-page.js')
    return parseTextPage(document, context)
  },
}
