import type { AttackIndex } from '../../attack/attack-index.js'
import type { Report } from '../../diagnostics/diagnostic.js'
import { compareText } from '../../model/text.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import { stixId } from '../objects/stix-id.js'
import { buildGrouping } from './build-grouping.js'
import { buildCapability, buildRelationship, nameCapabilities } from './build-objects.js'
import { collectDrafts } from './collect-drafts.js'
import { type CapabilityDraft, type Drafts, placeSetInBundle, releaseKey, type SetInBundle } from './drafts.js'
import { buildMapexCapability, buildMapexRelationship } from './mapex.js'
import { crosswalkIdentity, extensionDefinition, mitreIdentityObject, mitreMarkingObject } from './preamble-objects.js'
import type { StixProfile } from './profiles.js'
import type { Bundle, StixObject, TlpMarking } from './stix-object.js'
import type { Originals } from './techniques.js'

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

/** Builds one bundle of all sets, each object once and before those that refer to it, for platforms that read page by page. */
export function buildBundle(sets: readonly ResolvedSet[], settings: BundleSettings): Bundle {
  const { profile, attack, report, originals: { techniques: originals } } = settings
  const placed = placeSets(sets, settings)
  const drafts = collectDrafts(placed, { attack, report, originals, embedTechniques: profile.techniques === 'embedded' })
  return {
    type: 'bundle',
    id: stixId('bundle', ...placed.map(({ groupingId }) => groupingId)),
    objects: [
      ...buildPreamble(drafts, settings),
      ...drafts.techniques.values(),
      ...(profile.shape === 'mapex' ? buildMapexObjects(drafts) : buildObjects(drafts, settings)),
    ],
  }
}

function buildObjects(drafts: Drafts, { profile, grouping }: BundleSettings): readonly StixObject[] {
  const names = nameCapabilities(drafts.capabilities.values())
  const nameOf = ({ id }: CapabilityDraft): string => names.get(id) ?? id
  return [
    ...Array.from(drafts.capabilities.values(), (draft) => buildCapability(draft, nameOf(draft), profile.extension)),
    ...Array.from(drafts.relationships.values(), (draft) => buildRelationship(draft, profile)),
    ...(grouping ? drafts.sets.map((draft) => buildGrouping(draft, profile.extension)) : []),
  ]
}

/** mapex has no container for a set, so its metadata is lost. */
function buildMapexObjects({ capabilities, relationships }: Drafts): readonly StixObject[] {
  return [
    ...Array.from(capabilities.values(), buildMapexCapability),
    ...Array.from(relationships.values(), buildMapexRelationship),
  ]
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
