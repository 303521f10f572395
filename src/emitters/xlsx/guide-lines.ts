import { tableColumns } from '../table/table-columns.js'
import { columnNotes, type ColumnNotes } from './column-notes.js'
import type { LineDraft } from './read-me-sheet.js'
import type { GridSheet, TableSheet, WorkbookSupplement } from './workbook.js'

/** The sheets that Read me explains, beside those of a supplement. */
export interface ShownSheets {
  readonly tables: readonly TableSheet[]
  readonly matrices: readonly GridSheet[]
}

/**
 * How to read the workbook: what each sheet shows, what its reader fills in, what colours mean, and what a blank cell means in each
 * column.
 */
export function guideLines(
  { tables, matrices }: ShownSheets, filledIn: readonly LineDraft[], supplement?: WorkbookSupplement,
): readonly LineDraft[] {
  const { sheets, words } = supplement ?? { sheets: [], words: [] }
  return [
    ['blank'],
    ['heading', 'Sheets'],
    ...sheetLines,
    ...matrices.map(({ name }): LineDraft => ['line', name, matrixAbout]),
    ...tables.filter(isCoverage).map(({ name }): LineDraft => ['line', name, coverageAbout]),
    ...gapsLines,
    ...sheets.map(({ sheet, about }): LineDraft => ['line', sheet.name, about]),
    ...notesLines,
    ...filledIn,
    ['blank'],
    ...legendLines,
    ...words.map(({ word, meaning }): LineDraft => ['swatch', word, meaning]),
    ['blank'],
    ['heading', 'Columns of the sheet Mappings'],
    columnHeader,
    ...tableColumns.map(({ name, holds, blank }): LineDraft => ['line', name, holds, blank]),
    ...Object.entries(columnNotes).flatMap(([sheet, notes]) => columnLines(sheet, notes, tables)),
  ]
}

const columnHeader: LineDraft = ['header', 'Column', 'What it holds', 'What a blank cell means']

/** The notes on those columns that the sheet has; sheets of several domains have the same. */
function columnLines(sheet: string, notes: ColumnNotes, tables: readonly TableSheet[]): readonly LineDraft[] {
  const columns = tables.filter(({ name }) => name.startsWith(sheet)).flatMap((table) => table.columns)
  const titles = new Set(columns.map(({ title }) => title))
  const lines = Object.entries(notes).filter(([title]) => titles.has(title))
  return [
    ['blank'],
    ['heading', `Columns of the sheet ${sheet}`],
    columnHeader,
    ...lines.map(([title, { holds, blank }]): LineDraft => ['line', title, holds, blank]),
  ]
}

function isCoverage({ name }: TableSheet): boolean {
  return name.startsWith('Coverage')
}

const matrixAbout =
  'The ATT&CK matrix: how many capabilities are mapped to each technique, and its best score. The legend is at the top.'

const sheetLines: readonly LineDraft[] = [
  ['line', 'Mappings', 'Every row, with its place in the source documents. The same columns as the CSV file.'],
  ['line', 'By technique', 'One row a technique. Tall rows show their first lines: select a cell to read all of it.'],
  ['line', 'By capability', 'One row a capability, also those that map to nothing, with the reason where one is given.'],
]

const coverageAbout = 'Per tactic, how many techniques of ATT&CK are mapped and how many are not, as a table and as a chart.'

const gapsLines: readonly LineDraft[] = [
  ['line', 'Gaps', 'The techniques of ATT&CK that no capability is mapped to, by tactic, and why.'],
]

const notesLines: readonly LineDraft[] = [
  ['line', 'Notes', 'What was found on the way, each with its place. Look here for what was changed or could not be read.'],
]

const legendLines: readonly LineDraft[] = [
  ['heading', 'Legend'],
  ['swatch', 'minimal', 'Score values, from weakest to strongest. The word stands in every cell: the colour only repeats it.'],
  ['swatch', 'partial'],
  ['swatch', 'significant'],
  [
    'swatch',
    'revoked',
    'A technique that ATT&CK withdrew (revoked, deprecated) or does not know (unknown) in the release looked up.',
  ],
  ['swatch', 'not mentioned', 'A technique of ATT&CK that no row names.'],
  ['swatch', 'declared unmappable', 'A technique that a row declares to have no capability.'],
  ['swatch', 'named only', 'A technique whose rows neither map it nor declare it unmappable.'],
]
