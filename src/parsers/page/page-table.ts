import { describeFramework } from '../../frameworks/find-framework.js'
import type { Framework } from '../../frameworks/framework.js'

/** A column of the tables that Mappings Explorer pages print. */
export type PageColumn =
  | 'capability-id' | 'capability-description' | 'capability-name'
  | 'relation' | 'category' | 'value'
  | 'technique-id' | 'technique-name' | 'notes'
  | 'group-id' | 'group-name' | 'listed-technique-id' | 'listed-technique-name'
  | 'number-of-mappings' | 'number-of-capabilities' | 'number-of-subtechniques'

/** What a table lists. `unmappable`: capabilities that map to nothing; the last three hold no mappings. */
export type PageTableKind = 'mappings' | 'unmappable' | 'capabilities' | 'groups' | 'techniques'

/** Column labels as pages print them. "Enables" is what Intel vPro's pages call the mapping type. */
export const columnLabels: readonly (readonly [label: string, column: PageColumn])[] = [
  ['Capability ID', 'capability-id'],
  ['Capability Description', 'capability-description'],
  ['Capability Name', 'capability-name'],
  ['Capability Group Name', 'group-name'],
  ['Mapping Type', 'relation'],
  ['Enables', 'relation'],
  ['Category', 'category'],
  ['Value', 'value'],
  ['ATT&CK ID', 'technique-id'],
  ['ATT&CK Name', 'technique-name'],
  ['Notes', 'notes'],
  ['ID', 'group-id'],
  ['Technique ID', 'listed-technique-id'],
  ['Technique Name', 'listed-technique-name'],
  ['Number of Mappings', 'number-of-mappings'],
  ['Number of Capabilities', 'number-of-capabilities'],
  ['Number of Subtechniques', 'number-of-subtechniques'],
]

/** What a table with these columns, in a section with this title, lists; undefined where they are no table of a page. */
export function detectPageTable(columns: readonly PageColumn[], title = ''): PageTableKind | undefined {
  const has = (column: PageColumn): boolean => columns.includes(column)
  if (has('capability-id')) {
    if (has('technique-id')) return 'mappings'
    if (has('capability-description') && title.toLowerCase().startsWith('non-mappable')) return 'unmappable'
    return 'capabilities'
  }
  if (has('group-id') && has('group-name')) return 'groups'
  if (has('listed-technique-id')) return 'techniques'
  return undefined
}

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
