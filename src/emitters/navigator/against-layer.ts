import { againstFacts, againstLegend, againstWord, listUses, nameAdversary } from '../../coverage/against-table.js'
import { type AgainstCoverage, type AgainstTechnique, coverAgainst } from '../../coverage/cover-against.js'
import { coverSet, labelSets } from '../../coverage/cover-set.js'
import { uniteCoverage } from '../../coverage/unite-coverage.js'
import { countNoun } from '../../diagnostics/counts-in-words.js'
import { artifactBaseName, type ResolvedSet } from '../../model/mapping-set.js'
import type { Artifact, EmitContext } from '../emitter.js'
import { setTitle } from '../table/set-facts.js'
import { type ReportLayer, reportLayerArtifact } from './report-layer.js'

/** A layer for each adversary of the run, beside the layers of the mappings; none without adversaries. */
export function emitAgainstLayers(sets: readonly ResolvedSet[], context: EmitContext): readonly Artifact[] {
  const { against, attack, baseName } = context
  if (!against) return []
  const covered = labelSets(sets.map((set) => ({ folder: '', set }))).map((labelled) => coverSet(labelled, attack))
  return coverAgainst({ sets: covered, unions: uniteCoverage(covered) }, against)
    .map((one): Artifact => ({ ...reportLayerArtifact({ ...againstLayer(one), baseName }, context.report), emitter: 'navigator' }))
}

/** The adversary's techniques as a layer: what is not covered is prominent. */
export function againstLayer(one: AgainstCoverage): ReportLayer {
  const { adversary, coverage, techniques } = one
  const isSet = 'set' in coverage
  const sets = isSet ? [coverage] : coverage.of
  return {
    kind: `against-${adversary.id.toLowerCase()}`,
    baseName: isSet ? artifactBaseName(coverage.set) : `all_attack-${coverage.release.version}-${coverage.domain}`,
    title: `${nameAdversary(adversary)} against ${isSet ? setTitle(coverage.set) : countNoun(sets.length, 'mapping set')}`,
    description: `Techniques that ${nameAdversary(adversary)} uses, according to ATT&CK, and whether a capability is mapped to them.`,
    release: coverage.release,
    legend: againstLegend([one]),
    cells: techniques.flatMap((used) => (coverage.release.technique(used.id)?.status === 'active'
      ? [{ id: used.id, word: againstWord(used).word, comment: [`Used: ${listUses(used.use).join('; ')}`, ...describeCapabilities(used)].join('\n') }] : [])),
    facts: [{ label: 'Mapping sets', value: sets.map(({ set }) => setTitle(set)).join('; ') }, ...againstFacts([one])],
  }
}

function describeCapabilities({ technique }: AgainstTechnique): readonly string[] {
  const { capabilities = [] } = technique ?? {}
  if (capabilities.length === 0) return []
  const more = capabilities.length > mostCapabilities ? ` and ${capabilities.length - mostCapabilities} more` : ''
  return [`Mapped: ${capabilities.slice(0, mostCapabilities).join(', ')}${more}`]
}

const mostCapabilities = 12
