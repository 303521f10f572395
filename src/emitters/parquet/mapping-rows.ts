import type { AttackIndex } from '../../attack/attack-index.js'
import { artifactBaseName, type ResolvedSet } from '../../model/mapping-set.js'
import type { Mapping } from '../../model/mapping.js'
import { readDate } from '../../model/stated.js'
import { compareText } from '../../model/text.js'
import { attackDomains } from '../../model/vocabulary.js'
import { mappingIds } from '../table/mapping-ids.js'
import { createTechniqueLookup, type LookUpTechnique } from '../table/summaries.js'
import { describePlace, uniqueLabels } from '../table/table-rows.js'
import type { ParquetColumn, ParquetRow } from './parquet-column.js'

/**
 * The columns of the mappings, in order. Those that the mapping table has, too, have its names and meanings (docs/spreadsheets.md); lists
 * and dates are such, not text. docs/parquet.md describes the others.
 */
export const mappingColumns: readonly ParquetColumn[] = [
  { name: 'mapping_set', type: 'text', required: true },
  { name: 'attack_domain', type: 'text', required: true },
  { name: 'attack_release', type: 'text', required: true },
  { name: 'row_kind', type: 'text', required: true },
  { name: 'mapping_framework', type: 'text', required: true },
  { name: 'mapping_framework_version', type: 'text' },
  { name: 'capability_group', type: 'text' },
  { name: 'capability_group_id', type: 'text' },
  { name: 'capability_id', type: 'text' },
  { name: 'capability_description', type: 'text' },
  { name: 'mapping_type', type: 'text' },
  { name: 'mapping_type_id', type: 'text' },
  { name: 'attack_object_id', type: 'text' },
  { name: 'attack_object_name', type: 'text' },
  { name: 'attack_version', type: 'text' },
  { name: 'technology_domain', type: 'text', required: true },
  { name: 'score_category', type: 'text' },
  { name: 'score_value', type: 'text' },
  { name: 'related_score', type: 'text' },
  { name: 'references', type: 'list' },
  { name: 'comments', type: 'text' },
  { name: 'author_name', type: 'text' },
  { name: 'author_contact', type: 'text' },
  { name: 'organization', type: 'text' },
  { name: 'creation_date', type: 'date' },
  { name: 'last_update', type: 'date' },
  { name: 'mapping_id', type: 'text', required: true },
  { name: 'attack_tactics', type: 'list' },
  { name: 'attack_url', type: 'text' },
  { name: 'attack_status', type: 'text' },
  { name: 'source_document', type: 'list', required: true },
  { name: 'source_place', type: 'list', required: true },
  { name: 'completed_fields', type: 'list' },
  { name: 'status', type: 'text' },
  { name: 'auditor_verdict', type: 'text' },
  { name: 'auditor_initials', type: 'text' },
  { name: 'auditor_remark', type: 'text' },
]

/** Makes the rows of sets, one after the other: of each set by capability, technique and place in the set. Only their order is in memory. */
export function* listMappingRows(sets: readonly ResolvedSet[], attack: AttackIndex, supplied: string | undefined): Iterable<ParquetRow> {
  const lookUp = createTechniqueLookup(attack)
  for (const set of sets) {
    const rowOf = createRow(set, attack, lookUp, supplied)
    for (const index of sortRows(set.mappings)) yield rowOf(index)
  }
}

function sortRows(mappings: readonly Mapping[]): Uint32Array {
  const [capabilities, techniques] = [mappings.map(capabilityOf), mappings.map(techniqueOf)]
  return Uint32Array.from(mappings.keys()).toSorted((a, b) => compareText(capabilities[a] ?? '', capabilities[b] ?? '')
    || compareText(techniques[a] ?? '', techniques[b] ?? '') || a - b)
}

function capabilityOf(mapping: Mapping): string {
  return mapping.kind === 'unmapped-technique' ? '' : mapping.capability.id
}

function techniqueOf(mapping: Mapping): string {
  return mapping.kind === 'unmapped-capability' ? '' : mapping.technique.id
}

/** Creates a function that makes the row at an index of a set. */
function createRow(set: ResolvedSet, attack: AttackIndex, lookUp: LookUpTechnique, supplied: string | undefined): (index: number) => ParquetRow {
  const { framework, about, mappings, attack: { domain, version } } = set
  const ids = mappingIds(set)
  const [relations, groups] = [uniqueLabels(set.relations), uniqueLabels(set.groups)]
  const [created, modified] = [dateOf(about.created ?? supplied), dateOf(about.modified)]
  const [setName, looked] = [artifactBaseName(set), attack.release(domain, version).version]
  return (index) => {
    const mapping = mappings[index]
    if (!mapping) throw new RangeError('a set has no such row')
    const { score, release, author = about, review, origins, completed } = mapping
    const capability = mapping.kind === 'unmapped-technique' ? undefined : mapping.capability
    const technique = mapping.kind === 'unmapped-capability' ? undefined : mapping.technique
    const attackVersion = release?.attackVersion ?? version
    const facts = technique && lookUp(technique.id, attackDomains.find((name) => name === release?.domain) ?? domain, attackVersion)
    // Every row has all keys, in this order: V8 makes such objects in a third of the time.
    return {
      mapping_set: setName,
      attack_domain: domain,
      attack_release: looked,
      row_kind: mapping.kind,
      mapping_framework: release?.framework ?? framework.id,
      mapping_framework_version: release?.frameworkVersion ?? framework.version,
      capability_group: mapping.group && (groups.get(mapping.group) ?? mapping.group),
      capability_group_id: mapping.group,
      capability_id: capability?.id,
      capability_description: capability?.description,
      mapping_type: mapping.relation && (relations.get(mapping.relation) ?? mapping.relation),
      mapping_type_id: mapping.relation,
      attack_object_id: technique?.id,
      attack_object_name: technique?.name,
      attack_version: attackVersion,
      technology_domain: release?.domain ?? domain,
      score_category: score?.category,
      score_value: score?.value,
      related_score: score?.related,
      references: mapping.references,
      comments: mapping.comments,
      author_name: author.name ?? about.name,
      author_contact: author.contact ?? about.contact,
      organization: author.organization ?? about.organization,
      creation_date: created,
      last_update: modified,
      mapping_id: ids[index],
      attack_tactics: facts && facts.tactics.length > 0 ? facts.tactics : undefined,
      attack_url: facts?.url,
      attack_status: facts?.status,
      source_document: origins.map(({ document }) => document),
      source_place: origins.map(({ place }) => describePlace(place)),
      completed_fields: completed?.map(({ field }) => field),
      status: mapping.status,
      auditor_verdict: review?.verdict,
      auditor_initials: review?.initials,
      auditor_remark: review?.remark,
    }
  }
}

/** A day of the calendar; undefined for other texts. */
export function dateOf(text: string | undefined): string | undefined {
  return text === undefined ? undefined : readDate(text)
}
