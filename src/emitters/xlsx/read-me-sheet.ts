import type { ResolvedSet } from '../../model/mapping-set.js'
import { verdicts } from '../../model/vocabulary.js'
import type { EmitContext } from '../emitter.js'
import type { CellTexts } from '../table/cell-text.js'
import { mappingIds } from '../table/mapping-ids.js'
import { aboutFacts, countFacts, countSets, setsTitle, setTitle } from '../table/set-facts.js'
import { tableColumns } from '../table/table-columns.js'
import type { ExtraSheets } from './report-sheets.js'
import { columnNotes, type ColumnNotes } from './sheet-columns.js'
import type { CellValue, GridSheet, LineKind, PageLine, PageSheet, TableSheet } from './workbook.js'

/** A line of a page in short form: its kind, then its cells. */
type LineDraft = readonly [kind: LineKind, ...cells: readonly (string | number | undefined)[]]

/** The sheet Read me, for auditors: versions, counts, sign-off, the meaning of sheets, colours, columns and blank cells, and sources. */
export function readMeSheet(
  sets: readonly ResolvedSet[], shown: ShownSheets, context: EmitContext, texts: CellTexts,
): PageSheet {
  const drafts: readonly LineDraft[] = [
    ['title', setsTitle(sets)],
    [
      'text',
      'Each row of the sheet Mappings says that a security capability bears on an ATT&CK technique, or that it maps to nothing.',
    ],
    ...sets.flatMap((set): readonly LineDraft[] => [
      ['blank'],
      ['heading', sets.length > 1 ? setTitle(set) : 'About'],
      ...aboutFacts(set, context, 'workbook').map(asLine),
    ]),
    ['blank'],
    ['heading', 'Counts'],
    ...countFacts(countSets(sets)).map(asLine),
    ...signOffLines,
    ...guideLines(shown, verdictLines(sets)),
    ...sets.flatMap((set) => listLines(set, sets.length > 1)),
  ]
  return {
    layout: 'page',
    name: 'Read me',
    widths: [42, 72, 56, 10],
    lines: drafts.map(([kind, ...cells]): PageLine => ({ kind, cells: cells.map((cell) => cleanCell(cell, texts)) })),
  }
}

function cleanCell(cell: string | number | undefined, texts: CellTexts): CellValue {
  if (typeof cell === 'number') return cell
  return cell ? texts.clean(cell, 'Read me') : null
}

function asLine([label, value]: readonly [string, string | number]): LineDraft {
  return ['line', label, value]
}

/** Cells for the signatures of those responsible; not read back. */
const signOffLines: readonly LineDraft[] = [
  ['blank'],
  ['heading', 'Sign-off'],
  ['header', 'Role', 'Name and signature', 'Remarks', 'Date'],
  ...['Prepared by', 'Reviewed by', 'Approved by'].map((role): LineDraft => ['form', role, undefined, undefined, undefined]),
]

/** The sheets that Read me describes. */
interface ShownSheets {
  readonly tables: readonly TableSheet[]
  readonly matrices: readonly GridSheet[]
  readonly extra: ExtraSheets
}

/** How to read the workbook: the sheets, the cells to fill in, the colours, and for each column its content and its blank cells. */
function guideLines({ tables, matrices, extra: { sheets, legend } }: ShownSheets, filledIn: readonly LineDraft[]): readonly LineDraft[] {
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
    ...legend.map(({ word, meaning }): LineDraft => ['swatch', word, meaning]),
    ['blank'],
    ['heading', 'Columns of the sheet Mappings'],
    columnHeader,
    ...tableColumns.map(({ title, content, blank }): LineDraft => ['line', title, content, blank]),
    ...Object.entries(columnNotes).flatMap(([sheet, notes]) => columnLines(sheet, notes, tables)),
  ]
}

const columnHeader: LineDraft = ['header', 'Column', 'Content', 'If blank']

/** The notes on the columns that a sheet has; the sheets of several domains share them. */
function columnLines(sheet: string, notes: ColumnNotes, tables: readonly TableSheet[]): readonly LineDraft[] {
  const columns = tables.filter(({ name }) => name.startsWith(sheet)).flatMap((table) => table.columns)
  const titles = new Set(columns.map(({ title }) => title))
  const lines = Object.entries(notes).filter(([title]) => titles.has(title))
  return [
    ['blank'],
    ['heading', `Columns of the sheet ${sheet}`],
    columnHeader,
    ...lines.map(([title, { content, blank }]): LineDraft => ['line', title, content, blank]),
  ]
}

function isCoverage({ name }: TableSheet): boolean {
  return name.startsWith('Coverage')
}

const matrixAbout =
  'The ATT&CK matrix: how many capabilities are mapped to each technique, and its best score. The legend is at the top.'

