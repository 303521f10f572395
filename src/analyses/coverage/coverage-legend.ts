import type { LegendEntry } from '../../reports/analysis-report.js'
import type { CoverageState } from '../../coverage/coverage-state.js'

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
