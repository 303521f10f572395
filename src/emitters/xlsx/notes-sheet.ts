import type { Diagnostic } from '../../diagnostics/diagnostic.js'
import type { CellTexts } from '../table/cell-text.js'
import { describePlace } from '../table/table-rows.js'
import { dropBlankColumns } from './sheet-columns.js'
import type { CellValue, PageSheet, TableSheet } from './workbook.js'

/** What was found on the way: every diagnostic, and what other formats could not carry, each with its place. */
export function notesSheet(diagnostics: readonly Diagnostic[], texts: CellTexts): TableSheet | PageSheet {
  if (diagnostics.length === 0) {
    const line = { kind: 'line', cells: ['Nothing was found that you would have to know.'] } as const
    return { layout: 'page', name: 'Notes', widths: [60], lines: [line] }
  }
  const clean = (text: string | undefined): CellValue => (text ? texts.clean(text, 'Notes') : null)
  const sheet: TableSheet = {
    layout: 'table',
    name: 'Notes',
    table: 'Notes',
    columns: [
      { title: 'Severity', width: 10, format: 'text' },
      { title: 'Message', width: 60, format: 'wrapped' },
      { title: 'Cases', width: 8, format: 'count' },
      { title: 'Document', width: 30, format: 'wrapped' },
      { title: 'Place', width: 24, format: 'wrapped' },
      { title: 'Found', width: 36, format: 'wrapped' },
      { title: 'Expected', width: 30, format: 'wrapped' },
      { title: 'What you can do', width: 44, format: 'wrapped' },
      { title: 'Code', width: 30, format: 'text' },
    ],
    frozenColumns: 0,
    paper: 'a4',
    rows: diagnostics.map(({ severity, message, count, origin, found, expected, hint, code }) => [
      severity,
      clean(message),
      count ?? 1,
      clean(origin?.document),
      clean(origin && describePlace(origin.place)),
      clean(found),
      clean(expected),
      clean(hint),
      code,
    ]),
  }
  return dropBlankColumns(sheet, ['Document', 'Place', 'Found', 'Expected', 'What you can do'])
}
