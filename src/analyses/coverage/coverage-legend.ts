import type { CoverageCounts } from '../../coverage/matrix.js'
import type { CoverageState, Threshold } from '../../coverage/row-state.js'
import type { LegendEntry, ReportFact } from '../report/analysis-report.js'

/** What a state is called, coloured and explained; gaps stand out, what is mapped is pale. */
const entries: Readonly<Record<CoverageState, LegendEntry>> = {
  'mapped': { word: 'mapped', tone: 'same', meaning: 'a capability is mapped to it' },
  'below-threshold': { word: 'below threshold', tone: 'weak', meaning: 'mapped, and no score reaches the threshold' },
  'unscored': { word: 'without score', tone: 'middling', meaning: 'mapped without a known score, so no threshold can judge it' },
  'unmappable': { word: 'unmappable', tone: 'changed', meaning: 'declared to have no capability that maps to it' },
  'named': { word: 'named only', tone: 'added', meaning: 'in rows that neither map it nor declare it unmappable' },
  'not-mentioned': { word: 'not mentioned', tone: 'removed', meaning: 'in no row' },
}

/** The word of a technique's state, for tables and layers. */
export function stateWord(state: CoverageState): string {
  return entries[state].word
}

/** The states that techniques are in, as words of a legend. */
export function listStates(used: Iterable<CoverageState>): readonly LegendEntry[] {
  const states = new Set(used)
  return Object.entries(entries).filter(([state]) => [...states].some((one) => one === state)).map(([, entry]) => entry)
}

/** Of a layer only: a technique that is not mentioned, while sub-techniques of it are mapped. */
export const throughSubTechniques: LegendEntry = {
  word: 'only through sub-techniques', tone: 'attention', meaning: 'not mentioned itself; sub-techniques of it are mapped',
}

/** Counts with their labels: those that no technique can be in, or that none is in and hardly ever one is, are left out. */
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
    { label: 'Not mapped, while sub-techniques are', value: counts.onlyThroughSubTechniques },
  ]
}
