import type { SetCoverage } from '../../coverage/coverage.js'
import { countTactics, nameTactic } from '../../coverage/matrix.js'
import { listBestScores, type NoCellReason } from '../../coverage/row-state.js'
import { type CoverageScopes, listScopes } from '../../coverage/unite-coverage.js'
import { createPairMap } from '../../model/lookups.js'
import { type ColumnOf, createReportTable, type ReportTable } from '../../model/report-table.js'
import { compareText } from '../../model/text.js'
import { scoreCategories, scoreRank } from '../../model/vocabulary.js'
import { shareColumns } from './count-columns.js'
import { countGroups, type GroupCoverage } from './count-groups.js'
import { stateWord } from './coverage-layer.js'

/** A table entry and the label of its set. */
interface Of<Item> {
  readonly label: string
  readonly item: Item
}

/** The tables of groups, scores, uncounted techniques, gaps and techniques. With several sets, each row has its set's label. */
export function detailTables(scopes: CoverageScopes): readonly ReportTable[] {
  const labelColumn: ColumnOf<Of<unknown>> = { key: 'set', title: 'Set', kind: 'id', cell: ({ label }) => label }
  const shared = scopes.sets.length > 1 ? [labelColumn] : []
  return [
    groupTable(scopes, shared),
    scoreTable(scopes, shared),
    outsideTable(scopes, shared),
    gapTable(scopes, shared),
    techniqueTable(scopes, shared),
  ]
}

interface GroupLine extends Of<GroupCoverage> {
  /** Active techniques of the set's release. */
  readonly attack: number
}

type Shared = readonly ColumnOf<Of<unknown>>[]

function groupTable({ sets }: CoverageScopes, shared: Shared): ReportTable {
  const items = sets.flatMap((coverage): readonly GroupLine[] => countGroups(coverage).map((item) =>
    ({ label: coverage.label, attack: coverage.techniques.length, item })))
  const about = 'How many capabilities of each group are mapped, and to how many techniques and sub-techniques.'
  return createReportTable({ name: 'groups', title: 'Capability groups', about }, items, [
    ...shared,
    { key: 'group_id', title: 'Group id', kind: 'id', only: 'files', content: 'Blank: without a group', cell: ({ item }) => item.id },
    { key: 'group', title: 'Group', kind: 'text', cell: ({ item }) => item.name ?? item.id ?? 'No group' },
    {
      key: 'capabilities_mapped_of', title: 'Capabilities', kind: 'number', only: 'text',
      cell: ({ item }) => `${item.mappedCapabilities} of ${item.capabilities}`,
    },
    { key: 'capabilities', title: 'Capabilities', kind: 'number', only: 'files', cell: ({ item }) => item.capabilities },
    {
      key: 'mapped_capabilities', title: 'Mapped', kind: 'number', only: 'files',
      content: 'Of these, those with a counted row',
      cell: ({ item }) => item.mappedCapabilities,
    },
    {
      key: 'rows', title: 'Rows', kind: 'number', content: 'Counted rows: they map to an active technique',
      cell: ({ item }) => item.rows,
    },
    {
      key: 'all_techniques', title: 'Techniques', kind: 'number', only: 'text',
      cell: ({ item }) => item.techniques + item.subTechniques,
    },
    {
      key: 'techniques', title: 'Techniques', kind: 'number', only: 'files', content: 'Without sub-techniques, each once',
      cell: ({ item }) => item.techniques,
    },
    {
      key: 'sub_techniques', title: 'Sub-techniques', kind: 'number', only: 'files',
      cell: ({ item }) => item.subTechniques,
    },
    ...shareColumns(({ attack, item }: GroupLine) => ({ mapped: item.techniques + item.subTechniques, attack }), {
      key: 'covered', title: 'Covered',
    }),
  ])
}

function scoreTable({ sets }: CoverageScopes, shared: Shared): ReportTable {
  const items = sets.flatMap((coverage) => countScores(coverage).map((item) => ({ label: coverage.label, item })))
  const about = 'All mappings to active techniques, regardless of the threshold. "Best for": techniques without a better value.'
  return createReportTable({ name: 'scores', title: 'Scores', about }, items, [
    ...shared,
    { key: 'category', title: 'Category', kind: 'id', content: 'Blank: not stated', cell: ({ item }) => item.category },
    {
      key: 'value', title: 'Value', kind: 'id', content: 'Blank: not stated',
      cell: ({ item }) => item.value ?? (item.category === undefined ? 'no score' : undefined),
    },
    { key: 'rows', title: 'Rows', kind: 'number', cell: ({ item }) => item.rows },
    {
      key: 'techniques', title: 'Techniques', kind: 'number', content: 'With such a row, including sub-techniques',
      cell: ({ item }) => item.techniques,
    },
    {
      key: 'best', title: 'Best for', kind: 'number', content: 'Of these, those without a better value in this category',
      cell: ({ item }) => item.best,
    },
  ])
}

function outsideTable({ sets }: CoverageScopes, shared: Shared): ReportTable {
  const items = sets.flatMap(({ label, outside, release }) => outside.map((item) => ({ label, release, item })))
  const about = 'Techniques in rows that are not active in the ATT&CK release.'
  return createReportTable({ name: 'not-counted', title: 'Not counted', about }, items, [
    ...shared,
    { key: 'attack_object_id', title: 'Technique', kind: 'id', cell: ({ item }) => item.id },
    { key: 'name', title: 'Name', kind: 'text', cell: ({ item }) => item.name },
    { key: 'reason', title: 'Why', kind: 'id', cell: ({ item, release }) => describeReason(item.reason, release.version) },
    { key: 'rows', title: 'Rows', kind: 'number', cell: ({ item }) => item.rows },
  ])
}

