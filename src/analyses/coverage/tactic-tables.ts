import { countCoverage, countTactics, type CoverageCounts, type LevelCounts, nameTactic } from '../../coverage/matrix.js'
import { type CoverageScopes, listScopes } from '../../coverage/unite-coverage.js'
import { type ColumnOf, createReportTable, type ReportTable } from '../report/analysis-report.js'
import { countColumns, type CountColumnsPlan, shareColumns } from './count-columns.js'

interface TacticLine {
  readonly label: string
  /** ATT&CK's id; blank for the total and for techniques that stand in no tactic. */
  readonly id: string | undefined
  readonly tactic: string
  readonly counts: LevelCounts
}

const tacticColumns: readonly ColumnOf<TacticLine>[] = [
  { key: 'tactic_id', title: 'Tactic id', kind: 'id', only: 'files', holds: 'Blank for the total', cell: ({ id }) => id },
  { key: 'tactic', title: 'Tactic', kind: 'id', cell: ({ tactic }) => tactic },
]
const labelColumn: ColumnOf<TacticLine> = { key: 'set', title: 'Set', kind: 'id', cell: ({ label }) => label }

/**
 * Per tactic, in the order of the matrix, how many techniques are in each state: sub-techniques and their parents together, then
 * apart. Of several sets, terminals have the tables that put them side by side instead.
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

const levelsAbout = 'Counted apart. A technique is not covered by its sub-techniques: "Through subs" counts those that are not '
  + 'mapped themselves while a sub-technique of theirs is.'

const onlyThroughColumn: ColumnOf<TacticLine> = {
  key: 'only_through_sub_techniques', title: 'Only through sub-techniques', kind: 'number', only: 'files',
  holds: 'Techniques that are not mapped, while one or more of their sub-techniques are; they are counted in their own state too',
  cell: ({ counts }) => counts.all.onlyThroughSubTechniques,
}

/** A level in files; on a terminal "5 of 12" and the share say as much in less room. */
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

/** Blank where there is nothing to map. */
function describePart({ mapped, attack }: CoverageCounts): string | undefined {
  return attack === 0 ? undefined : `${mapped} of ${attack}`
}
