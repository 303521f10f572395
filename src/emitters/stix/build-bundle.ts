import type { AttackIndex } from '../../attack/attack-index.js'
import type { Report } from '../../diagnostics/diagnostic.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { Mapping } from '../../model/mapping.js'
import { compareText } from '../../model/text.js'
import { stixId, type StixId } from '../objects/stix-id.js'
import { buildCapability, buildRelationship, nameCapabilities } from './build-objects.js'
import { collectDrafts } from './collect-drafts.js'
import { type Drafts, placeSetInBundle, releaseKey, type SetDraft, type SetInBundle } from './drafts.js'
import { encodeOrigin, encodeRow } from './encode-row.js'
import { buildMapexCapability, buildMapexRelationship } from './mapex.js'
import { crosswalkIdentity, extensionDefinition, extensionKey, mitreIdentityObject, mitreMarkingObject } from './preamble-objects.js'
import type { StixProfile } from './profiles.js'
import {
  type CapabilityRecord, type Grouping, type RowPlace, type SetExtension, type SetRecord, statedFields, statedList, type StixObject,
  type TlpMarking,
} from './stix-object.js'
import type { Originals } from './techniques.js'

/** Builds the grouping of a set: references to its objects, and its metadata. */
function buildGrouping(draft: SetDraft, extension: boolean): Grouping {
  const { common, identity, title, objects } = draft
  const { framework, attack } = draft.set
  return statedFields<Grouping>({
    type: 'grouping',
    spec_version: '2.1',
    id: draft.groupingId,
    created_by_ref: common.created_by_ref,
    created: common.created,
    modified: common.modified,
    name: title,
    description: describeSet(draft),
    context: 'unspecified',
    // STIX requires at least one reference. A set of unmapped techniques has no objects, so its author is referenced.
    object_refs: objects.size === 0 ? [identity.id] : [...objects],
    labels: [`framework:${framework.id}`, `attack-domain:${attack.domain}`],
    object_marking_refs: common.object_marking_refs,
    extensions: extension ? { [extensionKey]: encodeExtension(draft) } : undefined,
  })
}

function encodeExtension({ set, places }: SetDraft): SetExtension {
  return statedFields<SetExtension>({
    extension_type: 'property-extension',
    mapping_set: encodeSet(set),
    row_counts: {
      mapped: count(set.mappings, 'mapped'),
      unmapped_capability: count(set.mappings, 'unmapped-capability'),
      unmapped_technique: count(set.mappings, 'unmapped-technique'),
    },
    row_places: statedList(placeRows(set, places)),
  })
}

function placeRows({ mappings }: ResolvedSet, places: SetDraft['places']): readonly RowPlace[] {
  return mappings.map((row, index): RowPlace => {
    const place = places[index]
    const origins = row.origins.map(encodeOrigin)
    return place ? { object_ref: place.object, row: place.row, origins } : { unmapped_technique: encodeRow(row), origins }
  })
}

function describeSet({ title, set }: SetDraft): string {
  const unmapped = count(set.mappings, 'unmapped-technique')
  const lines = [
    `Mapping of ${title}.`,
    `Rows: ${set.mappings.length}. Capabilities: ${set.capabilities.size}.`,
    ...(unmapped === 0 ? [] : [`Techniques without a capability: ${unmapped}.`]),
  ]
  return lines.join('\n')
}

function count(rows: readonly Mapping[], kind: Mapping['kind']): number {
  return rows.reduce((sum, row) => sum + (row.kind === kind ? 1 : 0), 0)
}

/** A set without its rows. */
function encodeSet(set: ResolvedSet): SetRecord {
  const { framework, attack, about } = set
  return statedFields<SetRecord>({
    mapping_framework: framework.id,
    mapping_framework_name: framework.name,
    mapping_framework_version: framework.version,
    mapping_framework_version_schema: about.versionSchema,
    technology_domain: attack.domain,
    attack_version: attack.version,
    mapping_version: about.mappingVersion,
    author: about.name,
    contact: about.contact,
    organization: about.organization,
    creation_date: about.created,
    last_update: about.modified,
    mapping_types: statedList(Array.from(set.relations.values(), ({ id, ...rest }) => ({ mapping_type: id, ...rest }))),
    capability_groups: statedList(Array.from(set.groups.values(), ({ id, ...rest }) => ({ capability_group: id, ...rest }))),
    capabilities: statedList(Array.from(set.capabilities.values(), ({ id, groups, ...rest }) =>
      statedFields<CapabilityRecord>({ capability_id: id, ...rest, capability_groups: statedList(groups) }))),
    sources: statedList(set.sources.map(({ name, ...rest }) => ({ document: name, ...rest }))),
  })
}

