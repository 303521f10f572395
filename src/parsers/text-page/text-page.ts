import type { TextDocument } from '../../formats/decoded.js'
import { detectPageTable } from '../page/page-content.js'
import type { Parser, Sniff } from '../parser.js'
import { isBrokenHeader, readHeader, tidyLine } from './find-tables.js'

/** Mappings Explorer pages of every kind and era, saved or copied as text. */
export const textPage: Parser<'text-page'> = {
  id: 'text-page',
  title: 'Mappings Explorer page (text)',
  extensions: ['txt', 'urls.txt', 'nav.txt'],
  containers: ['text'],
  sniff: (document) => (document.container === 'text' ? sniffTextPage(document) : { confidence: 0, reason: 'not text' }),
  parse: async (document, context) => {
    if (document.container !== 'text') return []
    const { parseTextPage } = await import('./parse-text-page.js')
    return parseTextPage(document, context)
  },
}

/** Number of lines searched for a table header; the first table of a page, at least of groups, begins far earlier. */
const mostLines = 5000

/** Confidence that a text is a Mappings Explorer page: high by a table header, moderate by a partial header, title or heading. */
function sniffTextPage(document: TextDocument): Sniff {
  let maybe: Sniff = { confidence: 0, reason: 'no line is a Mappings Explorer table header' }
  let isFirst = true
  for (const [index, raw] of document.lines.slice(0, mostLines).entries()) {
    const text = tidyLine(raw)
    if (text === '') continue
    const columns = readHeader(text)
    const kind = columns && detectPageTable(columns)
    if (kind) return { confidence: 0.95, reason: `line ${index + 1} is a Mappings Explorer table header (${kind})` }
    if (isBrokenHeader(text)) maybe = { confidence: 0.6, reason: `line ${index + 1} is a truncated Mappings Explorer table header` }
    if (isFirst && /^TA?\d{4}(?:\.\d{3})?(?: |$)/.test(text)) {
      maybe = { confidence: 0.4, reason: `line ${index + 1} is the heading of a technique or tactic page` }
    }
    if (isFirst && / [-–] Mappings Explorer$/.test(text)) {
      maybe = { confidence: 0.5, reason: `line ${index + 1} is the title of a Mappings Explorer page` }
    }
    isFirst = false
  }
  return maybe
}
