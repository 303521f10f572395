import { citeReferences } from './cite-references.js'
import { describeRows } from './describe-rows.js'
import type { RelationshipDraft } from './drafts.js'
import { encodeRow } from './encode-row.js'
import { extensionKey } from './extension-definition.js'
import { labelRows } from './label-rows.js'
import { mergeCommon } from './merge-common.js'
import type { StixProfile } from './profiles.js'
import { relationshipHead } from './relationship-head.js'
import { statedFields, statedList } from './stated-fields.js'
import type { Relationship } from './stix-object.js'

/** The relationship that carries all rows of one (type, source, target). */
export function buildRelationship(draft: RelationshipDraft, profile: StixProfile): Relationship {
  const rows = draft.rows.map(({ row }) => row)
  const common = mergeCommon(draft.from, draft.rows.map(({ from }) => from))
  const description = describeRows(draft.rows)
  return statedFields<Relationship>({
    ...relationshipHead(draft, common),
    description: description === '' ? undefined : description,
    source_ref: draft.source,
    target_ref: draft.target,
    labels: statedList(labelRows(rows)),
    external_references: profile.externalReferences ? statedList(citeReferences(rows)) : undefined,
    object_marking_refs: common.object_marking_refs,
    extensions: profile.extension
      ? { [extensionKey]: { extension_type: 'property-extension', rows: rows.map((row) => encodeRow(row)) } }
      : undefined,
  })
}
