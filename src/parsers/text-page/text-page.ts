import type { TextDocument } from '../../formats/decoded.js'
import { detectPageTable } from '../page/page-table.js'
import type { Parser, Sniff } from '../parser.js'
import { isBrokenHeader, readHeader } from './find-tables.js'

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

/** A page's first table, of groups if not of mappings, stands far before this line. */
const mostLines = 5000

/** How sure it is that a text is a page: a table's header makes it so; a broken one, a page's title, or a technique as heading, may. */
function sniffTextPage(document: TextDocument): Sniff {
  let maybe: Sniff = { confidence: 0, reason: 'no line is a table header of a page' }
  let isFirst = true
  for (const [index, raw] of document.lines.slice(0, mostLines).entries()) {
    const text = raw.trim().replace(/ {2,}/g, ' ')
    if (text === '') continue
    const columns = readHeader(text)
    const kind = columns && detectPageTable(columns)
    if (kind) return { confidence: 0.95, reason: `line ${index + 1} is the header of a page's table of ${kind}` }
    if (isBrokenHeader(text)) maybe = { confidence: 0.6, reason: `line ${index + 1} begins as the header of a page's table` }
    if (isFirst && /^TA?\d{4}(?:\.\d{3})?(?: |$)/.test(text)) {
      maybe = { confidence: 0.4, reason: `line ${index + 1} is the heading of a technique's or tactic's page` }
    }
    if (isFirst && / [-–] Mappings Explorer$/.test(text)) {
      maybe = { confidence: 0.5, reason: `line ${index + 1} is the title of a page of the Mappings Explorer` }
    }
    isFirst = false
  }
  return maybe
}
