import { countCoverage, countTactics, type CoverageCounts, coverageShare, type LevelCounts, nameTactic } from '../../coverage/matrix.js'
import type { CoverageState } from '../../coverage/row-state.js'
import { type CoverageScopes, listScopes } from '../../coverage/unite-coverage.js'
import { type ColumnOf, createReportTable, type ReportTable } from '../../model/report-table.js'

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
export function tacticTables(scopes: CoverageScopes, plan: CountColumnsPlan): readonly ReportTable[] {
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

/** Determines which counts are shown. */
export interface CountColumnsPlan {
  readonly hasThreshold: boolean
  /** The states that occur: terminals omit the columns of others. */
  readonly used: ReadonlySet<CoverageState>
}

/** An item with counts. */
interface Counted {
  readonly counts: LevelCounts
}

const states = {
  'techniques': 'techniques without sub-techniques',
  'subTechniques': 'sub-techniques',
  'all': 'techniques and sub-techniques',
} as const

/** Columns that count techniques of a level by state. `prefix` distinguishes the levels of a table with several. */
export function countColumns(
  level: keyof LevelCounts,
  { hasThreshold, used }: CountColumnsPlan,
  prefix: { readonly key: string; readonly title: string },
): readonly ColumnOf<Counted>[] {
  const whole = states[level]
  const column = (key: string, title: string, content: string, count: keyof CoverageCounts): ColumnOf<Counted> => ({
    key: `${prefix.key}${key}`, title: `${prefix.title}${title}`, kind: 'number', content,
    cell: ({ counts }) => counts[level][count],
  })
  const whereUsed = (state: CoverageState, found: ColumnOf<Counted>): ColumnOf<Counted> =>
    (used.has(state) ? found : { ...found, only: 'files' })
  const mappedText = hasThreshold ? 'Of these, mapped with a score that reaches the threshold' : 'Of these, mapped'
  const belowText = 'Of these, mapped, but only with scores below the threshold'
  const unscoredText = 'Of these, mapped only by rows without a known score'
  const namedText = 'Of these, in rows that neither map them nor declare them unmappable'
  return [
    column('in_attack', 'ATT&CK', `Active ${whole} of the ATT&CK release`, 'attack'),
    column('mapped', 'Mapped', mappedText, 'mapped'),
    ...shareColumns(({ counts }: Counted) => counts[level], { key: `${prefix.key}covered`, title: `${prefix.title}Covered` }),
    ...(hasThreshold ? [
      whereUsed('below-threshold', column('below_threshold', 'Below', belowText, 'belowThreshold')),
      whereUsed('unscored', column('without_score', 'No score', unscoredText, 'unscored')),
    ] : []),
    whereUsed('unmappable', column('unmappable', 'Unmappable', 'Of these, declared unmappable', 'unmappable')),
    whereUsed('named', column('named_only', 'Named only', namedText, 'named')),
    column('not_mentioned', 'Not mentioned', 'Of these, in no row', 'notMentioned'),
  ]
}

/**
 * The mapped share of something, with four fractional digits; blank if there is nothing to map. The title is short on terminals, where
 * the column is next to the mapped count.
 */
export function shareColumns<Item>(
  countsOf: (item: Item) => Pick<CoverageCounts, 'mapped' | 'attack'> | undefined,
  { key, title, short = '%' }: { readonly key: string; readonly title: string; readonly short?: string },
): readonly ColumnOf<Item>[] {
  const column = {
    key, kind: 'share', content: 'The mapped share of ATT&CK; blank if ATT&CK has none',
    cell: (item: Item) => {
      const counts = countsOf(item)
      const share = counts && coverageShare(counts)
      return share === undefined ? undefined : Math.round(share * 10_000) / 10_000
    },
  } as const
  return [{ ...column, title: short, only: 'text' }, { ...column, title, only: 'files' }]
}
