import { explainMatch, releaseName } from '../../attack/attack-index.js'
import { againstFacts, againstLegend, againstTables } from '../../coverage/against-table.js'
import { type Against, coverAgainst } from '../../coverage/cover-against.js'
import type { Coverage, SetCoverage, TechniqueCoverage } from '../../coverage/coverage.js'
import { countCoverage, countTactics, type CoverageCounts, type LevelCounts, nameTactic } from '../../coverage/matrix.js'
import { type CoverageScopes, listScopes } from '../../coverage/unite-coverage.js'
import { countNoun } from '../../diagnostics/counts-in-words.js'
import { capitalise } from '../../emitters/navigator/layer.js'
import { frameworkTitle } from '../../emitters/table/set-facts.js'
import { once } from '../../model/lookups.js'
import { artifactBaseName } from '../../model/mapping-set.js'
import { type ColumnOf, createReportTable, type ReportTable } from '../../model/report-table.js'
import { addToList } from '../../model/stated.js'
import { compareText } from '../../model/text.js'
import { type AnalysisReport, describeSetHead, listDocuments, type ReportFact } from '../report/analysis-report.js'
import { againstDocument } from './against-document.js'
import { countColumns, type CountColumnsPlan, shareColumns } from './count-columns.js'
import { countGroups } from './count-groups.js'
import { countScores, detailTables } from './detail-tables.js'
import { coverageFacts, listStates } from './coverage-layer.js'
import { sideBySideTables } from './side-by-side-tables.js'

/**
 * Reports the coverage of one or more mapping sets; several sets side by side, and those of a domain also together. `against`: also what of
 * adversaries' techniques is covered.
 */
export function coverageReport(scopes: CoverageScopes, against?: Against): AnalysisReport {
  const { sets } = scopes
  const [only] = sets
  const single = sets.length === 1 ? only : undefined
  const all = listScopes(scopes).flatMap(({ coverage }) => coverage.techniques)
  const hasThreshold = only?.threshold !== undefined
  const plan = { hasThreshold, used: new Set(all.map(({ state }) => state)) }
  const adversaries = against ? coverAgainst(scopes, against) : []
  const document = once(() => ({ ...coverageDocument(scopes), ...(against && { against: againstDocument(adversaries, against) }) }))
  const date = sets.flatMap(({ set }) => set.about.modified ?? []).toSorted(compareText).at(-1)
  return {
    kind: 'coverage',
    baseName: single ? artifactBaseName(single.set) : 'all',
    title: single
      ? `Coverage of ${releaseName(single.release)} by ${frameworkTitle(single.set)}`
      : `Coverage of ATT&CK by ${sets.length} mapping sets`,
    about: explain(scopes),
    counts: [...againstFacts(adversaries), ...(single ? coverageFacts(countCoverage(single.techniques).all, single.threshold) : [])],
    facts: single ? documentFacts(single) : [],
    legend: [...againstLegend(adversaries), ...listStates(all.map(({ state }) => state))],
    tables: [...againstTables(adversaries), ...sideBySideTables(scopes, plan), ...tacticTables(scopes, plan), ...detailTables(scopes)],
    ...(date !== undefined && { date }),
    schema: 'coverage',
    get value() { return document() },
  }
}

function documentFacts({ set }: SetCoverage): readonly ReportFact[] {
  return [{ label: 'Documents', value: listDocuments(set) }]
}

/** Sentences that explain the numbers. */
function explain({ sets, unions }: CoverageScopes): readonly string[] {
  const threshold = sets[0]?.threshold
  const differ = unions.some(({ of }) => new Set(of.map(({ release }) => release.version)).size > 1)
  return [
    'Only active techniques count. A technique in several tactics counts in each of them, but once in totals.',
    ...(threshold === undefined ? [] : [
      `A technique counts as mapped if a row scores it ${threshold} or better; techniques whose rows have no known score are `
        + 'counted separately.',
    ]),
    ...explainReleases(sets),
    ...(differ ? [
      'The sets refer to different ATT&CK releases: each is counted against its own, and all together against the techniques '
        + 'of any of these releases.',
    ] : []),
  ]
}

/** A sentence for each reason why sets are counted against a release other than the one that they refer to. */
function explainReleases(sets: readonly SetCoverage[]): readonly string[] {
  const labels = new Map<string, string[]>()
  for (const { label, set, release, outside } of sets) {
    const stated = set.attack.version
    if (stated !== undefined && release.match === 'exact') continue
    const reason = stated === undefined
      ? `the ATT&CK release is not stated; counted against ${releaseName(release)}, the newest that is available.`
      : `ATT&CK ${stated} ${release.stated === undefined ? 'is not available' : explainMatch(release)}; counted against ${releaseName(release)}.`
        + describeNotInIndex(outside)
    addToList(labels, reason, label)
  }
  return Array.from(labels, ([reason, concerned]) =>
    (sets.length > 1 ? `${concerned.join(', ')}: ${reason}` : capitalise(reason)))
}

function describeNotInIndex(outside: SetCoverage['outside']): string {
  const newer = outside.filter(({ reason }) => reason === 'not-in-index')
  const rows = newer.reduce((sum, technique) => sum + technique.rows, 0)
  return newer.length === 0 ? '' : ` Not in the index, and not counted: ${countNoun(newer.length, 'technique')} in ${countNoun(rows, 'row')}.`
}

