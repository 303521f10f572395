import { titleVersion } from '../../attack/attack-index.js'
import type { Report } from '../../diagnostics/diagnostic.js'
import { frameworkTitle, setTitle } from '../../emitters/table/set-facts.js'
import { once } from '../../model/lookups.js'
import { artifactBaseName } from '../../model/mapping-set.js'
import type { Score } from '../../model/mapping.js'
import { type ColumnOf, createReportTable, type ReportTable } from '../../model/report-table.js'
import { compareText } from '../../model/text.js'
import { tool } from '../../model/tool.js'
import { scoreRank } from '../../model/vocabulary.js'
import { type AnalysisReport, describeSetHead, listDocuments, type ReportFact } from '../report/analysis-report.js'
import type { Bridge, BridgePair, SharedTechnique } from './bridge-sets.js'
import type { MappedTechnique, Profile } from './profiles.js'

/** Reports two related sets. `shown`: the pairs to list, of all that were found. */
export function bridgeReport(bridge: Bridge, shown: readonly BridgePair[]): AnalysisReport {
  const { left, right } = bridge
  const statement = derivation(bridge)
  const document = once(() => bridgeDocument(bridge, shown, statement))
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
      { label: 'ATT&CK release used', value: titleVersion(bridge.release) },
    ],
    legend: [],
    tables: [pairTable(bridge, shown), techniqueTable(bridge, shown)],
    ...(date !== undefined && { date }),
    schema: 'bridge',
    get value() { return document() },
  }
}

/** More than any reader or program that reads reports copes with. */
const mostListed = 500_000

/**
 * The pairs that a report lists: the strongest, at most `limit`, and as many as share half a million techniques together. Reports
 * `bridge/pairs-left-out` if these are fewer than were asked for.
 */
