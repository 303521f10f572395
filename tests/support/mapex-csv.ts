import type { MappingSet } from '../../src/model/mapping-set.js'
import type { Mapping } from '../../src/model/mapping.js'

/** The columns of mapex's tables, in its order, after an index without a title (pandas' `to_csv`). */
const columns = [
  'mapping_framework', 'mapping_framework_version', 'capability_group', 'capability_id', 'capability_description', 'mapping_type',
  'attack_object_id', 'attack_object_name', 'attack_version', 'technology_domain', 'score_category', 'score_value', 
  'related_score', 'references', 'comments', 'organization', 'creation_date', 'last_update',
]

/** A set as mapex writes it to CSV: LF, quotes where needed, lists as Python prints them. */
export function mapexCsv(set: MappingSet): string {
  const lines = set.mappings.map((mapping, index) => [String(index), ...mapexCells(mapping, set)].map(quote).join(','))
  return [['', ...columns].join(','), ...lines, ''].join('\n')
}

function mapexCells(mapping: Mapping, { framework, attack, about, relations, groups }: MappingSet): readonly string[] {
  const capability = mapping.kind === 'unmapped-technique' ? undefined : mapping.capability
  const technique = mapping.kind === 'unmapped-capability' ? undefined : mapping.technique
  const references = mapping.references ?? []
  return [
    framework.id, framework.version ?? '', nameOf(groups, mapping.group), capability?.id ?? '', capability?.description ?? '',
    nameOf(relations, mapping.relation), technique?.id ?? '', technique?.name ?? '', attack.version ?? '', attack.domain ?? '',
    mapping.score?.category ?? '', mapping.score?.value ?? '', mapping.score?.related ?? '',
    `[${references.map(pythonString).join(', ')}]`, mapping.comments ?? '',
    about.organization ?? '', americanDate(about.created), americanDate(about.modified),
  ]
}

function nameOf(entries: ReadonlyMap<string, { readonly name: string }>, id: string | undefined): string {
  return id === undefined ? '' : (entries.get(id)?.name ?? id)
}

function americanDate(date: string | undefined): string {
  const [year, month, day] = date?.split('-') ?? []
  return year === undefined ? '' : `${month}/${day}/${year}`
}

function pythonString(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\')
  return text.includes("'") && !text.includes('"') ? `"${escaped}"` : `'${escaped.replaceAll("'", "\\'")}'`
}

function quote(cell: string): string {
  return /[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