/** Coverage as JSON: schemas/coverage.schema.json. */
function coverageDocument({ sets, unions }: CoverageScopes): object {
  const threshold = sets[0]?.threshold
  return {
    kind: 'coverage',
    ...(threshold !== undefined && { threshold }),
    sets: sets.map((coverage) => ({
      label: coverage.label,
      set: describeSetHead(coverage.set),
      countedAgainst: describeRelease(coverage.release),
      ...describeCoverage(coverage),
      groups: countGroups(coverage),
      scores: countScores(coverage),
      notCounted: coverage.outside,
      techniques: coverage.techniques.map(describeTechnique),
    })),
    unions: unions.map((coverage) => ({
      domain: coverage.domain,
      of: coverage.of.map(({ label }) => label),
      countedAgainst: coverage.of.map(({ release }) => describeRelease(release)),
      ...describeCoverage(coverage),
      techniques: coverage.techniques.map(describeTechnique),
    })),
  }
}

function describeRelease({ domain, version, match }: { domain: string; version: string; match: string }): object {
  return { domain, version, match }
}

function describeCoverage(coverage: Coverage): object {
  return {
    counts: countCoverage(coverage.techniques),
    tactics: countTactics(coverage).map(({ tactic, counts }) => ({
      ...(tactic && {
        id: tactic.id, shortname: tactic.shortname, name: tactic.name, ...(tactic.deprecated && { deprecated: true }),
      }),
      counts,
    })),
  }
}

function describeTechnique(technique: TechniqueCoverage): object {
  const { id, name, tactics, state, onlyThroughSubTechniques, rows, capabilities, best } = technique
  return {
    id, name, tactics, state, rows,
    ...(onlyThroughSubTechniques && { onlyThroughSubTechniques }),
    ...(capabilities.length > 0 && { capabilities }),
    ...(best.size > 0 && { bestScores: Array.from(best, ([category, value]) => ({ category, value })) }),
  }
}

interface TacticLine {
  readonly label: string
  /** ATT&CK's id; undefined for the total and for techniques without a tactic. */
  readonly id: string | undefined
  readonly tactic: string
  readonly counts: LevelCounts
}

const tacticColumns: readonly ColumnOf<TacticLine>[] = [
  { key: 'tactic_id', title: 'Tactic id', kind: 'id', only: 'files', content: 'Blank for the total', cell: ({ id }) => id },
  { key: 'tactic', title: 'Tactic', kind: 'id', cell: ({ tactic }) => tactic },
]
const labelColumn: ColumnOf<TacticLine> = { key: 'set', title: 'Set', kind: 'id', cell: ({ label }) => label }

/**
 * Counts of techniques by state for each tactic, in matrix order: techniques and sub-techniques together, then separately. With
 * several sets, terminals show the side-by-side tables instead.
 */
function tacticTables(scopes: CoverageScopes, plan: CountColumnsPlan): readonly ReportTable[] {
  const isSeveral = scopes.sets.length > 1
  const lines = listScopes(scopes).flatMap(({ label, coverage }): readonly TacticLine[] => [
    ...countTactics(coverage).map(({ tactic, counts }) => ({ label, id: tactic?.id, tactic: nameTactic(tactic), counts })),
    { label, id: undefined, tactic: 'All tactics', counts: countCoverage(coverage.techniques) },
  ])
  const shared = isSeveral ? [labelColumn] : []
  const head = { uncounted: true, ...(isSeveral && { only: 'files' as const }) } as const
  return [
    createReportTable({ ...head, name: 'tactics', title: 'Tactics', about: 'Techniques and sub-techniques together.' }, lines, [
      ...shared, ...tacticColumns, ...countColumns('all', plan, { key: '', title: '' }), onlyThroughColumn,
    ]),
    createReportTable({ ...head, name: 'levels', title: 'Techniques and sub-techniques', about: levelsAbout }, lines, [
      ...shared, ...tacticColumns,
      ...levelColumns('techniques', 'Techniques', plan), ...levelColumns('subTechniques', 'Sub-techniques', plan),
      { ...onlyThroughColumn, only: 'text', title: 'Through subs' },
    ]),
  ]
}

const levelsAbout = 'Counted separately. Mapped sub-techniques do not cover their technique: "Through subs" counts techniques that are '
  + 'not mapped, but have a mapped sub-technique.'

const onlyThroughColumn: ColumnOf<TacticLine> = {
  key: 'only_through_sub_techniques', title: 'Only through sub-techniques', kind: 'number', only: 'files',
  content: 'Techniques that are not mapped, but have a mapped sub-technique; their own state counts them too',
  cell: ({ counts }) => counts.all.onlyThroughSubTechniques,
}

/** The columns of a level in files; on terminals, "5 of 12" and the share, which need less room. */
function levelColumns(
  level: 'techniques' | 'subTechniques', title: string, plan: CountColumnsPlan,
): readonly ColumnOf<TacticLine>[] {
  const key = level === 'techniques' ? 'techniques_' : 'sub_techniques_'
  return [
    ...countColumns(level, plan, { key, title: `${title}: ` }).filter(({ only }) => only !== 'text')
      .map((column): ColumnOf<TacticLine> => ({ ...column, only: 'files' })),
    { key: `${key}mapped_of`, title, kind: 'number', only: 'text', cell: ({ counts }) => describePart(counts[level]) },
    ...shareColumns(({ counts }: TacticLine) => counts[level], { key: `${key}part`, title })
      .filter(({ only }) => only === 'text'),
  ]
}

/** Blank if there is nothing to map. */
function describePart({ mapped, attack }: CoverageCounts): string | undefined {
  return attack === 0 ? undefined : `${mapped} of ${attack}`
}
