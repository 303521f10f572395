import type { RelationshipDraft } from './drafts.js'
import type { MadeHere, Relationship } from './stix-object.js'

type HeadField = 'type' | 'spec_version' | 'id' | 'created_by_ref' | 'created' | 'modified' | 'relationship_type'

/** What every relationship begins with, in every profile. */
export function relationshipHead(draft: RelationshipDraft, common: MadeHere): Pick<Relationship, HeadField> {
  return {
    type: 'relationship',
    spec_version: '2.1',
    id: draft.id,
    created_by_ref: common.created_by_ref,
    created: common.created,
    modified: common.modified,
    relationship_type: draft.type,
  }
}
