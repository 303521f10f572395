import { frameworkTitle } from '../../emitters/table/set-facts.js'
import { compareText } from '../../model/text.js'
import { artifactBaseName } from '../../model/mapping-set.js'
import { tool } from '../../model/tool.js'
import { type AnalysisReport, describeSetHead, listDocuments, type ReportFact } from '../report/analysis-report.js'
import type { Bridge, BridgePair, MappedTechnique, Profile } from './bridge-sets.js'
import { derivation, pairTable, techniqueTable } from './bridge-tables.js'

/** Reports two related sets. `shown`: the pairs to list, of all that were found. */
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
      { label: 'ATT&CK release used', value: bridge.release.version },
    ],
    legend: [],
    tables: [pairTable(bridge, shown), techniqueTable(bridge, shown)],
    ...(date !== undefined && { date }),
    schema: 'bridge',
    value: bridgeDocument(bridge, shown, statement),
  }
}

function describeSide(set: Bridge['left']): string {
  return `${frameworkTitle(set)}, ATT&CK ${set.attack.version ?? 'version not stated'} (${listDocuments(set)})`
}

function releaseNote({ left, right, release }: Bridge): readonly string[] {
  const [a, b] = [left.attack.version, right.attack.version]
  if (a === b && a !== undefined) return []
  return [
    `The two sides refer to different ATT&CK releases: left ${nameRelease(a)}, right ${nameRelease(b)}. Technique ids are compared `
      + `unchanged, except that one that ATT&CK ${release.version} has revoked counts as the technique that replaced it; the affected `
      + 'pairs say so.',
  ]
}

function nameRelease(version: string | undefined): string {
  return version === undefined ? 'not stated' : `ATT&CK ${version}`
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
        left: describeTechnique(technique.id, technique.left),
        right: describeTechnique(technique.id, technique.right),
      })),
    })),
  }
}

function describeProfile({ id, name, techniques }: Profile): object {
  return { id, ...(name !== undefined && { name }), techniques: techniques.size }
}

/** `writtenAs` if a side writes an id other than the technique's current one. */
function describeTechnique(id: string, { ids, scores, weight }: MappedTechnique): object {
  const others = [...ids].filter((written) => written !== id)
  return { weight, ...(scores.length > 0 && { scores }), ...(others.length > 0 && { writtenAs: [...ids] }) }
}
