import type { StixId } from '../objects/stix-id.js'
import { distinguishNames, nameCapability } from '../objects/name-capability.js'
import { frameworkTitle } from '../table/set-facts.js'
import { capabilityReference, citeReferences, describeRows, labelRows } from './describe-rows.js'
import { type CapabilityDraft, mergeCommon, mergeRows, type RelationshipDraft } from './drafts.js'
import { encodeRow } from './encode-row.js'
import { extensionKey } from './preamble-objects.js'
import type { StixProfile } from './profiles.js'
import { type CapabilityObject, type Relationship, type RowsExtension, statedFields } from './stix-object.js'

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
    extensions: extension && rows.length > 0 ? extend(encodeRows(rows)) : undefined,
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
export function nameCapabilities(all: readonly CapabilityDraft[]): ReadonlyMap<StixId, string> {
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

/** Builds the relationship of all rows with the same type, source and target. A property that is not stated is undefined: see `encodeRow`. */
export function buildRelationship(draft: RelationshipDraft, profile: StixProfile): Relationship {
  const { rows, type, capability, technique, isReversed } = draft
  const { created_by_ref: author, created, modified, object_marking_refs: markings } = mergeRows(draft.from, rows)
  const description = describeRows(rows)
  const labels = labelRows(rows)
  const references = profile.externalReferences ? citeReferences(rows) : []
  return {
    type: 'relationship',
    spec_version: '2.1',
    id: draft.id,
    created_by_ref: author,
    created,
    modified,
    relationship_type: type,
    description: description === '' ? undefined : description,
    source_ref: isReversed ? technique : capability,
    target_ref: isReversed ? capability : technique,
    labels: labels.length === 0 ? undefined : labels,
    external_references: references.length === 0 ? undefined : references,
    object_marking_refs: markings,
    extensions: profile.extension ? extend(encodeRows(rows)) : undefined,
  }
}

/** `extensions` with Crosswalk's own. A copy takes a fraction of the time of an object with a computed property. */
function extend(extension: RowsExtension): { readonly [id: string]: RowsExtension } {
  const extensions: Record<string, RowsExtension> = { ...blankExtensions }
  extensions[extensionKey] = extension
  return extensions
}

const blankExtensions: Readonly<Record<string, RowsExtension>> = { [extensionKey]: { extension_type: 'property-extension', rows: [] } }

/** The rows of an object in Crosswalk's extension. */
function encodeRows(rows: CapabilityDraft['rows'] | RelationshipDraft['rows']): RowsExtension {
  return { extension_type: 'property-extension', rows: rows.map(({ row }) => encodeRow(row)) }
}
