import { frameworkTitle } from '../../emitters/table/set-facts.js'
import { compareText } from '../../model/compare-text.js'
import { artifactBaseName } from '../../model/set-facts.js'
import { tool } from '../../model/tool.js'
import { type AnalysisReport, describeSetHead, type ReportFact } from '../report/analysis-report.js'
import type { Bridge, BridgePair } from './bridge-sets.js'
import { derivation, pairTable, techniqueTable } from './bridge-tables.js'
import type { Bearing, Profile } from './build-profiles.js'

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

/** A bridge as JSON: schemas/bridge.schema.json. */
function bridgeDocument(bridge: Bridge, shown: readonly BridgePair[], statement: string): object {
  return {
    kind: 'bridge',
    derived: { by: tool, statement },
    left: describeSetHead(bridge.left),
    right: describeSetHead(bridge.right),
    attackVersion: bridge.release.version,
    pairsFound: bridge.pairs.length,
    pairs: shown.map(({ left, right, strength, leftShare, rightShare, techniques }) => ({
      left: describeProfile(left),
      right: describeProfile(right),
      strength,
      leftShare,
      rightShare,
      techniques: techniques.map((technique) => ({
        id: technique.id,
        left: describeBearing(technique.id, technique.left),
        right: describeBearing(technique.id, technique.right),
      })),
    })),
  }
}

function describeProfile({ id, name, bearings }: Profile): object {
  return { id, ...(name !== undefined && { name }), techniques: bearings.size }
}

/** `writtenAs` where a side writes another id than the technique has now. */
function describeBearing(id: string, { ids, scores, weight }: Bearing): object {
  const others = [...ids].filter((written) => written !== id)
  return { weight, ...(scores.length > 0 && { scores }), ...(others.length > 0 && { writtenAs: [...ids] }) }
}
