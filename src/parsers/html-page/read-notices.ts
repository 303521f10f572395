import type { HtmlDocument } from '../../formats/decoded.js'
import type { PageContent } from '../page/page-content.js'
import { readRowsNotice } from '../page/rows-notice.js'
import type { HtmlTable } from './find-html-tables.js'
import type { OutlineItem } from './read-outline.js'

/**
 * What a page says of rows that it leaves out. What is said of a table's pages stands below it, or above and below; it counts
 * once, and only for tables whose rows are read.
 */
export function readNotices(
  outline: readonly OutlineItem[], tables: readonly HtmlTable[], document: HtmlDocument,
): PageContent['notices'] {
  const notices: PageContent['notices'][number][] = []
  const nearest = nearestTables(outline, tables)
  const told = new Set<HtmlTable>()
  for (const [index, item] of outline.entries()) {
    const notice = item.kind === 'line' ? readRowsNotice(item.text) : undefined
    if (!notice || item.kind !== 'line') continue
    const table = notice.of === 'table' ? nearest[index] : undefined
    if (table && (told.has(table) || (table.kind !== 'mappings' && table.kind !== 'unmappable'))) continue
    if (table) told.add(table)
    notices.push({ ...notice, place: { kind: 'text', ...document.position(item.offset) } })
  }
  return notices
}

/** For each item the table above it with no heading between, else the one that comes next. */
function nearestTables(outline: readonly OutlineItem[], tables: readonly HtmlTable[]): readonly (HtmlTable | undefined)[] {
  const byElement = new Map(tables.map((table) => [table.element, table]))
  let above: HtmlTable | undefined
  const nearest = outline.map((item) => {
    if (item.kind === 'heading') above = undefined
    if (item.kind === 'table') above = byElement.get(item.element)
    return above
  })
  let below: HtmlTable | undefined
  for (let index = outline.length - 1; index >= 0; index -= 1) {
    const item = outline[index]
    if (item?.kind === 'table') below = byElement.get(item.element)
    nearest[index] ??= below
  }
  return nearest
}
