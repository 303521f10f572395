import type { AttackIndex } from '../../attack/attack-index.js'
import { compareNaturally } from '../../model/text.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { CellTexts } from '../table/cell-text.js'
import { summariseTechniques, type TechniqueSummary } from '../table/summaries.js'
import { dropBlankColumns, scoreCells, scoreColumns } from './sheet-columns.js'
import type { CellValue, TableSheet, WorkbookColumn } from './workbook.js'

/** Columns that are left out where no row needs them. */
const optional = [...scoreColumns.map(({ title }) => title), 'Remark']

const columns: readonly WorkbookColumn[] = [
  { title: 'Technique', width: 12, format: 'text' },
  { title: 'Name', width: 34, format: 'wrapped' },
  { title: 'Tactics', width: 34, format: 'wrapped' },
  { title: 'In ATT&CK', width: 12, format: 'status' },
  { title: 'Capabilities', width: 12, format: 'count' },
  { title: 'Rows', width: 8, format: 'count' },
  ...scoreColumns,
  { title: 'Capability ids', width: 70, format: 'wrapped' },
  { title: 'Remark', width: 20, format: 'wrapped' },
  { title: 'Page', width: 48, format: 'url' },
]

type Clean = (text: string | undefined) => CellValue

/** One row a technique: its tactics, how many capabilities bear on it and which, and the best score of each category. */
export function techniqueSheet(sets: readonly ResolvedSet[], attack: AttackIndex, texts: CellTexts): TableSheet {
  const clean: Clean = (text) => (text ? texts.clean(text, 'By technique') : null)
  const sheet: TableSheet = {
    layout: 'table',
    name: 'By technique',
    table: 'ByTechnique',
    columns,
    frozenColumns: 1,
    paper: 'a4',
    mostLines: 12,
    rows: summariseTechniques(sets, attack).map((summary) => techniqueCells(summary, clean)),
  }
  return dropBlankColumns(sheet, optional)
}

function techniqueCells(
  { id, name, facts, capabilities, rows, best, remark }: TechniqueSummary,
  clean: Clean,
): readonly CellValue[] {
  return [
    clean(id),
    clean(name ?? facts.name),
    clean(facts.tactics.join('; ')),
    facts.status,
    capabilities.size,
    rows,
    ...scoreCells(best, clean),
    clean([...capabilities].toSorted(compareNaturally).join(', ')),
    clean(capabilities.size === 0 ? remark : undefined),
    clean(facts.url),
  ]
}