function describeReason(reason: NoCellReason, version: string): string {
  return reason === 'not-in-index' ? `not in the index (looked up in ${version})` : `${reason} in ${version}`
}

function gapTable(scopes: CoverageScopes, shared: Shared): ReportTable {
  const byTactic = listScopes(scopes).flatMap(({ label, coverage }) =>
    countTactics(coverage).map(({ tactic, techniques }) => ({ label, tactic, techniques })))
  const items = byTactic.flatMap(({ label, tactic, techniques }) =>
    techniques.filter(({ state }) => state === 'not-mentioned').map((item) => ({ label, tactic, item })))
  const about = 'Techniques that are not mentioned, by tactic. A technique in several tactics is listed in each.'
  return createReportTable({ name: 'gaps', title: 'Gaps', about, only: 'files' }, items, [
    ...shared,
    { key: 'tactic', title: 'Tactic', kind: 'id', cell: ({ tactic }) => nameTactic(tactic) },
    { key: 'attack_object_id', title: 'Technique', kind: 'id', cell: ({ item }) => item.id },
    { key: 'name', title: 'Name', kind: 'text', cell: ({ item }) => item.name },
    {
      key: 'only_through_sub_techniques', title: 'Through sub-techniques', kind: 'id',
      content: 'Yes: some of its sub-techniques are mapped',
      cell: ({ item }) => (item.onlyThroughSubTechniques ? 'yes' : null),
    },
  ])
}

function techniqueTable(scopes: CoverageScopes, shared: Shared): ReportTable {
  const items = listScopes(scopes).flatMap(({ label, coverage }) => {
    const names = new Map(coverage.tactics.map((tactic) => [tactic.shortname, nameTactic(tactic)]))
    return coverage.techniques.map((item) => ({ label, names, item }))
  })
  const head = { name: 'techniques', title: 'Techniques', about: 'Every active technique, once.', only: 'files' } as const
  return createReportTable(head, items, [
    ...shared,
    { key: 'state', title: 'State', kind: 'change', cell: ({ item }) => stateWord(item.state) },
    { key: 'attack_object_id', title: 'Technique', kind: 'id', cell: ({ item }) => item.id },
    { key: 'name', title: 'Name', kind: 'text', cell: ({ item }) => item.name },
    { key: 'level', title: 'Level', kind: 'id', cell: ({ item }) => (item.isSubTechnique ? 'sub-technique' : 'technique') },
    {
      key: 'tactics', title: 'Tactics', kind: 'text',
      cell: ({ item, names }) => item.tactics.map((one) => names.get(one) ?? one).join('; '),
    },
    {
      key: 'only_through_sub_techniques', title: 'Through sub-techniques', kind: 'id',
      content: 'Yes: not mapped, but some of its sub-techniques are',
      cell: ({ item }) => (item.onlyThroughSubTechniques ? 'yes' : null),
    },
    {
      key: 'rows', title: 'Rows', kind: 'number', content: 'Rows that map to it, regardless of their scores',
      cell: ({ item }) => item.rows,
    },
    { key: 'best_scores', title: 'Best scores', kind: 'text', cell: ({ item }) => listBestScores(item.best).join('; ') },
    { key: 'capabilities', title: 'Capabilities', kind: 'text', cell: ({ item }) => item.capabilities.join('; ') },
  ])
}

/** The mappings with a score, regardless of the threshold. */
interface ScoreCoverage {
  /** Category and value are absent for rows without a score. */
  readonly category?: string
  readonly value?: string
  readonly rows: number
  /** Active techniques with such a row, each once. */
  readonly techniques: number
  /** Of these, those for which it is the best value in its category; these add up to the techniques of the category. */
  readonly best: number
}

interface Tally {
  readonly category?: string
  readonly value?: string
  readonly techniques: Set<string>
  rows: number
}

/** Counts the scores of rows that map to active techniques: by category in the usual order, strongest values first. */
export function countScores({ set, techniques }: SetCoverage): readonly ScoreCoverage[] {
  const active = new Map(techniques.map((technique) => [technique.id, technique]))
  const tallies = createPairMap<string | undefined, string | undefined, Tally>()
  for (const row of set.mappings) {
    if (row.kind !== 'mapped' || row.status === 'non_mappable' || !active.has(row.technique.id)) continue
    const { category, value } = row.score ?? {}
    const tally = tallies.get(category, value) ?? tallies.add(category, value, {
      techniques: new Set<string>(), rows: 0, ...(category !== undefined && { category }), ...(value !== undefined && { value }),
    })
    tally.rows += 1
    tally.techniques.add(row.technique.id)
  }
  return tallies.values.map(({ techniques: found, rows, ...score }): ScoreCoverage => {
    const { category, value } = score
    const best = [...found].filter((id) => category === undefined || active.get(id)?.best.get(category) === value)
    return { ...score, rows, techniques: found.size, best: best.length }
  }).toSorted(compareScores)
}

function compareScores(a: ScoreCoverage, b: ScoreCoverage): number {
  return categoryRank(a) - categoryRank(b)
    || compareText(a.category ?? '', b.category ?? '')
    || scoreRank(b.value ?? '') - scoreRank(a.value ?? '')
    || compareText(a.value ?? '', b.value ?? '')
}

/** Known categories first, then others; scores without a category last. */
function categoryRank({ category }: ScoreCoverage): number {
  if (category === undefined) return scoreCategories.length + 1
  const rank = scoreCategories.findIndex((known) => known === category)
  return rank < 0 ? scoreCategories.length : rank
}
