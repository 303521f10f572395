import { capabilityReference } from './capability-reference.js'
import type { CapabilityDraft, RelationshipDraft } from './drafts.js'
import { mergeCommon } from './merge-common.js'
import { relationshipHead } from './relationship-head.js'
import { statedFields } from './stated-fields.js'
import type { CapabilityObject, Relationship } from './stix-object.js'

/** A capability as mapex writes it: its id is its name; only vulnerabilities say more. */
export function buildMapexCapability(draft: CapabilityDraft): CapabilityObject {
  const { from, type, capability: { id, name } } = draft
  const common = mergeCommon(from, draft.sets)
  const reference = capabilityReference(from.set.framework.id, id)
  const isVulnerability = type === 'vulnerability'
  return statedFields<CapabilityObject>({
    type,
    spec_version: '2.1',
    id: draft.id,
    created_by_ref: common.created_by_ref,
    created: common.created,
    modified: common.modified,
    name: id,
    description: isVulnerability ? name : undefined,
    external_references: isVulnerability && reference.source_name === 'cve'
      ? [{ ...reference, url: `https://nvd.nist.gov/vuln/detail/${id}` }]
      : undefined,
    object_marking_refs: common.object_marking_refs,
  })
}

/** A relationship as mapex writes it: its type is the mapping type, and it leads from the capability to the technique. */
export function buildMapexRelationship(draft: RelationshipDraft): Relationship {
  const common = mergeCommon(draft.from, draft.rows.map(({ from }) => from))
  return {
    ...relationshipHead(draft, common),
    source_ref: draft.source,
    target_ref: draft.target,
    object_marking_refs: common.object_marking_refs,
  }
}
