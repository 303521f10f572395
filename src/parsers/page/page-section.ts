import { describeFramework } from '../../frameworks/describe-framework.js'
import type { Framework } from '../../frameworks/framework.js'

/** A section's heading above a table. Undefined framework: the section is for all of them, or for the page's. */
export interface PageSection {
  /** As printed. */
  readonly title: string
  readonly framework?: Framework
}

/** Headings of sections that are for no framework in particular, in lower case. */
const GENERAL = new Set([
  'mappings', 'all mappings', 'att&ck technique mappings', 'capabilities', 'capability groups', 'non-mappable capabilities',
  'att&ck subtechniques', 'att&ck techniques',
])

/** No section's heading is longer; longer lines that end in "mappings" are prose. */
const LONGEST = 80

/** Reads a line as a section's heading: "VERIS Mappings", "All Mappings", "Capabilities". Undefined where it is none. */
export function readPageSection(text: string): PageSection | undefined {
  if (GENERAL.has(text.toLowerCase())) return { title: text }
  if (text.length > LONGEST || !text.endsWith(' Mappings')) return undefined
  return { title: text, framework: describeFramework(text.slice(0, -' Mappings'.length)) }
}
