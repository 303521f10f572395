import type { StixId } from '../objects/stix-id.js'
import { distinguishNames, nameCapability } from '../objects/name-capability.js'
import { frameworkTitle } from '../table/set-facts.js'
import { capabilityReference, citeReferences, describeRows, labelRows } from './describe-rows.js'
import { type CapabilityDraft, mergeCommon, placesOf, type RelationshipDraft } from './drafts.js'
import { encodeRow } from './encode-row.js'
import { extensionKey } from './preamble-objects.js'
import type { StixProfile } from './profiles.js'
import { type CapabilityObject, type Relationship, type RowsExtension, type SetProperties, statedFields, type Stating } from './stix-object.js'

/** Builds the object of a capability; its extension contains the rows that map it to no technique. */
export function buildCapability(draft: CapabilityDraft, name: string, extension: boolean): CapabilityObject {
  const { from, capability, rows } = draft
  const { created_by_ref: author, created, modified, object_marking_refs: markings } = mergeCommon(from, placesOf(draft.sets))
  return statedFields<CapabilityObject>({
    type: draft.type,
    spec_version: '2.1',
    id: draft.id,
    created_by_ref: author,
    created,
    modified,
    name,
    description: describeCapability(draft),
    labels: labelCapability(draft),
    external_references: [capabilityReference(from.set.framework.id, capability.id)],
    object_marking_refs: markings,
    extensions: extension && rows.length > 0 ? { [extensionKey]: encodeRows(rows) } : undefined,
  })
}

function describeCapability({ from: { set }, capability, rows, ...draft }: CapabilityDraft): string {
  const { id, name, description } = capability
  const groups = groupNames({ ...draft, capability })
  const release = `${frameworkTitle(set)}${groups.length === 0 ? '' : `, in the ${groups.length === 1 ? 'group' : 'groups'} ${groups.join(', ')}`}.`
  // Names of VERIS are sentences, so they are not part of one.
  const isPhrase = name !== undefined && name !== id && /^[^\r\n]*[^\s.!?]$/.test(name)
  const place = isPhrase ? `${name} is ${id} of ${release}` : `${id} is an entry of ${release}`
  const blocks = [isPhrase ? undefined : name, description === name ? undefined : description, place, describeRows(rows)]
  return blocks.filter((block) => block !== undefined && block !== '').join('\n\n')
}

function labelCapability(draft: CapabilityDraft): readonly string[] {
  return [...new Set([
    `framework:${draft.from.set.framework.id}`,
    ...groupNames(draft).map((group) => `group:${group}`),
    ...(draft.rows.some(({ row }) => row.status === 'non_mappable') ? ['non-mappable'] : []),
    ...labelRows(draft.rows).filter((label) => label !== 'mapping-type:non_mappable'),
  ])]
}

/** Names of the capability's groups in all sets, each once. */
function groupNames({ sets, capability }: Pick<CapabilityDraft, 'sets' | 'capability'>): readonly string[] {
  const names = new Set<string>()
  for (const { set } of sets) {
    for (const group of set.capabilities.get(capability.id)?.groups ?? []) names.add(set.groups.get(group)?.name ?? group)
  }
  return [...names]
}

/**
 * Names of the capabilities by object id, unique within a type regardless of case. Equal names are distinguished by the
 * capability id, then by the framework version, then by the object id.
 */
export function nameCapabilities(drafts: Iterable<CapabilityDraft>): ReadonlyMap<StixId, string> {
  const all = [...drafts]
  const names = distinguishNames(all, all.map((draft) => nameOf(draft)), ({ type }) => type, [
    ({ capability }) => capability.id,
    ({ from }) => from.set.framework.version,
    ({ id }) => id,
  ])
  return new Map(all.map(({ id }, index) => [id, names[index] ?? id]))
}

function nameOf({ type, from, capability }: CapabilityDraft): string {
  return nameCapability(type, from.set.framework.name, capability)
}

/** Builds the relationship of all rows with the same type, source and target. Property by property, since a bundle has as many as rows. */
export function buildRelationship(draft: RelationshipDraft, profile: StixProfile): Relationship {
  const { rows } = draft
  const common = mergeCommon(draft.from, rows)
  const head = relationshipHead(draft, common)
  const ends = relationshipEnds(draft)
  const description = describeRows(rows)
  const relationship: Stating<Relationship> = description === '' ? { ...head, ...ends } : { ...head, description, ...ends }
  const labels = labelRows(rows)
  if (labels.length > 0) relationship.labels = labels
  const references = profile.externalReferences ? citeReferences(rows) : []
  if (references.length > 0) relationship.external_references = references
  relationship.object_marking_refs = common.object_marking_refs
  if (profile.extension) relationship.extensions = { [extensionKey]: encodeRows(rows) }
  return relationship
}

/** The rows of an object in Crosswalk's extension. */
function encodeRows(rows: CapabilityDraft['rows'] | RelationshipDraft['rows']): RowsExtension {
  return { extension_type: 'property-extension', rows: rows.map(({ row }) => encodeRow(row)) }
}

/** The source and target of a relationship. */
export function relationshipEnds({ capability, technique, isReversed }: RelationshipDraft): Pick<Relationship, 'source_ref' | 'target_ref'> {
  return isReversed ? { source_ref: technique, target_ref: capability } : { source_ref: capability, target_ref: technique }
}

type HeadField = 'type' | 'spec_version' | 'id' | 'created_by_ref' | 'created' | 'modified' | 'relationship_type'

/** The leading properties of a relationship, the same in every profile. */
export function relationshipHead(draft: RelationshipDraft, common: SetProperties): Pick<Relationship, HeadField> {
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
