import type { TechniqueCoverage } from '../../coverage/coverage.js'
import { countCoverage } from '../../coverage/matrix.js'
import { listBestScores } from '../../coverage/row-state.js'
import type { CoverageScope } from '../../coverage/unite-coverage.js'
import { capitalise } from '../../emitters/navigator/layer.js'
import { frameworkTitle, setTitle } from '../../emitters/table/set-facts.js'
import { artifactBaseName } from '../../model/mapping-set.js'
import type { LayerCell, ReportLayer } from '../report/report-layer.js'
import { coverageFacts, listStates, stateWord, throughSubTechniques } from './coverage-legend.js'

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
