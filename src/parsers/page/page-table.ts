import { describeFramework } from '../../frameworks/find-framework.js'
import type { Framework } from '../../frameworks/framework.js'

/** A column of Mappings Explorer tables. */
export type PageColumn =
  | 'capability-id' | 'capability-description' | 'capability-name'
  | 'relation' | 'category' | 'value'
  | 'technique-id' | 'technique-name' | 'notes'
  | 'group-id' | 'group-name' | 'listed-technique-id' | 'listed-technique-name'
  | 'number-of-mappings' | 'number-of-capabilities' | 'number-of-subtechniques'

/** Content of a table. `unmappable`: capabilities that map to no technique; the last three kinds contain no mappings. */
export type PageTableKind = 'mappings' | 'unmappable' | 'capabilities' | 'groups' | 'techniques'

/** Column labels as printed. Intel vPro pages label the mapping type "Enables". */
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

/** Detects a table's kind by its columns and its section's title; undefined if it is not a Mappings Explorer table. */
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

/** Reads all tables of one kind, in page order. */
export function readTables<Table extends { readonly kind: PageTableKind }, Item>(
  tables: readonly Table[], kind: PageTableKind, read: (table: Table) => readonly Item[],
): readonly Item[] {
  return tables.filter((table) => table.kind === kind).flatMap((table) => read(table))
}

/** A section heading above a table. `framework` is absent if the section covers all frameworks, or the page's own. */
export interface PageSection {
  /** As printed. */
  readonly title: string
  readonly framework?: Framework
}

/** Section headings that name no framework, in lower case. */
const GENERAL = new Set([
  'mappings', 'all mappings', 'att&ck technique mappings', 'capabilities', 'capability groups', 'non-mappable capabilities',
  'att&ck subtechniques', 'att&ck techniques',
])

/** Maximum length of a section heading, in characters; longer lines that end in "Mappings" are prose. */
const LONGEST = 80

/** Reads a section heading: "VERIS Mappings", "All Mappings", "Capabilities"; undefined for other lines. */
export function readPageSection(text: string): PageSection | undefined {
  if (GENERAL.has(text.toLowerCase())) return { title: text }
  if (text.length > LONGEST || !text.endsWith(' Mappings')) return undefined
  return { title: text, framework: describeFramework(text.slice(0, -' Mappings'.length)) }
}
