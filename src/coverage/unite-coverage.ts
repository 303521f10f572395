import { type AttackTactic, compareVersions } from '../attack/attack-index.js'
import { compareNaturally, compareText } from '../model/compare-text.js'
import { attackDomains, scoreRank } from '../model/vocabulary.js'
import { markParents } from './cover-set.js'
import type { SetCoverage, TechniqueCoverage, UnionCoverage } from './coverage.js'
import { betterState } from './row-state.js'

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

/** Several sets, or one, and what those of a domain cover together: what tables are made of. */
export interface CoverageScopes {
  readonly sets: readonly SetCoverage[]
  readonly unions: readonly UnionCoverage[]
}

/** One of the sets, or a union of them, as tables name it. */
export interface CoverageScope {
  readonly label: string
  readonly coverage: SetCoverage | UnionCoverage
}

/** The sets in their order, then the unions. */
export function listScopes({ sets, unions }: CoverageScopes): readonly CoverageScope[] {
  return [
    ...sets.map((coverage) => ({ label: coverage.label, coverage })),
    ...unions.map((coverage) => ({ label: unionLabel(coverage), coverage })),
  ]
}

/** "all (enterprise)": no id of a framework has parentheses. */
function unionLabel({ domain }: Pick<UnionCoverage, 'domain'>): string {
  return `all (${domain})`
}

/** What the sets of each domain cover together, in the order of domains: one matrix a domain. A single set stands for itself. */
export function coverDomains({ sets, unions }: CoverageScopes): readonly (SetCoverage | UnionCoverage)[] {
  return attackDomains.flatMap((wanted) => {
    const found = [...unions, ...sets].find(({ domain }) => domain === wanted)
    return found ? [found] : []
  })
}
