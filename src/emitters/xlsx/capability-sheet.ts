import { compareText } from '../../model/text.js'
import type { Capability, ResolvedSet } from '../../model/mapping-set.js'
import type { CellTexts } from '../table/cell-text.js'
import { frameworkTitle } from '../table/set-facts.js'
import { type CapabilitySummary, summariseCapabilities } from '../table/summaries.js'
import { uniqueLabels } from '../table/table-rows.js'
import { dropBlankColumns, scoreCells, scoreColumns } from './sheet-columns.js'
import type { CellValue, TableSheet, WorkbookColumn } from './workbook.js'

/** Columns that are left out where no row needs them. */
const optional = [
  ...scoreColumns.map(({ title }) => title),
  'Framework',
  'Description',
  'Group',
  'Remark',
  'Why it maps to nothing',
]

const columns: readonly WorkbookColumn[] = [
  { title: 'Capability', width: 26, format: 'wrapped' },
  { title: 'Name', width: 36, format: 'wrapped' },
  { title: 'Framework', width: 22, format: 'wrapped' },
  { title: 'Description', width: 50, format: 'wrapped' },
  { title: 'Group', width: 34, format: 'wrapped' },
  { title: 'Techniques', width: 12, format: 'count' },
  { title: 'Rows', width: 8, format: 'count' },
  ...scoreColumns,
  { title: 'Technique ids', width: 70, format: 'wrapped' },
  { title: 'Remark', width: 20, format: 'wrapped' },
  { title: 'Why it maps to nothing', width: 60, format: 'wrapped' },
]

type Clean = (text: string | undefined) => CellValue

/**
 * One row a capability: its group, how many techniques it bears on and which, its best scores, and why it maps to nothing if so.
 */
export function capabilitySheet(sets: readonly ResolvedSet[], texts: CellTexts): TableSheet {
  const clean: Clean = (text) => (text ? texts.clean(text, 'By capability') : null)
  const sheet: TableSheet = {
    layout: 'table',
    name: 'By capability',
    table: 'ByCapability',
    columns,
    frozenColumns: 1,
    paper: 'a4',
    mostLines: 12,
    rows: sets.flatMap((set) => setRows(set, sets.length > 1 ? frameworkTitle(set) : undefined, clean)),
  }
  return dropBlankColumns(sheet, optional)
}

function setRows(set: ResolvedSet, framework: string | undefined, clean: Clean): readonly (readonly CellValue[])[] {
  const groups = uniqueLabels(set.groups)
  return summariseCapabilities(set).map((summary) => capabilityCells(summary, framework, groups, clean))
}

function capabilityCells(
  { capability, techniques, rows, best, remark, comments }: CapabilitySummary,
  framework: string | undefined,
  groups: ReadonlyMap<string, string>,
  clean: Clean,
): readonly CellValue[] {
  const unmapped = techniques.size === 0
  return [
    clean(capability.id),
    clean(capability.name),
    clean(framework),
    clean(capability.description),
    clean(groupNames(capability, groups)),
    techniques.size,
    rows,
    ...scoreCells(best, clean),
    clean([...techniques].toSorted(compareText).join(', ')),
    clean(unmapped ? remark : undefined),
    clean(unmapped ? [...comments].join('\n') : undefined),
  ]
}

function groupNames({ groups }: Capability, labels: ReadonlyMap<string, string>): string {
  return groups.map((group) => labels.get(group) ?? group).join('\n')
}
