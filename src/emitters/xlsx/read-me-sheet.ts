import type { EmitContext } from '../emitter.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import { aboutFacts } from '../table/about-facts.js'
import type { CellTexts } from '../table/cell-text.js'
import { countFacts } from '../table/count-facts.js'
import { countSets } from '../table/set-counts.js'
import { setsTitle, setTitle } from '../table/set-title.js'
import { tableColumns } from '../table/table-columns.js'
import { listLines } from './list-lines.js'
import type { CellValue, LineKind, PageLine, PageSheet, WorkbookSupplement } from './workbook.js'

/** Lines of a page as they are written down: what the line is, then its cells. */
export type LineDraft = readonly [kind: LineKind, ...cells: readonly (string | number | undefined)[]]

/**
 * What an auditor asks first: which versions of what, how much, what colours and blanks mean, and where everything comes from.
 */
export function readMeSheet(sets: readonly ResolvedSet[], context: EmitContext, texts: CellTexts): PageSheet {
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
    ['blank'],
    ...guideLines(context.supplement),
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

function guideLines({ sheets, words }: WorkbookSupplement = { sheets: [], words: [] }): readonly LineDraft[] {
  return [
    ...sheetLines,
    ...sheets.map(({ sheet, about }): LineDraft => ['line', sheet.name, about]),
    ['blank'],
    ...legendLines,
    ...words.map(({ word, meaning }): LineDraft => ['swatch', word, meaning]),
    ['blank'],
    ['heading', 'Columns of the sheet Mappings'],
    ['header', 'Column', 'What it holds', 'What a blank cell means'],
    ...tableColumns.map(({ name, holds, blank }): LineDraft => ['line', name, holds, blank]),
  ]
}

const sheetLines: readonly LineDraft[] = [
  ['heading', 'Sheets'],
  ['line', 'Mappings', 'Every row, with its place in the source documents. The same columns as the CSV file.'],
  ['line', 'By technique', 'One row a technique. Tall rows show their first lines: select a cell to read all of it.'],
  ['line', 'By capability', 'One row a capability, also those that map to nothing, with the reason where one is given.'],
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
]