const sheetLines: readonly LineDraft[] = [
  ['line', 'Mappings', 'Every row, with its place in the source documents. The buttons [+] above the columns unfold the rest; a note on each header says more.'],
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
  ['swatch', 'minimal', 'Score values, from weakest to strongest. Every cell also has the word: the colour only repeats it.'],
  ['swatch', 'partial'],
  ['swatch', 'significant'],
  [
    'swatch',
    'revoked',
    'A technique that ATT&CK withdrew (revoked, deprecated) or does not know (unknown, or not-in-index if the stated release is newer) in the release looked up.',
  ],
  ['swatch', 'not mentioned', 'A technique of ATT&CK that no row names.'],
  ['swatch', 'declared unmappable', 'A technique that a row declares to have no capability.'],
  ['swatch', 'named only', 'A technique whose rows neither map it nor declare it unmappable.'],
]

/** How auditors enter their verdicts, and the counts of verdicts. Only the verdicts in the rows are read back, not these lines. */
function verdictLines(sets: readonly ResolvedSet[]): readonly LineDraft[] {
  const { counts, unsigned } = countVerdicts(sets)
  const known = verdicts.reduce((sum, { word }) => sum + (counts.get(word) ?? 0), counts.get(undefined) ?? 0)
  const others = Array.from(counts.values()).reduce((sum, count) => sum + count, -known)
  return [
    ['blank'],
    ['heading', "The auditor's verdicts"],
    ['text', 'The light cells at the right end of the sheet Mappings are yours: a verdict, your initials and a remark for each row.'],
    ['text', 'Save the workbook and convert it again: what you wrote is kept, and the rows are counted anew.'],
    ['header', 'Verdict', 'What it says', 'Rows when this workbook was made'],
    ...verdicts.map(({ word, meaning }): LineDraft => ['line', word, meaning, counts.get(word) ?? 0]),
    ...(others > 0 ? [['line', 'another word', "A word of the auditor's own.", others] satisfies LineDraft] : []),
    ['line', 'no verdict', 'No auditor has reviewed the row.', counts.get(undefined) ?? 0],
    ...(unsigned > 0 ? [['line', 'without initials', 'A verdict that nobody has signed.', unsigned] satisfies LineDraft] : []),
  ]
}

/** How many rows have each verdict, or none, and how many have one without initials. */
function countVerdicts(sets: readonly ResolvedSet[]): { readonly counts: ReadonlyMap<string | undefined, number>; readonly unsigned: number } {
  const counts = new Map<string | undefined, number>()
  let unsigned = 0
  for (const { mappings } of sets) {
    for (const { review } of mappings) {
      counts.set(review?.verdict, (counts.get(review?.verdict) ?? 0) + 1)
      if (review?.verdict !== undefined && review.initials === undefined) unsigned += 1
    }
  }
  return { counts, unsigned }
}

type Described = ReadonlyMap<string, { readonly id: string; readonly name: string; readonly description?: string }>

/** Facts of a set that no column has: its documents, mapping types and groups, and further facts of single rows. */
function listLines(set: ResolvedSet, several: boolean): readonly LineDraft[] {
  const suffix = several ? ` of ${setTitle(set)}` : ''
  const relations = countBy(set, ({ relation }) => relation)
  const groups = countBy(set, ({ group }) => group)
  return [
    ['blank'],
    ['heading', `Source documents${suffix}`],
    ['header', 'Document', 'SHA-256', 'Parser', 'Rows'],
    ...set.sources.map(({ name, sha256, parser, rows }): LineDraft => ['line', name, sha256, parser, rows]),
    ...describedLines(`Mapping types${suffix}`, set.relations, relations),
    ...describedLines(`Capability groups${suffix}`, set.groups, groups),
    ...detailLines(`Further facts of single rows${suffix}`, set),
  ]
}

function describedLines(heading: string, entries: Described, rows: ReadonlyMap<string, number>): readonly LineDraft[] {
  if (entries.size === 0) return []
  return [
    ['blank'],
    ['heading', heading],
    ['header', 'Id', 'Name', 'Description', 'Rows'],
    ...Array.from(entries.values(), ({ id, name, description }): LineDraft => [
      'line',
      id,
      name,
      description,
      rows.get(id) ?? 0,
    ]),
  ]
}

function detailLines(heading: string, set: ResolvedSet): readonly LineDraft[] {
  const lines: LineDraft[] = []
  for (const [index, { author, release, completed }] of set.mappings.entries()) {
    // Most rows have none of them. Ids are hashes of whole rows: computed only if needed.
    if (!author && !release && !completed) continue
    const id = mappingIds(set)[index]
    for (const [field, value] of Object.entries({ ...author })) lines.push(['line', id, `author ${field}`, value])
    for (const [field, value] of Object.entries({ ...release })) lines.push(['line', id, `own ${field}`, value])
    for (const { field, from } of completed ?? []) lines.push(['line', id, `${field} supplied by`, from.document])
  }
  return lines.length === 0 ? [] : [['blank'], ['heading', heading], ['header', 'Mapping ID', 'Fact', 'Value'], ...lines]
}

function countBy(
  set: ResolvedSet,
  key: (mapping: ResolvedSet['mappings'][number]) => string | undefined,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const mapping of set.mappings) {
    const value = key(mapping)
    if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return counts
}
