import { frameworkByLabel } from '../../frameworks/framework-by-label.js'
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
  const heading = lines.find((line, index) => index >= trailEnd && line.text !== '')
  return heading && !isSection(heading.text) && !readHeader(heading.text) ? heading : undefined
}

function isSection(text: string): boolean {
  const section = readPageSection(text)
  return section !== undefined && (!section.framework || frameworkByLabel(section.framework.name) !== undefined)
}
