import type { AttackTactic } from '../attack/attack-index.js'
import type { Coverage, TechniqueCoverage } from './coverage.js'
import type { CoverageState } from './coverage-state.js'

/** How many techniques of ATT&CK there are, and how many of them are in each state. The states add up to `attack`. */
export interface CoverageCounts {
  readonly attack: number
  readonly mapped: number
  readonly belowThreshold: number
  readonly unscored: number
  readonly unmappable: number
  readonly named: number
  readonly notMentioned: number
  /** Of those that are not mapped: the ones whose sub-techniques are. Not a state of its own. */
  readonly onlyThroughSubTechniques: number
}

/** Counts of techniques, of sub-techniques, and of both together. */
export interface LevelCounts {
  readonly all: CoverageCounts
  readonly techniques: CoverageCounts
  readonly subTechniques: CoverageCounts
}

/** A tactic and its techniques; no tactic for those that stand in none. */
export interface TacticCoverage {
  readonly tactic?: AttackTactic
  readonly techniques: readonly TechniqueCoverage[]
  readonly counts: LevelCounts
}

/** Counts techniques, each once. */
export function countCoverage(techniques: readonly TechniqueCoverage[]): LevelCounts {
  return {
    all: countStates(techniques),
    techniques: countStates(techniques.filter(({ isSubTechnique }) => !isSubTechnique)),
    subTechniques: countStates(techniques.filter(({ isSubTechnique }) => isSubTechnique)),
  }
}

/** Counts the techniques of each tactic, in the order of the matrix; one that stands in several tactics counts in each. */
export function countTactics({ tactics, techniques }: Coverage): readonly TacticCoverage[] {
  const members = new Map(tactics.map(({ shortname }): [string, TechniqueCoverage[]] => [shortname, []]))
  const homeless: TechniqueCoverage[] = []
  for (const technique of techniques) {
    const homes = [...new Set(technique.tactics)].flatMap((shortname) => {
      const home = members.get(shortname)
      return home ? [home] : []
    })
    for (const home of homes.length === 0 ? [homeless] : homes) home.push(technique)
  }
  const found = tactics.map((tactic) => describe(members.get(tactic.shortname) ?? [], tactic))
  return homeless.length === 0 ? found : [...found, describe(homeless)]
}

function describe(techniques: readonly TechniqueCoverage[], tactic?: AttackTactic): TacticCoverage {
  return { techniques, counts: countCoverage(techniques), ...(tactic && { tactic }) }
}

function countStates(techniques: readonly TechniqueCoverage[]): CoverageCounts {
  const count = (wanted: CoverageState): number => techniques.filter(({ state }) => state === wanted).length
  return {
    attack: techniques.length,
    mapped: count('mapped'),
    belowThreshold: count('below-threshold'),
    unscored: count('unscored'),
    unmappable: count('unmappable'),
    named: count('named'),
    notMentioned: count('not-mentioned'),
    onlyThroughSubTechniques: techniques.filter(({ onlyThroughSubTechniques }) => onlyThroughSubTechniques).length,
  }
}

/** The mapped part of all, from 0 to 1; none where there is nothing to map. */
export function coverageShare({ mapped, attack }: Pick<CoverageCounts, 'mapped' | 'attack'>): number | undefined {
  return attack === 0 ? undefined : mapped / attack
}
