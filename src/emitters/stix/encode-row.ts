import type { Mapping } from '../../model/mapping.js'
import { encodeOrigin } from './encode-origin.js'
import type { RowRecord } from './extension.js'
import { statedFields } from './stated-fields.js'

/** All that a row states, but for its origins, which the set's extension keeps: they change when another row does. */
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
