import type { HtmlDocument } from '../../formats/decoded.js'
import { textOf } from '../../formats/html/element-text.js'
import { findElements } from '../../formats/html/find-elements.js'
import type { Sniff } from '../parser.js'
import { isPageTable } from './find-html-tables.js'

/** How sure it is that a page is one of the Mappings Explorer: a table's header makes it so; its title or its address may. */
export function sniffHtmlPage(document: HtmlDocument): Sniff {
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
