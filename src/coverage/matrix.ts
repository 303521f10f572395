import type { AttackTactic } from '../attack/attack-index.js'
import { compareText } from '../model/compare-text.js'
import type { Coverage, TechniqueCoverage } from './coverage.js'
import type { CoverageState } from './row-state.js'

/** A technique in a column of the matrix, and its sub-techniques of the same tactic under it. */
export interface MatrixEntry {
  readonly technique: TechniqueCoverage
  readonly subTechniques: readonly TechniqueCoverage[]
}

/** A column of the matrix. `tactic` is absent for techniques that stand in no tactic that counts. */
export interface MatrixColumn {
  readonly tactic?: AttackTactic
  readonly entries: readonly MatrixEntry[]
  readonly counts: LevelCounts
}

/**
 * The matrix as ATT&CK's site shows it: tactics in their order, the techniques of each by name, sub-techniques by number under their
 * technique. A technique of several tactics stands in each. A sub-technique whose technique is not in the tactic stands alone.
 */
export function buildMatrix(coverage: Coverage): readonly MatrixColumn[] {
  return countTactics(coverage).map(({ tactic, techniques, counts }) => ({
    ...(tactic && { tactic }),
    entries: buildEntries(techniques),
    counts,
  }))
}

function buildEntries(techniques: readonly TechniqueCoverage[]): readonly MatrixEntry[] {
  const children = new Map<string, TechniqueCoverage[]>()
  const present = new Set(techniques.map(({ id }) => id))
  const tops: TechniqueCoverage[] = []
  for (const technique of techniques) {
    const parent = parentOf(technique)
    if (parent === undefined || !present.has(parent)) tops.push(technique)
    else if (children.has(parent)) children.get(parent)?.push(technique)
    else children.set(parent, [technique])
  }
  return tops.toSorted(compareNames).map((technique) => ({
    technique,
    subTechniques: (children.get(technique.id) ?? []).toSorted((a, b) => compareText(a.id, b.id)),
  }))
}

function parentOf({ id, isSubTechnique }: TechniqueCoverage): string | undefined {
  return isSubTechnique ? id.slice(0, id.indexOf('.')) : undefined
}

/** As people look for names: capitals and small letters are alike. */
function compareNames(a: TechniqueCoverage, b: TechniqueCoverage): number {
  return compareText(a.name.toLowerCase(), b.name.toLowerCase()) || compareText(a.id, b.id)
}

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
interface TacticCoverage {
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
  const found = tactics.map((tactic) => coverTactic(members.get(tactic.shortname) ?? [], tactic))
  return homeless.length === 0 ? found : [...found, coverTactic(homeless)]
}

function coverTactic(techniques: readonly TechniqueCoverage[], tactic?: AttackTactic): TacticCoverage {
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

/** What a tactic is called in tables; also where a technique stands in none. */
export function nameTactic(tactic: AttackTactic | undefined): string {
  if (!tactic) return 'No tactic'
  return tactic.deprecated === true ? `${tactic.name} (deprecated)` : tactic.name
}
