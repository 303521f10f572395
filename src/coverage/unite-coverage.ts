import type { AttackTactic } from '../attack/attack-index.js'
import { compareVersions } from '../attack/compare-versions.js'
import { attackDomains } from '../attack/attack-domains.js'
import { scoreRank } from '../model/score-scale.js'
import { compareNaturally } from '../model/compare-naturally.js'
import { compareText } from '../model/compare-text.js'
import type { SetCoverage, TechniqueCoverage, UnionCoverage } from './coverage.js'
import { betterState } from './coverage-state.js'
import { markParents } from './mark-parents.js'

/**
 * What the sets of each domain cover together; none of a domain that a single set is of. Sets may refer to different releases:
 * the union is of the techniques that any of these releases has, each in all the tactics that any of them has it in, so that it
 * never covers less than one of its sets.
 */
export function uniteCoverage(sets: readonly SetCoverage[]): readonly UnionCoverage[] {
  return attackDomains.flatMap((domain) => {
    const of = sets.filter((coverage) => coverage.domain === domain)
    return of.length < 2 ? [] : [uniteSets(of)].flatMap((union) => union ?? [])
  })
}

function uniteSets(of: readonly SetCoverage[]): UnionCoverage | undefined {
  const newestFirst = of.toSorted((a, b) => compareVersions(b.release.version, a.release.version))
  const [newest] = newestFirst
  if (!newest) return undefined
  const techniques = new Map<string, TechniqueCoverage>()
  for (const { label, techniques: found } of newestFirst) {
    for (const technique of found) {
      const labelled = { ...technique, capabilities: technique.capabilities.map((id) => `${label}: ${id}`) }
      techniques.set(technique.id, unite(techniques.get(technique.id), labelled))
    }
  }
  const sorted = [...techniques.values()].toSorted((a, b) => compareNaturally(a.id, b.id) || compareText(a.id, b.id))
  return {
    of,
    domain: newest.domain,
    release: newest.release,
    tactics: uniteTactics(newestFirst),
    techniques: markParents(sorted),
  }
}

/** What it is called and where it stands is said by the newest release that has it; older ones add tactics. */
function unite(known: TechniqueCoverage | undefined, other: TechniqueCoverage): TechniqueCoverage {
  if (!known) return other
  const best = new Map(known.best)
  for (const [category, value] of other.best) {
    const held = best.get(category)
    if (held === undefined || scoreRank(value) > scoreRank(held)) best.set(category, value)
  }
  return {
    ...known,
    best,
    tactics: [...new Set([...known.tactics, ...other.tactics])],
    state: betterState(known.state, other.state),
    rows: known.rows + other.rows,
    capabilities: [...known.capabilities, ...other.capabilities],
  }
}

/** The newest release's matrix, then the tactics that only older ones have. */
function uniteTactics(newestFirst: readonly SetCoverage[]): readonly AttackTactic[] {
  const tactics = new Map<string, AttackTactic>()
  for (const tactic of newestFirst.flatMap((coverage) => coverage.tactics)) {
    if (!tactics.has(tactic.shortname)) tactics.set(tactic.shortname, tactic)
  }
  return [...tactics.values()]
}
