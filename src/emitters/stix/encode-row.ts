import type { Mapping } from '../../model/mapping.js'
import type { Origin, Place } from '../../model/origin.js'
import { type OriginRecord, type RowRecord, statedFields } from './stix-object.js'

/** Encodes a row without its origins: those change when other rows do, so they are in the extension of the grouping. */
export function encodeRow(row: Mapping): RowRecord {
  const capability = row.kind === 'unmapped-technique' ? undefined : row.capability
  const technique = row.kind === 'unmapped-capability' ? undefined : row.technique
  return statedFields<RowRecord>({
    capability_id: capability?.id,
    capability_description: capability?.description,
    attack_object_id: technique?.id,
    attack_object_name: technique?.name,
    mapping_type: row.relation,
    capability_group: row.group,
    score_category: row.score?.category,
    score_value: row.score?.value,
    related_score: row.score?.related,
    comments: row.comments,
    references: row.references,
    status: row.status,
    author: row.author?.name,
    author_contact: row.author?.contact,
    author_organization: row.author?.organization,
    attack_version: row.release?.attackVersion,
    technology_domain: row.release?.domain,
    mapping_framework: row.release?.framework,
    mapping_framework_version: row.release?.frameworkVersion,
    auditor_verdict: row.review?.verdict,
    auditor_initials: row.review?.initials,
    auditor_remark: row.review?.remark,
    completed: row.completed?.map(({ field, from }) => ({ field, ...encodeOrigin(from) })),
  })
}

/** Encodes an origin as one flat record. The kind of place follows from the properties that are present. */
export function encodeOrigin({ document, place }: Origin): OriginRecord {
  return { document, ...encodePlace(place) }
}

function encodePlace(place: Place): Omit<OriginRecord, 'document'> {
  if (place.kind === 'text') return { line: place.line, column: place.column }
  if (place.kind === 'cell') return { sheet: place.sheet, cell: place.cell }
  if (place.kind === 'file') return {}
  return statedFields<Omit<OriginRecord, 'document'>>({ pointer: place.pointer, line: place.line, column: place.column })
}
