import type { Mapping } from '../../model/mapping.js'
import type { Origin } from '../../model/origin.js'
import { type OriginRecord, type RowRecord, statedFields } from './stix-object.js'

/**
 * Encodes a row without its origins: those change when other rows do, so they are in the extension of the grouping. All records have the same
 * properties in the same order, those that are not stated undefined: V8 makes, validates and writes such objects in a fraction of the time.
 */
export function encodeRow(row: Mapping): RowRecord {
  const capability = row.kind === 'unmapped-technique' ? undefined : row.capability
  const technique = row.kind === 'unmapped-capability' ? undefined : row.technique
  const { score, comments, references, status } = row
  const isPlain = row.author === undefined && row.release === undefined && row.review === undefined && row.completed === undefined
  const record = {
    capability_id: capability?.id,
    capability_description: capability?.description,
    attack_object_id: technique?.id,
    attack_object_name: technique?.name,
    mapping_type: row.relation,
    capability_group: row.group,
    score_category: score?.category,
    score_value: score?.value,
    related_score: score?.related,
    comments,
    references,
    status,
  }
  return isPlain ? record : { ...record, ...encodePeople(row), completed: row.completed?.map(({ field, from }) => ({ field, ...encodeOrigin(from) })) }
}

/** Who is stated for the row itself, and which versions. */
function encodePeople({ author, release, review }: Mapping): RowRecord {
  return {
    author: author?.name,
    author_contact: author?.contact,
    author_organization: author?.organization,
    attack_version: release?.attackVersion,
    technology_domain: release?.domain,
    mapping_framework: release?.framework,
    mapping_framework_version: release?.frameworkVersion,
    auditor_verdict: review?.verdict,
    auditor_initials: review?.initials,
    auditor_remark: review?.remark,
  }
}

/** Encodes an origin as one flat record. The kind of place follows from the properties that are present. */
export function encodeOrigin({ document, place }: Origin): OriginRecord {
  if (place.kind === 'text') return { document, line: place.line, column: place.column }
  if (place.kind === 'cell') return { document, sheet: place.sheet, cell: place.cell }
  if (place.kind === 'file') return { document }
  const { pointer, line, column } = place
  if (line !== undefined && column !== undefined) return { document, pointer, line, column }
  return statedFields<OriginRecord>({ document, pointer, line, column })
}
