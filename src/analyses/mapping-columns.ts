import { describePlace } from '../emitters/table/describe-place.js'
import { describeReview } from '../matching/join-reviews.js'
import type { Mapping } from '../model/mapping.js'
import type { ColumnOf } from '../reports/create-report-table.js'

/** The columns that say which row it is: capability and technique, with their names where there is room. */
export const sideColumns: readonly ColumnOf<Mapping>[] = [
  {
    key: 'capability_id', title: 'Capability', kind: 'id',
    cell: (row) => (row.kind === 'unmapped-technique' ? null : row.capability.id),
  },
  {
    key: 'capability_description', title: 'Description', kind: 'text', only: 'files',
    cell: (row) => (row.kind === 'unmapped-technique' ? null : row.capability.description),
  },
  {
    key: 'attack_object_id', title: 'Technique', kind: 'id',
    cell: (row) => (row.kind === 'unmapped-capability' ? null : row.technique.id),
  },
  {
    key: 'attack_object_name', title: 'Technique name', kind: 'text',
    cell: (row) => (row.kind === 'unmapped-capability' ? null : row.technique.name),
  },
]

/** Everything else that a row says, by the names that the mapping table has; terminals get the scores and the mapping type. */
export const contentColumns: readonly ColumnOf<Mapping>[] = [
  { key: 'mapping_type', title: 'Mapping type', kind: 'text', cell: ({ relation }) => relation },
  { key: 'score_category', title: 'Category', kind: 'id', cell: ({ score }) => score?.category },
  { key: 'score_value', title: 'Score', kind: 'id', cell: ({ score }) => score?.value },
  { key: 'related_score', title: 'Related score', kind: 'text', only: 'files', cell: ({ score }) => score?.related },
  { key: 'capability_group', title: 'Group', kind: 'text', only: 'files', cell: ({ group }) => group },
  { key: 'comments', title: 'Comments', kind: 'text', only: 'files', cell: ({ comments }) => comments },
  { key: 'references', title: 'References', kind: 'text', only: 'files', cell: ({ references }) => references?.join('\n') },
  { key: 'status', title: 'Status', kind: 'text', only: 'files', cell: ({ status }) => status },
  { key: 'auditor_verdict', title: 'Auditor', kind: 'text', only: 'files', cell: ({ review }) => review && describeReview(review) },
]

/** Where a row stands: "aws.json /mapping_objects/3 (line 40)", one a line. */
export function describePlaces({ origins }: Mapping): string {
  return origins.map(({ document, place }) => `${document} ${describePlace(place)}`).join('\n')
}
