import { frameworkByLabel } from '../../frameworks/framework-by-label.js'
import { readPageHeading } from '../page/page-heading.js'
import { readPageSection } from '../page/page-section.js'
import { readHeader } from './read-header.js'
import type { TextLine } from './text-lines.js'

/** The navigation ends within so many lines. */
const NAVIGATION = 100

/**
 * The page's heading: the first line with text or, in a page saved with its navigation, the line after the trail of
 * links that begins with "Home". Undefined for a text that begins with a section or a table.
 */
export function findHeading(lines: readonly TextLine[]): TextLine | undefined {
  const home = lines.slice(0, NAVIGATION).findIndex((line) => line.text === 'Home')
  const trailEnd = home < 0 ? 0 : lines.findIndex((line, index) => index > home && line.text === '')
  const [heading, next] = lines.filter((line, index) => index >= trailEnd && line.text !== '')
  return heading && !readHeader(heading.text) && !isSection(heading.text, next?.text ?? '') ? heading : undefined
}

/** A section's heading is general, names a framework, or stands right above a table and says nothing that a page's would. */
function isSection(text: string, next: string): boolean {
  const section = readPageSection(text)
  if (!section?.framework) return section !== undefined
  if (frameworkByLabel(section.framework.name)) return true
  return readHeader(next) !== undefined && readPageHeading(text).kind === 'unknown'
}
