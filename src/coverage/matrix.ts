import { type AttackTactic, parentOf } from '../attack/attack-index.js'
import { once } from '../model/lookups.js'
import { compareText } from '../model/text.js'
import type { Coverage, TechniqueCoverage } from './coverage.js'
import type { CoverageState } from './row-state.js'

/** A technique in a column of the matrix, with its sub-techniques of the same tactic. */
export interface MatrixEntry {
  readonly technique: TechniqueCoverage
  readonly subTechniques: readonly TechniqueCoverage[]
}

/** A column of the matrix. `tactic` is absent for techniques that are in none of the coverage's tactics. */
export interface MatrixColumn {
  readonly tactic?: AttackTactic
  readonly entries: readonly MatrixEntry[]
  readonly counts: LevelCounts
}

/**
 * The matrix as on ATT&CK's site: tactics in their order, techniques by name, sub-techniques by number under their technique. A
 * technique of several tactics is in each column. A sub-technique whose parent is not in the tactic is an entry of its own.
 */
export function buildMatrix(coverage: Coverage): readonly MatrixColumn[] {
  return countTactics(coverage).map((column) => ({
    ...(column.tactic && { tactic: column.tactic }),
    entries: buildEntries(column.techniques),
    get counts() { return column.counts },
  }))
}

function buildEntries(techniques: readonly TechniqueCoverage[]): readonly MatrixEntry[] {
  const entries = new Map<string, { readonly technique: TechniqueCoverage; readonly subTechniques: TechniqueCoverage[] }>()
  // A technique before its sub-techniques, whose ids begin with its own: the techniques of a coverage are sorted by id.
  for (const technique of techniques) {
    const parent = technique.isSubTechnique ? entries.get(parentOf(technique.id) ?? '') : undefined
    if (parent) parent.subTechniques.push(technique)
    else entries.set(technique.id, { technique, subTechniques: [] })
  }
  return sortByName([...entries.values()])
}

/** Sorts by the names of techniques, ignoring case. */
function sortByName(entries: readonly MatrixEntry[]): readonly MatrixEntry[] {
  return entries.map((entry) => ({ entry, name: entry.technique.name.toLowerCase() }))
    .toSorted((a, b) => compareText(a.name, b.name) || compareText(a.entry.technique.id, b.entry.technique.id))
    .map(({ entry }) => entry)
}

/** Number of ATT&CK techniques, and how many of them are in each state. The states add up to `attack`. */
export interface CoverageCounts {
  readonly attack: number
  readonly mapped: number
  readonly belowThreshold: number
  readonly unscored: number
  readonly unmappable: number
  readonly named: number
  readonly notMentioned: number
  /** Techniques that are not mapped, but whose sub-techniques are. Not a state of its own. */
  readonly onlyThroughSubTechniques: number
}

/** Counts of techniques, sub-techniques, and both together. */
export interface LevelCounts {
  readonly all: CoverageCounts
  readonly techniques: CoverageCounts
  readonly subTechniques: CoverageCounts
}

/** A tactic and its techniques; `tactic` is absent for techniques in no tactic. */
interface TacticCoverage {
  readonly tactic?: AttackTactic
  readonly techniques: readonly TechniqueCoverage[]
  readonly counts: LevelCounts
}

/** Counts techniques, each once. */
export function countCoverage(all: readonly TechniqueCoverage[]): LevelCounts {
  const [techniques, subTechniques] = [noTechniques(), noTechniques()]
  for (const { state, isSubTechnique, onlyThroughSubTechniques } of all) {
    const counts = isSubTechnique ? subTechniques : techniques
    counts.attack += 1
    counts[countOf[state]] += 1
    if (onlyThroughSubTechniques) counts.onlyThroughSubTechniques += 1
  }
  return { all: addCounts(techniques, subTechniques), techniques, subTechniques }
}

type Counting = { -readonly [Name in keyof CoverageCounts]: number }

const countOf: Readonly<Record<CoverageState, keyof CoverageCounts>> = {
  'mapped': 'mapped', 'below-threshold': 'belowThreshold', 'unscored': 'unscored', 'unmappable': 'unmappable', 'named': 'named', 'not-mentioned': 'notMentioned',
}

function noTechniques(): Counting {
  return { attack: 0, mapped: 0, belowThreshold: 0, unscored: 0, unmappable: 0, named: 0, notMentioned: 0, onlyThroughSubTechniques: 0 }
}

function addCounts(a: CoverageCounts, b: CoverageCounts): CoverageCounts {
  return {
    attack: a.attack + b.attack,
    mapped: a.mapped + b.mapped,
    belowThreshold: a.belowThreshold + b.belowThreshold,
    unscored: a.unscored + b.unscored,
    unmappable: a.unmappable + b.unmappable,
    named: a.named + b.named,
    notMentioned: a.notMentioned + b.notMentioned,
    onlyThroughSubTechniques: a.onlyThroughSubTechniques + b.onlyThroughSubTechniques,
  }
}

/** What was counted: workbooks show the tactics of a coverage on three sheets. */
const counted = new WeakMap<Coverage, readonly TacticCoverage[]>()

/** Counts the techniques of each tactic, in matrix order; a technique of several tactics is counted in each. */
export function countTactics(coverage: Coverage): readonly TacticCoverage[] {
  const known = counted.get(coverage) ?? sortByTactic(coverage)
  counted.set(coverage, known)
  return known
}

function sortByTactic({ tactics, techniques }: Coverage): readonly TacticCoverage[] {
  const members = new Map(tactics.map(({ shortname }): [string, TechniqueCoverage[]] => [shortname, []]))
  const homeless: TechniqueCoverage[] = []
  for (const technique of techniques) {
    let isHome = false
    for (const shortname of technique.tactics) {
      const home = members.get(shortname)
      if (!home) continue
      // A tactic may be named twice.
      if (home.at(-1) !== technique) home.push(technique)
      isHome = true
    }
    if (!isHome) homeless.push(technique)
  }
  const found = tactics.map((tactic) => coverTactic(members.get(tactic.shortname) ?? [], tactic))
  return homeless.length === 0 ? found : [...found, coverTactic(homeless)]
}

/** The counts are made when they are read: the report shows its own. */
function coverTactic(techniques: readonly TechniqueCoverage[], tactic?: AttackTactic): TacticCoverage {
  const counts = once(() => countCoverage(techniques))
  return { techniques, get counts() { return counts() }, ...(tactic && { tactic }) }
}

/** The share of techniques that are mapped, from 0 to 1; undefined if there are no techniques. */
export function coverageShare({ mapped, attack }: Pick<CoverageCounts, 'mapped' | 'attack'>): number | undefined {
  return attack === 0 ? undefined : mapped / attack
}

/** The name of a tactic in tables; "No tactic" without one. */
export function nameTactic(tactic: AttackTactic | undefined): string {
  if (!tactic) return 'No tactic'
  return tactic.deprecated === true ? `${tactic.name} (deprecated)` : tactic.name
}
