import type { Report } from '../../diagnostics/diagnostic.js'
import { verdicts } from '../../model/vocabulary.js'
import { cellsOf, type ColumnName, columnNames, tableColumns, type TableRow } from '../table/table-columns.js'
import { createRowMeasure, type MeasuredRows, type RowMeasure } from './measure-rows.js'
import type { ColumnFormat, EntryRule, SheetRows, TableSheet, WorkbookColumn } from './workbook.js'

/**
 * A column's format, its largest width (in tables with comments, whose rows are tall, and in others, whose rows fit on one line), and
 * whether it is folded away: facts that are the same in every row, and those that are looked up rarely. The rest fits on one page.
 */
type Look = readonly [format: ColumnFormat, widthAmongComments: number, widthElsewhere: number, isFolded?: 'folded']

const looks: Readonly<Record<ColumnName, Look>> = {
  mapping_framework: ['text', 14, 14, 'folded'],
  mapping_framework_version: ['text', 15, 15, 'folded'],
  capability_group: ['wrapped', 16, 26],
  capability_id: ['wrapped', 18, 30],
  capability_description: ['wrapped', 24, 40],
  mapping_type: ['wrapped', 17, 18],
  attack_object_id: ['text', 11, 11],
  attack_object_name: ['wrapped', 22, 32],
  attack_version: ['text', 10, 10, 'folded'],
  technology_domain: ['text', 11, 11, 'folded'],
  score_category: ['text', 10, 10],
  score_value: ['score', 13, 13],
  related_score: ['text', 10, 10, 'folded'],
  references: ['url', 38, 44],
  comments: ['wrapped', 58, 58],
  organization: ['wrapped', 14, 24, 'folded'],
  creation_date: ['text', 11, 11, 'folded'],
  last_update: ['text', 11, 11, 'folded'],
  mapping_id: ['wrapped', 20, 38, 'folded'],
  attack_tactics: ['wrapped', 20, 34, 'folded'],
  attack_url: ['url', 28, 46, 'folded'],
  attack_status: ['status', 11, 11],
  source_document: ['wrapped', 22, 34],
  source_place: ['wrapped', 18, 30],
  status: ['text', 14, 14, 'folded'],
  auditor_verdict: ['input', 14, 14],
  auditor_initials: ['input', 10, 10],
  auditor_remark: ['input', 30, 36],
}

const narrowest = 9

/** Excel's limit of rows on a worksheet, without the header ("Excel specifications and limits"). */
const mostRows = 1_048_575

/**
 * The mapping table, with the columns of the CSV file under their titles in words. Columns that no row uses are folded away, too. Rows beyond
 * Excel's limit are on further sheets, "Mappings 2" and so on, which readers of the workbook take for more of the same table.
 */
export function mappingsSheets(rows: Iterable<TableRow>, { count, longest }: MeasuredRows, most = mostRows): readonly [TableSheet, ...TableSheet[]] {
  const range = createRanges(rows, count)
  const first: TableSheet = {
    layout: 'table',
    name: 'Mappings',
    table: 'Mappings',
    columns: mappingColumns(longest, count > 0),
    frozenColumns: 0,
    keyColumns: [columnAt('capability_id'), columnAt('attack_object_id')],
    paper: 'a3',
    rows: range(0, Math.min(most, count)),
  }
  const further = Array.from({ length: Math.max(0, Math.ceil(count / most) - 1) }, (_, index) => index + 2)
  return [first, ...further.map((number): TableSheet => ({
    ...first, name: `Mappings ${number}`, table: `Mappings${number}`, rows: range((number - 1) * most, Math.min(number * most, count)),
  }))]
}

/**
 * Creates the function that gives the cells of the rows from one index to another. Sheets are written one after the other, so a range goes on
 * where another one ended.
 */
function createRanges(rows: Iterable<TableRow>, count: number): (from: number, to: number) => SheetRows {
  let ended: { readonly rest: Iterator<TableRow>; readonly at: number } | undefined
  return (from, to) => ({
    length: to - from,
    *[Symbol.iterator]() {
      const rest = ended?.at === from ? ended.rest : skipRows(rows, from)
      ended = undefined
      for (let at = from; at < to; at++) {
        const next = rest.next()
        if (next.done === true) return
        yield cellsOf(next.value, null)
      }
      if (to < count) ended = { rest, at: to }
    },
  })
}

function skipRows(rows: Iterable<TableRow>, count: number): Iterator<TableRow> {
  const rest = rows[Symbol.iterator]()
  for (let skipped = 0; skipped < count; skipped++) rest.next()
  return rest
}

/** Measures the rows of the mapping table for its sheets. */
export function measureMappings(most = mostRows): RowMeasure {
  return createRowMeasure(columnNames.filter((name) => looks[name][0] === 'url'), most)
}

/** Reports that the mapping table takes several sheets. */
export function reportSplit([{ name: start }, ...further]: readonly [TableSheet, ...TableSheet[]], report: Report): void {
  const last = further.at(-1)
  if (!last) return
  report('emit/sheet-split', {
    message: `Excel allows ${mostRows + 1} rows on a worksheet: the table of ${start} continues on ${further.length === 1 ? last.name : `Mappings 2 to ${last.name}`}`,
    count: further.reduce((sum, { rows }) => sum + rows.length, 0),
  })
}

/** The columns of the table, as wide as their longest texts allow. */
function mappingColumns(lengths: readonly number[], hasRows: boolean): readonly WorkbookColumn[] {
  const commented = (lengths[columnAt('comments')] ?? 0) > 0
  return tableColumns.map(({ name, title, content }, column): WorkbookColumn => {
    const [format, amongComments, elsewhere, folded] = looks[name]
    const widest = commented ? amongComments : elsewhere
    const entry = auditorEntries[name]
    const longest = lengths[column] ?? 0
    // Cells to be filled in have their largest width from the start.
    const needed = entry ? widest : Math.min(longest + 1, widest)
    const isFolded = folded !== undefined || (longest === 0 && !entry && hasRows)
    return {
      title,
      width: Math.max(titleWidth(title), needed),
      format,
      note: `${name}: ${content}`,
      ...(entry && { entry }),
      ...((name === 'mapping_id' || name === 'source_place') && { unique: true }),
      ...(isFolded && { folded: true }),
    }
  })
}

function columnAt(wanted: ColumnName): number {
  return tableColumns.findIndex(({ name }) => name === wanted)
}

/** Wide enough for the longest word of the title, in bold and beside the filter's button. */
function titleWidth(title: string): number {
  return Math.max(narrowest, ...title.split(' ').map((word) => Math.ceil(word.length * 1.15) + 3))
}

const longestCell = 32_767

/** The cells that auditors fill in. */
const auditorEntries: { readonly [Name in ColumnName]?: EntryRule } = {
  auditor_verdict: {
    title: 'Your verdict on this row',
    message: 'Choose a word of the list; Read me says what each means. Leave the cell blank until you have reviewed the row.',
    choices: verdicts.map(({ word }) => word),
    longest: longestCell,
  },
  auditor_initials: {
    title: 'Your initials',
    message: 'They sign the verdict. At most 12 characters; Read me has room for your name.',
    longest: 12,
  },
  auditor_remark: {
    title: 'Your remark',
    message: 'What you saw, and what is to be done. It may have several lines.',
    longest: longestCell,
  },
}