interface BundleSettings {
  readonly attack: AttackIndex
  readonly report: Report
  readonly profile: StixProfile
  /** Whether to add a grouping for each set. The shape `mapex` never has groupings. */
  readonly grouping: boolean
  readonly marking: TlpMarking
  /** Date (2024-12-31) for sets without one. */
  readonly created?: string
  readonly originals: Originals
}

/** A bundle whose objects are known, but not yet made. */
export interface BundlePlan {
  readonly id: StixId
  readonly count: number
  readonly relationships: number
  /** The objects, made anew at each call: each once and before those that refer to it, for platforms that read page by page. */
  readonly objects: () => Iterable<StixObject>
}

/** Plans one bundle of all sets. */
export function planBundle(sets: readonly ResolvedSet[], settings: BundleSettings): BundlePlan {
  const { profile, attack, report, originals: { techniques: originals } } = settings
  const placed = placeSets(sets, settings)
  const drafts = collectDrafts(placed, { attack, report, originals, embedTechniques: profile.techniques === 'embedded' })
  const preamble = buildPreamble(drafts, settings)
  const { techniques, capabilities, relationships } = drafts
  const groupings = profile.shape !== 'mapex' && settings.grouping ? drafts.sets.length : 0
  return {
    id: stixId('bundle', ...placed.map(({ groupingId }) => groupingId)),
    count: preamble.length + techniques.size + capabilities.size + relationships.size + groupings,
    relationships: relationships.size,
    *objects() {
      yield* preamble
      yield* techniques.values()
      yield* profile.shape === 'mapex' ? buildMapexObjects(drafts) : buildObjects(drafts, settings)
    },
  }
}

function* buildObjects(drafts: Drafts, { profile, grouping }: BundleSettings): Iterable<StixObject> {
  const names = nameCapabilities(drafts.capabilities.values())
  for (const draft of drafts.capabilities.values()) yield buildCapability(draft, names.get(draft.id) ?? draft.id, profile.extension)
  for (const draft of drafts.relationships.values()) yield buildRelationship(draft, profile)
  if (grouping) for (const draft of drafts.sets) yield buildGrouping(draft, profile.extension)
}

/** mapex has no container for a set, so its metadata is lost. */
function* buildMapexObjects({ capabilities, relationships }: Drafts): Iterable<StixObject> {
  for (const draft of capabilities.values()) yield buildMapexCapability(draft)
  for (const draft of relationships.values()) yield buildMapexRelationship(draft)
}

function placeSets(sets: readonly ResolvedSet[], settings: BundleSettings): readonly SetInBundle[] {
  const seen = new Map<string, number>()
  return sets.map((set) => {
    const key = JSON.stringify(releaseKey(set))
    const nth = seen.get(key) ?? 0
    seen.set(key, nth + 1)
    const placed = placeSetInBundle(set, nth, { ...settings, together: sets.length })
    if (!placed.datesStated) settings.report('emit/set-undated', { found: placed.title })
    return placed
  })
}

interface PreambleSettings {
  readonly profile: StixProfile
  readonly marking: TlpMarking
  readonly originals: Originals
}

/** Identities, markings and the definition of Crosswalk's extension, each once and before the objects that refer to it. */
function buildPreamble(drafts: Drafts, { profile, marking, originals }: PreambleSettings): readonly StixObject[] {
  const all = [
    marking,
    ...(profile.extension ? [crosswalkIdentity] : []),
    ...drafts.sets.map(({ identity }) => identity),
    ...listOwners(drafts, originals),
    ...(profile.extension ? [extensionDefinition] : []),
  ]
  const byId = new Map<string, StixObject>()
  for (const object of all) if (!byId.has(object.id)) byId.set(object.id, object)
  return [...byId.values()]
}

/** Identities, then markings, that the techniques refer to, each sorted by id; MITRE's own are included if techniques are referred to. */
function listOwners({ techniques }: Drafts, { owners }: Originals): readonly StixObject[] {
  const isReferredTo = Array.from(techniques.values()).some(({ created_by_ref: author }) => author === mitreIdentityObject.id)
  return [...owners.values(), ...(isReferredTo ? [mitreIdentityObject, mitreMarkingObject] : [])]
    .toSorted((left, right) => compareText(left.type, right.type) || compareText(left.id, right.id))
}
