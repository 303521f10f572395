import { tellPageTable, type PageColumn, type PageTableKind } from '../page/page-columns.js'
import { readPageSection, type PageSection } from '../page/page-section.js'
import { readHeader } from './read-header.js'
import type { TextLine } from './text-lines.js'

/** A table of a page: its columns, the section that it stands in, and the lines from its header to the next section. */
export interface TextTable {
  readonly kind: PageTableKind
  readonly columns: readonly PageColumn[]
  readonly section: PageSection | undefined
  readonly header: TextLine
  readonly body: readonly TextLine[]
}

/** How many lines may stand between a section's heading and the header of its table: badges, a notice, an introduction. */
const REACH = 14

/** Finds a page's tables by their headers. A table's body ends where the next section's heading, or table, begins. */
export function findTables(lines: readonly TextLine[], heading: TextLine | undefined): readonly TextTable[] {
  let after = heading ? heading.number - 1 : -1
  const starts = lines.flatMap((header, index) => {
    const columns = readHeader(header.text)
    if (!columns) return []
    const section = findSection(lines, index, Math.max(after, index - REACH))
    const kind = tellPageTable(columns, section?.section.title)
    if (!kind) return []
    after = index
    return [{ header, index, columns, kind, section }]
  })
  return starts.map(({ header, index, columns, kind, section }, nth) => {
    const next = starts[nth + 1]
    const body = lines.slice(index + 1, next?.section?.index ?? next?.index ?? lines.length)
    return { kind, columns, section: section?.section, header, body }
  })
}

/** The nearest section heading above a header, but not at or above `after`. */
function findSection(
  lines: readonly TextLine[], header: number, after: number,
): { index: number, section: PageSection } | undefined {
  for (let index = header - 1; index > after; index -= 1) {
    const section = readPageSection(lines[index]?.text ?? '')
    // A heading stands by itself: a comment's line that reads like one does not.
    if (section && (lines[index - 1]?.text ?? '') === '') return { index, section }
  }
  return undefined
}
