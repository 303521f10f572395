import { textOf } from '../../formats/html/element-text.js'
import { findElements, hasClass } from '../../formats/html/find-elements.js'
import { describeFramework } from '../../frameworks/describe-framework.js'
import { readPageHeading, type PageHeading } from '../page/page-heading.js'
import type { OutlineItem } from './read-outline.js'

type Heading = Extract<OutlineItem, { kind: 'heading' }>

/**
 * What the page's heading says: the last of the first level above its tables. `<h1>Label <span class="highlight">id</span></h1>`
 * tells where the framework's label ends, also for one that is not known.
 */
export function readHtmlHeading(outline: readonly OutlineItem[]): PageHeading {
  const firstTable = outline.findIndex(({ kind }) => kind === 'table')
  const above = firstTable < 0 ? outline : outline.slice(0, firstTable)
  const heading = above.findLast((item): item is Heading => item.kind === 'heading' && item.level === 1)
  if (!heading) return { kind: 'unknown', text: '', isGroup: false }
  const label = readLabel(heading)
  return readPageHeading(heading.text, label === '' ? [] : [describeFramework(label)])
}

/** What stands before the highlighted part, or that part itself where nothing does. */
function readLabel({ element, text }: Heading): string {
  const [highlight] = findElements(element, (candidate) => hasClass(candidate, 'highlight'))
  if (!highlight) return ''
  const subject = textOf(highlight)
  const at = text.indexOf(subject)
  return at > 0 ? text.slice(0, at).trim() : subject
}
