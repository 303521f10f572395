import { listBestScores } from '../../coverage/best-scores.js'
import type { TechniqueCoverage } from '../../coverage/coverage.js'
import { countNoun } from '../../diagnostics/count-noun.js'

/** All that a cell tells, in words: "T1190 Exploit Public-Facing Application: 2 capabilities; detect: partial". */
export function describeTechnique(technique: TechniqueCoverage, name: string, hidden: number): string {
  const { id, state, capabilities } = technique
  // Categories other than CTID's could be any text, of any length.
  const scores = listBestScores(technique.best).filter((score) => knownScore.test(score))
  const parts = [
    state === 'mapped' ? [countNoun(capabilities.length, 'capability'), ...scores].join('; ') : stateNames[state],
    ...(hidden > 0 ? [`${countNoun(hidden, 'sub-technique')} mapped`] : []),
  ]
  return `${id} ${name}: ${parts.join('; ')}`
}

const knownScore = /^(?:protect|detect|respond): (?:minimal|partial|significant)$/

/** Without a threshold, none is below it or waits for a score. */
const stateNames: Readonly<Record<Exclude<TechniqueCoverage['state'], 'mapped'>, string>> = {
  'below-threshold': 'not mapped',
  'unscored': 'not mapped',
  'unmappable': 'declared unmappable',
  'named': 'not mapped',
  'not-mentioned': 'not mapped',
}
