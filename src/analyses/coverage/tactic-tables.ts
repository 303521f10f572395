import { countCoverage, countTactics, type CoverageCounts, type LevelCounts, nameTactic } from '../../coverage/matrix.js'
import { type CoverageScopes, listScopes } from '../../coverage/unite-coverage.js'
import { type ColumnOf, createReportTable, type ReportTable } from '../../model/report-table.js'
import { countColumns, type CountColumnsPlan, shareColumns } from './count-columns.js'

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