export function choosePairs({ pairs, found }: Bridge, limit: number | undefined, report: Report): readonly BridgePair[] {
  const wanted = Math.min(limit ?? found, found)
  let [listed, end] = [0, 0]
  // One pair is listed whatever it shares.
  for (const { shared } of pairs.slice(0, wanted)) {
    listed += shared
    if (listed > mostListed && end > 0) break
    end += 1
  }
  if (end < wanted) {
    report('bridge/pairs-left-out', { count: wanted - end, found: `${wanted} pairs`, expected: `pairs that share at most ${mostListed} techniques together` })
  }
  return pairs.slice(0, end)
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

function countFacts({ leftProfiles, rightProfiles, found }: Bridge, shown: readonly BridgePair[]): readonly ReportFact[] {
  const techniques = new Set<string>()
  for (const pair of shown) for (const { id } of pair.techniques) techniques.add(id)
  return [
    { label: 'Pairs found', value: found },
    ...(shown.length < found ? [{ label: 'Pairs shown, the strongest', value: shown.length }] : []),
    { label: 'Left capabilities in them', value: `${new Set(shown.map(({ left }) => left)).size} of ${leftProfiles.size}` },
    { label: 'Right capabilities in them', value: `${new Set(shown.map(({ right }) => right)).size} of ${rightProfiles.size}` },
    { label: 'Techniques shared', value: techniques.size },
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
    pairsFound: bridge.found,
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

/** The `derivation` of every row. */
const derivedMark = 'derived by Crosswalk'

/** A statement of how a bridge is derived, which every format contains. */
function derivation({ left, right }: Pick<Bridge, 'left' | 'right'>): string {
  return `Derived by Crosswalk from the mappings of ${setTitle(left)} and of ${setTitle(right)}: two capabilities are related `
    + 'if they map to the same techniques. Neither CTID nor the owners of the frameworks state these relations.'
}

const digits = 3
const noScore = 'Blank: no score stated.'

/** A row for each pair of capabilities. */
function pairTable({ left, right }: Bridge, pairs: readonly BridgePair[]): ReportTable {
  return createReportTable({
    name: 'pairs',
    title: 'Pairs',
    about: `Left is ${left.framework.name}, right is ${right.framework.name}. `
      + 'Techniques are followed by their best scores, left / right; - means none stated.',
  }, pairs, [
    {
      key: 'strength', title: 'Strength', kind: 'number', digits, cell: ({ strength }) => strength,
      content: 'From 0 to 1: the geometric mean of the two shares.',
    },
    { key: 'left_capability_id', title: 'Left', kind: 'id', cell: (pair) => pair.left.id },
    { key: 'left_capability_name', title: 'Left name', kind: 'text', only: 'files', cell: (pair) => pair.left.name },
    { key: 'right_capability_id', title: 'Right', kind: 'id', cell: (pair) => pair.right.id },
    { key: 'right_capability_name', title: 'Right name', kind: 'text', only: 'files', cell: (pair) => pair.right.name },
    {
      key: 'shared_techniques', title: 'Shared', kind: 'number', cell: ({ shared }) => shared,
      content: 'How many techniques both map to.',
    },
    {
      key: 'left_share', title: 'Left share', kind: 'number', digits, only: 'files', cell: ({ leftShare }) => leftShare,
      content: "The part of the left capability's techniques that the right one maps to, weighted by score.",
    },
    {
      key: 'right_share', title: 'Right share', kind: 'number', digits, only: 'files', cell: ({ rightShare }) => rightShare,
      content: "The part of the right capability's techniques that the left one maps to, weighted by score.",
    },
    { key: 'techniques', title: 'Techniques', kind: 'text', cell: ({ techniques }) => techniques.map(labelTechnique).join(', ') },
    {
      key: 'replaced', title: 'Revoked, compared as', kind: 'text',
      cell: ({ techniques }) => techniques.flatMap(replacements).join(', '),
      content: 'Ids that the newer ATT&CK release has revoked, and their replacements. Blank: none.',
    },
    derivedColumn,
  ])
}

function* eachTechnique(pairs: readonly BridgePair[]): Iterable<{ readonly pair: BridgePair; readonly technique: SharedTechnique }> {
  for (const pair of pairs) for (const technique of pair.techniques) yield { pair, technique }
}

/** A row for each technique of a pair, with every score of both sides. */
function techniqueTable({ release }: Bridge, pairs: readonly BridgePair[]): ReportTable {
  const about = 'One row for each technique that a pair shares.'
  const head = { name: 'techniques', title: 'Techniques', about, only: 'files' as const }
  return createReportTable(head, eachTechnique(pairs), [
    { key: 'left_capability_id', title: 'Left', kind: 'id', cell: ({ pair }) => pair.left.id },
    { key: 'right_capability_id', title: 'Right', kind: 'id', cell: ({ pair }) => pair.right.id },
    { key: 'attack_object_id', title: 'Technique', kind: 'id', cell: ({ technique }) => technique.id },
    {
      key: 'attack_object_name', title: 'Technique name', kind: 'text',
      cell: ({ technique }) => release.technique(technique.id)?.name,
    },
    {
      key: 'left_scores', title: 'Left scores', kind: 'text', cell: ({ technique }) => listScores(technique.left),
      content: noScore,
    },
    {
      key: 'right_scores', title: 'Right scores', kind: 'text', cell: ({ technique }) => listScores(technique.right),
      content: noScore,
    },
    { key: 'left_written', title: 'Left writes', kind: 'text', cell: ({ technique }) => [...technique.left.ids].join(', ') },
    { key: 'right_written', title: 'Right writes', kind: 'text', cell: ({ technique }) => [...technique.right.ids].join(', ') },
    derivedColumn,
  ])
}

const derivedColumn: ColumnOf<unknown> = {
  key: 'derivation', title: 'Derivation', kind: 'text', only: 'files', cell: () => derivedMark,
  content: 'Neither CTID nor the owners of the frameworks state these relations.',
}

function labelTechnique({ id, left, right }: SharedTechnique): string {
  if (left.scores.length + right.scores.length === 0) return id
  return `${id} (${bestScore(left)} / ${bestScore(right)})`
}

/** The strongest score value; "-" without a score. */
function bestScore({ scores }: MappedTechnique): string {
  let best: string | undefined
  for (const { value } of scores) if (value !== undefined && (best === undefined || scoreRank(value) > scoreRank(best))) best = value
  return best ?? '-'
}

function listScores({ scores }: MappedTechnique): string {
  return [...new Set(scores.map(writeScore))].join('; ')
}

function writeScore({ category, value }: Score): string {
  return [category, value].filter((part) => part !== undefined).join(' ')
}

/** "T1053.001 as T1053.002", for each id that is not the current one. */
function replacements({ id, left, right }: SharedTechnique): readonly string[] {
  return [...new Set([...left.ids, ...right.ids])].filter((written) => written !== id).map((written) => `${written} as ${id}`)
}
