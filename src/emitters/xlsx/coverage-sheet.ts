import { countCoverage, countTactics, coverageShare, type LevelCounts } from '../../coverage/count-coverage.js'
import { listScopes, type CoverageScope, type CoverageScopes } from '../../coverage/coverage-scope.js'
import { nameTactic } from '../../coverage/name-tactic.js'
import { releaseName } from '../../attack/release-name.js'
import type { CellTexts } from '../table/cell-text.js'
import { shownScopes } from './shown-scopes.js'
import type { CellValue, TableChart, TableSheet, WorkbookColumn } from './workbook.js'

const columns: readonly WorkbookColumn[] = [
  { title: 'Tactic', width: 30, format: 'wrapped' },
  { title: 'In ATT&CK', width: 11, format: 'count' },
  { title: 'Mapped', width: 10, format: 'count' },
  { title: 'Share mapped', width: 26, format: 'share' },
  { title: 'Declared unmappable', width: 13, format: 'count' },
  { title: 'Named only', width: 10, format: 'count' },
  { title: 'Not mentioned', width: 12, format: 'count' },
  { title: 'Techniques', width: 13, format: 'count' },
  { title: 'Techniques mapped', width: 13, format: 'count' },
  { title: 'Sub-techniques', width: 13, format: 'count' },
  { title: 'Sub-techniques mapped', width: 14, format: 'count' },
  { title: 'Only through sub-techniques', width: 17, format: 'count' },
]
const setColumn: WorkbookColumn = { title: 'Set', width: 30, format: 'wrapped' }

/** The parts of a bar, by the titles of their columns: together they are all techniques of the tactic. */
const parts: readonly (readonly [title: string, colour: string])[] = [
  ['Mapped', '#2171b5'],
  ['Declared unmappable', '#e69f00'],
  ['Named only', '#9ecae1'],
  ['Not mentioned', '#d9d9d9'],
]

/**
 * Per tactic, how many techniques of ATT&CK are mapped, declared unmappable, only named, and not mentioned; of several sets, for each
 * and for those of a domain together. Totals count each technique once, however many tactics it stands in.
 */
export function coverageSheet(scopes: CoverageScopes, texts: CellTexts): TableSheet {
  const clean = (text: string): string => texts.clean(text, 'Coverage')
  const several = scopes.sets.length > 1
  const shown = new Set(shownScopes(scopes).map(({ coverage }) => coverage))
  const rows: (readonly CellValue[])[] = []
  const charts: TableChart[] = []
  for (const scope of listScopes(scopes)) {
    const label = several ? [clean(scope.label)] : []
    const firstRow = rows.length
    for (const { tactic, counts } of countTactics(scope.coverage)) rows.push([...label, clean(nameTactic(tactic)), ...countCells(counts)])
    if (shown.has(scope.coverage) && rows.length > firstRow) charts.push(tacticChart(scope, firstRow, rows.length - 1, several, clean))
  }
  return {
    layout: 'table',
    name: 'Coverage',
    table: 'Coverage',
    columns: several ? [setColumn, ...columns] : columns,
    frozenColumns: several ? 2 : 1,
    paper: 'a4',
    rows,
    totals: listScopes(scopes).map(({ label, coverage }) =>
      [...(several ? [clean(label)] : []), 'All, each technique once', ...countCells(countCoverage(coverage.techniques))]),
    ...(charts.length > 0 && { charts }),
  }
}

function countCells({ all, techniques, subTechniques }: LevelCounts): readonly CellValue[] {
  const share = coverageShare(all)
  return [
    all.attack,
    all.mapped,
    share === undefined ? null : Math.round(share * 10_000) / 10_000,
    all.unmappable,
    all.named,
    all.notMentioned,
    techniques.attack,
    techniques.mapped,
    subTechniques.attack,
    subTechniques.mapped,
    all.onlyThroughSubTechniques,
  ]
}

function tacticChart({ label, coverage }: CoverageScope, firstRow: number, lastRow: number, several: boolean, clean: (text: string) => string): TableChart {
  const offset = several ? 1 : 0
  return {
    title: clean(`${releaseName(coverage.release)}: techniques and sub-techniques by tactic${several ? `, ${label}` : ''}`),
    firstRow,
    lastRow,
    names: offset,
    parts: parts.map(([title, colour]) => ({ column: columns.findIndex((column) => column.title === title) + offset, colour })),
  }
}
