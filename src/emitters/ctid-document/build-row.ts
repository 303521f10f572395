import type { Mapping } from '../../model/mapping.js'
import { stated } from '../../model/stated.js'
import type { CtidRow } from './ctid-document.js'
import { scoreCategories, scoreValues } from './ctid-values.js'

/** A row as CTID writes it. Whatever it has no value for is null, a side that is not there included. */
export function buildRow(mapping: Mapping, scored: boolean): CtidRow {
  const capability = mapping.kind === 'unmapped-technique' ? undefined : mapping.capability
  const technique = mapping.kind === 'unmapped-capability' ? undefined : mapping.technique
  const { score, status, release, author } = mapping
  return {
    capability_id: capability?.id ?? null,
    capability_description: capability?.description ?? null,
    mapping_type: mapping.relation ?? null,
    attack_object_id: technique?.id ?? null,
    attack_object_name: technique?.name ?? null,
    capability_group: mapping.group ?? null,
    ...(scored && {
      score_category: known(score?.category, scoreCategories),
      score_value: known(score?.value, scoreValues),
      related_score: score?.related ?? null,
    }),
    comments: mapping.comments ?? null,
    references: mapping.references ?? [],
    // CTID's schema knows no null from here on; and a row that is mapped can't be called non-mappable.
    ...(status !== undefined && !(status === 'non_mappable' && mapping.kind === 'mapped') && { status }),
    ...stated({
      mapping_framework: release?.framework,
      mapping_framework_version: release?.frameworkVersion,
      technology_domain: release?.domain,
      attack_version: release?.attackVersion,
      author: author?.name,
      author_contact: author?.contact,
      author_organization: author?.organization,
    }),
  }
}

function known(value: string | undefined, allowed: ReadonlySet<string>): string | null {
  return value !== undefined && allowed.has(value) ? value : null
}
