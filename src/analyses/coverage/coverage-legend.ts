import type { CoverageCounts } from '../../coverage/matrix.js'
import type { CoverageState, Threshold } from '../../coverage/row-state.js'
import type { LegendEntry } from '../../model/report-table.js'
import type { ReportFact } from '../report/analysis-report.js'

/** The legend of the states: gaps are prominent, mapped techniques pale. */
const entries: Readonly<Record<CoverageState, LegendEntry>> = {
  'mapped': { word: 'mapped', tone: 'same', meaning: 'a capability is mapped to it' },
  'below-threshold': { word: 'below threshold', tone: 'weak', meaning: 'mapped, but no score reaches the threshold' },
  'unscored': { word: 'without score', tone: 'middling', meaning: 'mapped without a known score to compare with the threshold' },
  'unmappable': { word: 'unmappable', tone: 'changed', meaning: 'declared to have no capability that maps to it' },
  'named': { word: 'named only', tone: 'added', meaning: 'in rows that neither map it nor declare it unmappable' },
  'not-mentioned': { word: 'not mentioned', tone: 'removed', meaning: 'in no row' },
}

/** The word for a technique's state, in tables and layers. */
export function stateWord(state: CoverageState): string {
  return entries[state].word
}

/** The legend entries of the states that occur. */
export function listStates(used: Iterable<CoverageState>): readonly LegendEntry[] {
  const states = new Set(used)
  return Object.entries(entries).filter(([state]) => [...states].some((one) => one === state)).map(([, entry]) => entry)
}

/** For layers only: a technique that is not mentioned, but has mapped sub-techniques. */
export const throughSubTechniques: LegendEntry = {
  word: 'only through sub-techniques', tone: 'attention', meaning: 'not mentioned, but some of its sub-techniques are mapped',
}

/** Counts with labels. Omits states that need a threshold if there is none, and the rare state `named` if its count is 0. */
export function coverageFacts(counts: CoverageCounts, threshold: Threshold | undefined): readonly ReportFact[] {
  return [
    { label: 'Techniques and sub-techniques in ATT&CK', value: counts.attack },
    { label: threshold === undefined ? 'Mapped' : `Mapped, with a score of ${threshold} or better`, value: counts.mapped },
    ...(threshold === undefined ? [] : [
      { label: `Mapped, below ${threshold}`, value: counts.belowThreshold },
      { label: 'Mapped, without a known score', value: counts.unscored },
    ]),
    { label: 'Declared unmappable', value: counts.unmappable },
    ...(counts.named === 0 ? [] : [{ label: 'Named only', value: counts.named }]),
    { label: 'Not mentioned', value: counts.notMentioned },
    { label: 'Not mapped, but sub-techniques are', value: counts.onlyThroughSubTechniques },
  ]
}
