import type { StixId } from '../objects/stix-id.js'
import { distinguishNames, nameCapability } from '../objects/name-capability.js'
import { frameworkTitle } from '../table/set-facts.js'
import { capabilityReference, citeReferences, describeRows, labelRows } from './describe-rows.js'
import { type CapabilityDraft, mergeCommon, type RelationshipDraft } from './drafts.js'
import { encodeRow } from './encode-row.js'
import { extensionKey } from './preamble-objects.js'
import type { StixProfile } from './profiles.js'
import { type CapabilityObject, type Relationship, type SetProperties, statedFields } from './stix-object.js'

/** Builds the object of a capability; its extension contains the rows that map it to no technique. */
export function buildCapability(draft: CapabilityDraft, name: string, extension: boolean): CapabilityObject {
  const { from, capability, rows } = draft
  const { created_by_ref: author, created, modified, object_marking_refs: markings } = mergeCommon(from, draft.sets)
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
    extensions: extension && rows.length > 0
      ? { [extensionKey]: { extension_type: 'property-extension', rows: rows.map(({ row }) => encodeRow(row)) } }
      : undefined,
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
  const rows = draft.rows.map(({ row }) => row)
  return [...new Set([
    `framework:${draft.from.set.framework.id}`,
    ...groupNames(draft).map((group) => `group:${group}`),
    ...(rows.some(({ status }) => status === 'non_mappable') ? ['non-mappable'] : []),
    ...labelRows(rows).filter((label) => label !== 'mapping-type:non_mappable'),
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

/** Builds the relationship of all rows with the same type, source and target. */
export function buildRelationship(draft: RelationshipDraft, profile: StixProfile): Relationship {
  const rows = draft.rows.map(({ row }) => row)
  const common = mergeCommon(draft.from, draft.rows.map(({ from }) => from))
  const description = describeRows(draft.rows)
  const labels = labelRows(rows)
  const references = profile.externalReferences ? citeReferences(rows) : []
  return {
    ...relationshipHead(draft, common),
    ...(description !== '' && { description }),
    source_ref: draft.source,
    target_ref: draft.target,
    ...(labels.length > 0 && { labels }),
    ...(references.length > 0 && { external_references: references }),
    object_marking_refs: common.object_marking_refs,
    ...(profile.extension && {
      extensions: { [extensionKey]: { extension_type: 'property-extension', rows: rows.map((row) => encodeRow(row)) } },
    }),
  }
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
