import type { Report } from '../../diagnostics/diagnostic.js'
import type { AttackIndex } from '../../attack/attack-index.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import { buildCapability } from './build-capability.js'
import { buildGrouping } from './build-grouping.js'
import { buildRelationship } from './build-relationship.js'
import { collectDrafts } from './collect-drafts.js'
import type { Drafts } from './drafts.js'
import { extensionDefinition } from './extension-definition.js'
import { crosswalkIdentity } from './identities.js'
import { mitreIdentityObject, mitreMarkingObject } from './mitre-objects.js'
import { nameCapabilities } from './name-capabilities.js'
import type { StixProfile } from './profiles.js'
import { placeSetInBundle, releaseKey, type SetInBundle } from './set-in-bundle.js'
import { stixId } from './stix-id.js'
import type { Bundle, StixId, StixObject, TlpMarking } from './stix-object.js'

/** How a bundle is to be built. */
export interface BundleSettings {
  readonly attack: AttackIndex
  readonly report: Report
  readonly profile: StixProfile
  readonly marking: TlpMarking
  /** A day (2024-12-31) for sets that state none. */
  readonly created?: string
}

/**
 * One bundle of all sets, every object once. What others refer to comes before them, for platforms that read page by page.
 */
export function buildBundle(sets: readonly ResolvedSet[], settings: BundleSettings): Bundle {
  const { profile, attack, report } = settings
  const placed = placeSets(sets, settings)
  const drafts = collectDrafts(placed, { attack, report, embedTechniques: profile.techniques === 'embedded' })
  const names = nameCapabilities(drafts.capabilities.values())
  const capabilities = Array.from(drafts.capabilities.values(), (draft) =>
    buildCapability(draft, names.get(draft.id) ?? draft.id, profile.extension))
  return {
    type: 'bundle',
    id: stixId('bundle', ...placed.map(({ groupingId }) => groupingId)),
    objects: [
      ...buildPreamble(drafts, settings),
      ...drafts.techniques.values(),
      ...capabilities,
      ...Array.from(drafts.relationships.values(), (draft) => buildRelationship(draft, profile)),
      ...drafts.sets.map((draft) => buildGrouping(draft, profile.extension)),
    ],
  }
}

function placeSets(sets: readonly ResolvedSet[], { marking, created, report }: BundleSettings): readonly SetInBundle[] {
  const seen = new Map<string, number>()
  return sets.map((set) => {
    const key = JSON.stringify(releaseKey(set))
    const nth = seen.get(key) ?? 0
    seen.set(key, nth + 1)
    const placed = placeSetInBundle(set, nth, marking.id, created)
    if (!placed.datesStated) reportEpoch(placed, report)
    return placed
  })
}

/** Identities and markings, each after what it refers to, and the definition of our extension. */
function buildPreamble(drafts: Drafts, { profile, marking }: BundleSettings): readonly StixObject[] {
  const embedded = Array.from(drafts.techniques.values()).some(({ created_by_ref: author }) => author === mitreIdentityObject.id)
  const authors = new Map<StixId, StixObject>()
  if (profile.extension) authors.set(crosswalkIdentity.id, crosswalkIdentity)
  for (const { identity } of drafts.sets) {
    if (!authors.has(identity.id)) authors.set(identity.id, identity)
  }
  return [
    marking,
    ...authors.values(),
    ...(embedded ? [mitreIdentityObject, mitreMarkingObject] : []),
    ...(profile.extension ? [extensionDefinition] : []),
  ]
}

function reportEpoch({ title, common }: SetInBundle, report: Report): void {
  report('emit/left-out', {
    message: `${title}: the documents state no date; STIX asks for one: ${common.created.slice(0, 10)} stands for "not stated"`,
    hint: 'Supply the date with --created.',
  })
}
