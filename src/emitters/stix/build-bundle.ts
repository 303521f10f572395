import type { AttackIndex } from '../../attack/attack-index.js'
import type { Report } from '../../diagnostics/diagnostic.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import { compareText } from '../../model/text.js'
import type { ArtifactPiece } from '../emitter.js'
import { stixId, type StixId } from '../objects/stix-id.js'
import { buildGrouping, writeGrouping } from './build-grouping.js'
import { buildCapability, buildRelationship, nameCapabilities } from './build-objects.js'
import { collectDrafts, type Drafts } from './collect-drafts.js'
import { placeSetInBundle, releaseKey, type SetInBundle } from './drafts.js'
import { buildMapexCapability, buildMapexRelationship } from './mapex.js'
import { crosswalkIdentity, extensionDefinition, mitreIdentityObject, mitreMarkingObject } from './preamble-objects.js'
import type { StixProfile } from './profiles.js'
import type { Grouping, StixObject, TlpMarking } from './stix-object.js'
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

/** A bundle whose objects are known, but not yet made. */
export interface BundlePlan {
  readonly id: StixId
  readonly count: number
  readonly relationships: number
  /**
   * The objects but groupings, made anew at each call: each once and before those that refer to it, for platforms that read page by page.
   */
  readonly objects: () => Iterable<StixObject>
  /** The last objects. */
  readonly groupings: readonly PlannedGrouping[]
}

interface PlannedGrouping {
  readonly build: () => Grouping
  readonly pieces: () => Iterable<ArtifactPiece>
}

/** Plans one bundle of all sets. */
export function planBundle(sets: readonly ResolvedSet[], settings: BundleSettings): BundlePlan {
  const { profile, attack, report, originals: { techniques: originals } } = settings
  const placed = placeSets(sets, settings)
  const drafts = collectDrafts(placed, { attack, report, originals, embedTechniques: profile.techniques === 'embedded' })
  const preamble = buildPreamble(drafts, settings)
  const { techniques, capabilities, relationships } = drafts
  const grouped = profile.shape !== 'mapex' && settings.grouping ? drafts.sets : []
  return {
    id: stixId('bundle', ...placed.map(({ groupingId }) => groupingId)),
    count: preamble.length + techniques.size + capabilities.length + relationships.count() + grouped.length,
    relationships: relationships.count(),
    *objects() {
      yield* preamble
      yield* techniques.values()
      yield* profile.shape === 'mapex' ? buildMapexObjects(drafts) : buildObjects(drafts, settings)
    },
    groupings: grouped.map((draft) => ({
      build: () => buildGrouping(draft, drafts, profile.extension),
      pieces: () => writeGrouping(draft, drafts, profile.extension),
    })),
  }
}

function* buildObjects(drafts: Drafts, { profile }: BundleSettings): Iterable<StixObject> {
  const names = nameCapabilities(drafts.capabilities)
  for (const draft of drafts.capabilities) yield buildCapability(draft, names.get(draft.id) ?? draft.id, profile.extension)
  for (let nth = 0; nth < drafts.relationships.count(); nth += 1) yield buildRelationship(drafts.relationships.draft(nth), profile)
}

/** mapex has no container for a set, so its metadata is lost. */
function* buildMapexObjects({ capabilities, relationships }: Drafts): Iterable<StixObject> {
  for (const draft of capabilities) yield buildMapexCapability(draft)
  for (let nth = 0; nth < relationships.count(); nth += 1) yield buildMapexRelationship(relationships.draft(nth))
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
