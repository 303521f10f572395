import { type AttackIndex, type AttackReleaseView, compareVersions } from '../../attack/attack-index.js'
import { followSuccessors } from '../../attack/find-techniques.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import { buildProfiles, type MappedTechnique, measureStrength, type Profile, type Strength } from './profiles.js'
import { type BridgeFilter, relateProfiles } from './relate-profiles.js'

/** A technique that two capabilities share. */
export interface SharedTechnique {
  /** Its id in the newer of the two ATT&CK releases. */
  readonly id: string
  readonly left: MappedTechnique
  readonly right: MappedTechnique
}

/** Two capabilities that map to the same techniques. Derived: no framework states the relation. */
export interface BridgePair extends Strength {
  readonly left: Profile
  readonly right: Profile
  /** The number of `techniques`. */
  readonly shared: number
  /** Ordered by id; never empty. Collected when they are first read, since two large frameworks share millions. */
  readonly techniques: readonly SharedTechnique[]
}

/** Two mapping sets, related through shared techniques. */
export interface Bridge {
  readonly left: ResolvedSet
  readonly right: ResolvedSet
  /** The newer of the two ATT&CK releases. */
  readonly release: AttackReleaseView
  readonly leftProfiles: ReadonlyMap<string, Profile>
  readonly rightProfiles: ReadonlyMap<string, Profile>
  /** How many pairs there are. */
  readonly found: number
  /** Strongest first. Of more than half a million, those that are strongest. */
  readonly pairs: readonly BridgePair[]
}

/**
 * Relates the capabilities of two sets of one domain through the techniques that they share. Undefined if there are too many pairs to
 * compare; a capability filter then helps.
 */
export function bridgeSets(
  left: ResolvedSet, right: ResolvedSet, attack: AttackIndex, filter: BridgeFilter = {},
): Bridge | undefined {
  const releases = [left, right].map((set) => attack.release(set.attack.domain, set.attack.version))
  const [release = attack.release(left.attack.domain)] = releases.toSorted((a, b) => compareVersions(b.version, a.version))
  const stated = [left, right].flatMap((set, side) => (releases[side]?.match === 'newer' ? set.mappings : []))
  const currentId = createCurrentId(release, new Set(stated.flatMap((row) => (row.kind === 'mapped' ? [row.technique.id] : []))))
  const leftProfiles = buildProfiles(left, currentId)
  const rightProfiles = buildProfiles(right, currentId)
  const related = relateProfiles(leftProfiles.values(), rightProfiles.values(), filter)
  if (!related) return undefined

  const { lefts, rights, found, strongest } = related
  const pairs = strongest.flatMap(({ left: one, right: other, shared, weight }) => {
    const [profile, another] = [lefts[one], rights[other]]
    return profile && another ? [createPair(profile, another, shared, weight)] : []
  })
  return { left, right, release, leftProfiles, rightProfiles, found, pairs }
}

/**
 * Maps a revoked technique's id to that of its last successor; other ids stay. `kept`: ids of a side that states a release newer than all
 * available ones, against which these say nothing.
 */
function createCurrentId(release: AttackReleaseView, kept: ReadonlySet<string>): (id: string) => string {
  const known = new Map<string, string>()
  return (id) => {
    const technique = known.has(id) || kept.has(id) ? undefined : release.technique(id)
    if (technique?.status === 'revoked') known.set(id, followSuccessors(release, technique).at(-1)?.id ?? id)
    return known.get(id) ?? id
  }
}

function createPair(left: Profile, right: Profile, shared: number, weight: number): BridgePair {
  let techniques: readonly SharedTechnique[] | undefined
  return {
    left, right, ...measureStrength(weight, left.weight, right.weight), shared,
    get techniques() {
      techniques ??= listShared(left, right)
      return techniques
    },
  }
}

/** Both sides are ordered by id. */
function listShared(left: Profile, right: Profile): readonly SharedTechnique[] {
  const shared: SharedTechnique[] = []
  for (const [id, technique] of left.techniques) {
    const other = right.techniques.get(id)
    if (other) shared.push({ id, left: technique, right: other })
  }
  return shared
}
