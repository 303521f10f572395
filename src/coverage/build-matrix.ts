import type { AttackTactic } from '../attack/attack-index.js'
import { compareText } from '../model/compare-text.js'
import { countTactics, type LevelCounts } from './count-coverage.js'
import type { Coverage, TechniqueCoverage } from './coverage.js'

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
