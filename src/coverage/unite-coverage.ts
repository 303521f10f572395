import { type AttackTactic, compareVersions } from '../attack/attack-index.js'
import { addToList } from '../model/stated.js'
import { compareIds } from '../model/text.js'
import { attackDomains, scoreRank } from '../model/vocabulary.js'
import { markParents } from './cover-set.js'
import type { SetCoverage, TechniqueCoverage, UnionCoverage } from './coverage.js'
import { betterState } from './row-state.js'

/**
 * The coverage by all sets of each domain together, for domains with two or more sets. Sets may refer to different releases: the
 * union has the techniques of all of them, each in the tactics of all of them, so that it never covers less than one of its sets.
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
  const capabilities = new Map<string, string[]>()
  for (const { label, techniques: found } of newestFirst) {
    for (const technique of found) {
      techniques.set(technique.id, unite(techniques.get(technique.id), technique))
      for (const id of technique.capabilities) addToList(capabilities, technique.id, `${label}: ${id}`)
    }
  }
  const sorted = Array.from(techniques.values(), (technique) => ({ ...technique, capabilities: capabilities.get(technique.id) ?? [] }))
    .toSorted((a, b) => compareIds(a.id, b.id))
  return {
    of,
    domain: newest.domain,
    release: newest.release,
    tactics: uniteTactics(newestFirst),
    techniques: markParents(sorted),
  }
}

/** Adds coverage from an older release, but not its capabilities: name and other facts are those of the newest release; tactics are added. */
function unite(known: TechniqueCoverage | undefined, other: TechniqueCoverage): TechniqueCoverage {
  if (!known) return other
  // Most techniques of most sets: those of a release share their lists of tactics.
  if (other.state === 'not-mentioned' && other.tactics === known.tactics) return known
  const best = new Map(known.best)
  for (const [category, value] of other.best) {
    const current = best.get(category)
    if (current === undefined || scoreRank(value) > scoreRank(current)) best.set(category, value)
  }
  return {
    ...known,
    best,
    tactics: other.tactics === known.tactics ? known.tactics : [...new Set([...known.tactics, ...other.tactics])],
    state: betterState(known.state, other.state),
    rows: known.rows + other.rows,
  }
}

/** The tactics of the newest release, then those that only older releases have. */
function uniteTactics(newestFirst: readonly SetCoverage[]): readonly AttackTactic[] {
  const tactics = new Map<string, AttackTactic>()
  for (const tactic of newestFirst.flatMap((coverage) => coverage.tactics)) {
    if (!tactics.has(tactic.shortname)) tactics.set(tactic.shortname, tactic)
  }
  return [...tactics.values()]
}

/** The coverage of one or more sets, and the unions of their domains: the input of tables. */
export interface CoverageScopes {
  readonly sets: readonly SetCoverage[]
  readonly unions: readonly UnionCoverage[]
}

/** A set's coverage or a union, with its label in tables. */
export interface CoverageScope {
  readonly label: string
  readonly coverage: SetCoverage | UnionCoverage
}

/** Lists the sets in their order, then the unions. */
export function listScopes({ sets, unions }: CoverageScopes): readonly CoverageScope[] {
  return [
    ...sets.map((coverage) => ({ label: coverage.label, coverage })),
    ...unions.map((coverage) => ({ label: unionLabel(coverage), coverage })),
  ]
}

/** "all (enterprise)": labels of sets have no parentheses. */
function unionLabel({ domain }: Pick<UnionCoverage, 'domain'>): string {
  return `all (${domain})`
}

/** One coverage per domain, in the order of domains: the union of its sets, or its only set. */
export function coverDomains({ sets, unions }: CoverageScopes): readonly (SetCoverage | UnionCoverage)[] {
  return attackDomains.flatMap((wanted) => {
    const found = [...unions, ...sets].find(({ domain }) => domain === wanted)
    return found ? [found] : []
  })
}
