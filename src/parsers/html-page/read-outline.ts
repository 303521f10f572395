import type { HtmlElement } from '../../formats/decoded.js'
import { findElements, hasClass, isBlock, textOf } from '../../formats/html/elements.js'
import { describeFramework } from '../../frameworks/find-framework.js'
import { type PageHeading, readPageHeading } from '../page/page-release.js'

/** Page content in document order: headings, tables, and the lines between them. */
export type OutlineItem =
  | { readonly kind: 'heading', readonly level: number, readonly text: string, readonly element: HtmlElement }
  | { readonly kind: 'table', readonly element: HtmlElement }
  | { readonly kind: 'line', readonly text: string, readonly offset: number }

/** Elements that are not page content: metadata, site navigation, form fields. */
const SKIPPED: ReadonlySet<string> = new Set(['head', 'header', 'nav', 'footer', 'select', 'textarea'])

/** Splits a page into headings, tables and lines. `isTable` selects the tables to keep; others are read as lines, cell by cell. */
export function readOutline(root: HtmlElement, isTable: (element: HtmlElement) => boolean): readonly OutlineItem[] {
  const items: OutlineItem[] = []
  let line: (HtmlElement | string)[] = []
  let offset = 0
  const endLine = (): void => {
    const text = textOf(...line)
    if (text !== '') items.push({ kind: 'line', text, offset })
    line = []
  }
  const read = (parent: HtmlElement): void => {
    for (const child of parent.children) {
      if (typeof child === 'string') {
        if (line.length === 0) offset = parent.offset
        line.push(child)
        continue
      }
      if (SKIPPED.has(child.name)) continue
      const ends = isBlock(child)
      if (ends) endLine()
      const item = readItem(child, isTable)
      if (item) items.push(item)
      else read(child)
      if (ends) endLine()
    }
  }
  read(root)
  endLine()
  return items
}

function readItem(element: HtmlElement, isTable: (element: HtmlElement) => boolean): OutlineItem | undefined {
  const level = /^h([1-6])$/.exec(element.name)?.[1]
  if (level !== undefined) return { kind: 'heading', level: Number(level), text: textOf(element), element }
  return isTable(element) ? { kind: 'table', element } : undefined
}

type Heading = Extract<OutlineItem, { kind: 'heading' }>

/**
 * Reads the page heading: the last `<h1>` above the first table. In `<h1>Label <span class="highlight">id</span></h1>` the
 * highlight marks where the framework label ends, even for an unknown framework.
 */
export function readHtmlHeading(outline: readonly OutlineItem[]): PageHeading {
  const firstTable = outline.findIndex(({ kind }) => kind === 'table')
  const above = firstTable < 0 ? outline : outline.slice(0, firstTable)
  const heading = above.findLast((item): item is Heading => item.kind === 'heading' && item.level === 1)
  if (!heading) return { kind: 'unknown', text: '', isGroup: false }
  const label = readLabel(heading)
  return readPageHeading(heading.text, label === '' ? [] : [describeFramework(label)])
}

/** Text before the highlighted part, or that part itself if it comes first; '' without one. */
function readLabel({ element, text }: Heading): string {
  const [highlight] = findElements(element, (candidate) => hasClass(candidate, 'highlight'))
  if (!highlight) return ''
  const subject = textOf(highlight)
  const at = text.indexOf(subject)
  return at > 0 ? text.slice(0, at).trim() : subject
}
