import type { TechniqueCoverage } from '../../coverage/coverage.js'
import { countCoverage, type CoverageCounts } from '../../coverage/matrix.js'
import { type CoverageState, listBestScores, type Threshold } from '../../coverage/row-state.js'
import type { CoverageScope } from '../../coverage/unite-coverage.js'
import { capitalise } from '../../emitters/navigator/layer.js'
import { frameworkTitle, setTitle } from '../../emitters/table/set-facts.js'
import { artifactBaseName } from '../../model/mapping-set.js'
import type { LegendEntry } from '../../model/report-table.js'
import type { ReportFact } from '../report/analysis-report.js'
import type { LayerCell, ReportLayer } from '../../emitters/navigator/report-layer.js'

const mostCapabilities = 12

/**
 * The gaps of a set, or of several sets together, as a layer of its ATT&CK release: techniques that are not mentioned are prominent,
 * mapped ones pale. A union of several releases uses the newest of them.
 */
export function coverageLayer({ coverage }: Pick<CoverageScope, 'coverage'>): ReportLayer {
  const isSet = 'set' in coverage
  const { techniques, release } = coverage
  const sets = isSet ? [coverage] : coverage.of
  const threshold = sets[0]?.threshold
  const subject = isSet ? setTitle(coverage.set) : `${coverage.of.length} mapping sets`
  const facts = coverageFacts(countCoverage(techniques).all, threshold)
  return {
    kind: 'coverage',
    baseName: isSet ? artifactBaseName(coverage.set) : `all_attack-${release.version}-${release.domain}`,
    title: isSet ? `Gaps of ${frameworkTitle(coverage.set)}` : `Gaps of ${sets.map(({ label }) => label).join(', ')} together`,
    description: `Techniques that are mapped, declared unmappable or not mentioned: ${subject}.`
      + (isSet ? '' : ' A technique counts as mapped if any of the sets maps it.'),
    release,
    legend: [...listStates(techniques.map(({ state }) => state)), throughSubTechniques],
    // A union of several releases may have techniques that the newest no longer has; its layer omits them without a message.
    cells: techniques.filter(({ id }) => isSet || release.technique(id)?.status === 'active').map(describeCell),
    facts: [{ label: 'Mapping sets', value: sets.map(({ set }) => setTitle(set)).join('; ') }, ...facts],
  }
}

function describeCell(technique: TechniqueCoverage): LayerCell {
  const { id, state, onlyThroughSubTechniques, rows, capabilities, best } = technique
  const word = state === 'not-mentioned' && onlyThroughSubTechniques ? throughSubTechniques.word : stateWord(state)
  const shown = capabilities.slice(0, mostCapabilities)
  const more = capabilities.length > shown.length ? [`and ${capabilities.length - shown.length} more`] : []
  const counted = `${rows} ${rows === 1 ? 'row' : 'rows'}: ${[...shown, ...more].join(', ')}`
  const mapping = rows === 0 ? [] : [counted, ...listBestScores(best)]
  const through = onlyThroughSubTechniques && state !== 'not-mentioned' ? ['Some of its sub-techniques are mapped'] : []
  return { id, word, comment: [capitalise(word), ...mapping, ...through].join('\n') }
}

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
const throughSubTechniques: LegendEntry = {
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
