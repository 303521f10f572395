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
export function tellPageTable(columns: readonly PageColumn[], title = ''): PageTableKind | undefined {
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
