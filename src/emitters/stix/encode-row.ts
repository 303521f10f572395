import type { CapabilityRef, Mapping, Score } from '../../model/mapping.js'
import type { Origin } from '../../model/origin.js'
import { type OriginRecord, type RowRecord, statedFields, type Stating } from './stix-object.js'

/** Encodes a row without its origins: those change when other rows do, so they are in the extension of the grouping. */
export function encodeRow(row: Mapping): RowRecord {
  const record: Stating<RowRecord> = {}
  if (row.kind !== 'unmapped-technique') encodeCapability(row.capability, record)
  if (row.kind !== 'unmapped-capability') {
    record.attack_object_id = row.technique.id
    if (row.technique.name !== undefined) record.attack_object_name = row.technique.name
  }
  if (row.relation !== undefined) record.mapping_type = row.relation
  if (row.group !== undefined) record.capability_group = row.group
  if (row.score !== undefined) encodeScore(row.score, record)
  if (row.comments !== undefined) record.comments = row.comments
  if (row.references !== undefined) record.references = row.references
  if (row.status !== undefined) record.status = row.status
  if (row.author !== undefined || row.release !== undefined || row.review !== undefined) encodePeople(row, record)
  if (row.completed !== undefined) record.completed = row.completed.map(({ field, from }) => ({ field, ...encodeOrigin(from) }))
  return record
}

type Record = Stating<RowRecord>

function encodeCapability({ id, description }: CapabilityRef, record: Record): void {
  record.capability_id = id
  if (description !== undefined) record.capability_description = description
}

function encodeScore({ category, value, related }: Score, record: Record): void {
  if (category !== undefined) record.score_category = category
  if (value !== undefined) record.score_value = value
  if (related !== undefined) record.related_score = related
}

/** Who is stated for the row itself, and which versions. */
function encodePeople({ author, release, review }: Mapping, record: Record): void {
  if (author?.name !== undefined) record.author = author.name
  if (author?.contact !== undefined) record.author_contact = author.contact
  if (author?.organization !== undefined) record.author_organization = author.organization
  if (release?.attackVersion !== undefined) record.attack_version = release.attackVersion
  if (release?.domain !== undefined) record.technology_domain = release.domain
  if (release?.framework !== undefined) record.mapping_framework = release.framework
  if (release?.frameworkVersion !== undefined) record.mapping_framework_version = release.frameworkVersion
  if (review?.verdict !== undefined) record.auditor_verdict = review.verdict
  if (review?.initials !== undefined) record.auditor_initials = review.initials
  if (review?.remark !== undefined) record.auditor_remark = review.remark
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
