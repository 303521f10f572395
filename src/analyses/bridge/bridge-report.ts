import { frameworkTitle } from '../../emitters/table/set-title.js'
import { artifactBaseName } from '../../model/artifact-base-name.js'
import { compareText } from '../../model/compare-text.js'
import type { AnalysisReport, ReportFact } from '../../reports/analysis-report.js'
import { bridgeDocument } from './bridge-document.js'
import type { Bridge, BridgePair } from './bridge-sets.js'
import { pairTable, techniqueTable } from './bridge-tables.js'
import { derivation } from './derivation.js'

/** A report on two related sets; `shown` are the pairs that were asked for, of all that were found. */
export function bridgeReport(bridge: Bridge, shown: readonly BridgePair[]): AnalysisReport {
  const { left, right } = bridge
  const statement = derivation(bridge)
  const date = [left, right].flatMap(({ about }) => about.modified ?? []).toSorted(compareText).at(-1)
  return {
    kind: 'bridge',
    baseName: `${artifactBaseName(left).split('_attack')[0]}_${artifactBaseName(right)}`,
    title: `${frameworkTitle(left)} and ${frameworkTitle(right)}, related through ATT&CK techniques`,
    about: [statement, ...releaseNote(bridge)],
    counts: countFacts(bridge, shown),
    facts: [
      { label: 'Left', value: describeSide(left) },
      { label: 'Right', value: describeSide(right) },
      { label: 'ATT&CK looked up', value: bridge.release.version },
    ],
    legend: [],
    tables: [pairTable(bridge, shown), techniqueTable(bridge, shown)],
    ...(date !== undefined && { date }),
    schema: 'bridge',
    value: bridgeDocument(bridge, shown, statement),
  }
}

function describeSide(set: Bridge['left']): string {
  const { attack, sources } = set
  const documents = sources.map(({ name }) => name).join(', ')
  return `${frameworkTitle(set)}, ATT&CK ${attack.version ?? 'version not stated'} (${documents})`
}

function releaseNote({ left, right, release }: Bridge): readonly string[] {
  const [a, b] = [left.attack.version, right.attack.version]
  if (a === b && a !== undefined) return []
  return [
    `The sides do not name the same ATT&CK release: left ${nameRelease(a)}, right ${nameRelease(b)}. Technique ids are compared `
      + `as they stand; one that ATT&CK ${release.version} has revoked counts as the technique that replaced it, which the pairs `
      + 'concerned say.',
  ]
}

function nameRelease(version: string | undefined): string {
  return version === undefined ? 'one that is not stated' : `ATT&CK ${version}`
}

function countFacts({ leftProfiles, rightProfiles, pairs }: Bridge, shown: readonly BridgePair[]): readonly ReportFact[] {
  const distinct = (list: (pair: BridgePair) => readonly string[]): number => new Set(shown.flatMap(list)).size
  return [
    { label: 'Pairs found', value: pairs.length },
    ...(shown.length < pairs.length ? [{ label: 'Pairs shown, the strongest', value: shown.length }] : []),
    { label: 'Left capabilities in them', value: `${distinct(({ left }) => [left.id])} of ${leftProfiles.size}` },
    { label: 'Right capabilities in them', value: `${distinct(({ right }) => [right.id])} of ${rightProfiles.size}` },
    { label: 'Techniques shared', value: distinct(({ techniques }) => techniques.map(({ id }) => id)) },
  ]
}
