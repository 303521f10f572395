import { domainNames, releaseName } from '../../attack/attack-index.js'
import { countCoverage, countTactics, coverageShare, type LevelCounts, nameTactic } from '../../coverage/matrix.js'
import type { CoverageScope } from '../../coverage/unite-coverage.js'
import type { CellTexts } from '../table/cell-text.js'
import type { CellValue, TableSheet, WorkbookColumn } from './workbook.js'

const columns: readonly WorkbookColumn[] = [
  { title: 'Tactic', width: 34, format: 'wrapped' },
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

/** The parts of a bar, by the titles of their columns: together they are all techniques of the tactic. */
const parts: readonly (readonly [title: string, colour: string])[] = [
  ['Mapped', '#2171b5'],
  ['Declared unmappable', '#e69f00'],
  ['Named only', '#9ecae1'],
  ['Not mentioned', '#d9d9d9'],
]

/**
 * A sheet a domain: per tactic, how many techniques of ATT&CK are mapped, declared unmappable, only named, and not mentioned.
 * Totals count each technique once, however many tactics it stands in; below that of several sets stand those of each.
 */
export function coverageSheets(shown: readonly CoverageScope[], texts: CellTexts): readonly TableSheet[] {
  return shown.map((scope) => {
    const name = nameDomainSheet('Coverage', scope, shown)
    return coverageSheet(name, scope, (text) => texts.clean(text, name))
  })
}

function coverageSheet(name: string, { coverage }: CoverageScope, clean: (text: string) => string): TableSheet {
  const sets = 'of' in coverage ? coverage.of : []
  const all = sets.length === 0 ? 'All, each technique once' : 'All sets, each technique once'
  return {
    layout: 'table',
    name,
    table: name.replaceAll(' ', ''),
    columns,
    frozenColumns: 1,
    paper: 'a4',
    rows: countTactics(coverage).map(({ tactic, counts }) => [clean(nameTactic(tactic)), ...countCells(counts)]),
    totals: [
      [all, ...countCells(countCoverage(coverage.techniques))],
      ...sets.map(({ label, techniques }) => [clean(label), ...countCells(countCoverage(techniques))]),
    ],
    chart: {
      title: `${releaseName(coverage.release)}: techniques and sub-techniques by tactic`,
      names: 0,
      parts: parts.map(([title, colour]) => ({ column: columns.findIndex((column) => column.title === title), colour })),
    },
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

/** "Matrix", or "Matrix Mobile" where several domains are shown. */
export function nameDomainSheet(kind: string, { coverage }: CoverageScope, shown: readonly CoverageScope[]): string {
  return shown.length > 1 ? `${kind} ${domainNames[coverage.domain]}` : kind
}
