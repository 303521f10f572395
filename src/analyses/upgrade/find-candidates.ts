import { type AttackReleaseView, type AttackTechnique, compareVersions, parentOf } from '../../attack/attack-index.js'
import { followSuccessors } from '../../attack/find-techniques.js'
import { addToList } from '../../model/stated.js'
import { compareText } from '../../model/text.js'
import { techniqueOf } from './row-change.js'
import type { UpgradedSet } from './upgrade-set.js'

/** A technique that is newer than the set, in a tactic that the set covers. A person must assess it. */
export interface Candidate {
  readonly technique: AttackTechnique
  /** Names of its tactics that the set covers. */
  readonly tactics: readonly string[]
  /** Techniques that ATT&CK revoked for it. */
  readonly replaces: readonly string[]
  /** Rows of the upgraded set that map its parent. */
  readonly parentRows: number
}

/**
 * Finds techniques that are active in the new release and were not in the old one, in tactics of techniques that the upgraded set
 * maps, and that the set does not name. Those whose parents have the most rows come first. None if the target is older than the
 * source, or the source is unknown.
 */
export function findCandidates({ set, source, target }: Pick<UpgradedSet, 'set' | 'source' | 'target'>): readonly Candidate[] {
  if (!source || compareVersions(source.version, target.version) >= 0) return []
  const rows = new Map<string, number>()
  const covered = new Set<string>()
  for (const row of set.mappings) {
    const id = techniqueOf(row)?.id
    if (id === undefined) continue
    rows.set(id, (rows.get(id) ?? 0) + 1)
    if (row.kind === 'mapped') for (const tactic of target.technique(id)?.tactics ?? []) covered.add(tactic)
  }
  const names = new Map(target.tactics.map(({ shortname, name }) => [shortname, name]))
  const replaced = mapReplaced(target)
  const found = target.techniques().flatMap((technique): readonly Candidate[] => {
    const { id, status, tactics } = technique
    if (status !== 'active' || rows.has(id) || source.technique(id)?.status === 'active') return []
    const shared = tactics.filter((tactic) => covered.has(tactic))
    if (shared.length === 0) return []
    return [{
      technique,
      tactics: shared.map((tactic) => names.get(tactic) ?? tactic),
      replaces: replaced.get(id) ?? [],
      parentRows: rows.get(parentOf(id) ?? '') ?? 0,
    }]
  })
  return found.toSorted((a, b) => b.parentRows - a.parentRows || compareText(a.technique.id, b.technique.id))
}

/** The techniques that ATT&CK revoked, by the id of their last successor. */
function mapReplaced(release: AttackReleaseView): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const technique of release.techniques()) {
    const last = technique.successor === undefined ? undefined : followSuccessors(release, technique).at(-1)
    if (last) addToList(found, last.id, technique.id)
  }
  return found
}
