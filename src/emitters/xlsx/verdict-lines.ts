import type { Mapping } from '../../model/mapping.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import { verdicts } from '../../model/verdicts.js'
import type { LineDraft } from './read-me-sheet.js'

/** How auditors give their verdicts, and how many rows have one. Nothing of it is read back: verdicts are, from the rows. */
export function verdictLines(sets: readonly ResolvedSet[]): readonly LineDraft[] {
  const rows = sets.flatMap(({ mappings }) => mappings)
  const others = countRows(rows, (verdict) => verdict !== undefined && !verdicts.some(({ word }) => word === verdict))
  const unsigned = rows.filter(({ review }) => review?.verdict !== undefined && review.initials === undefined).length
  return [
    ['blank'],
    ['heading', "The auditor's verdicts"],
    ['text', 'The light cells at the right end of the sheet Mappings are yours: a verdict, your initials and a remark for each row.'],
    ['text', 'Save the workbook and convert it again: what you wrote is kept, and the rows are counted anew.'],
    ['header', 'Verdict', 'What it says', 'Rows when this workbook was made'],
    ...verdicts.map(({ word, meaning }): LineDraft => ['line', word, meaning, countRows(rows, (verdict) => verdict === word)]),
    ...(others > 0 ? [['line', 'another word', "A word of the auditor's own.", others] satisfies LineDraft] : []),
    ['line', 'no verdict', 'Nobody has judged the row.', countRows(rows, (verdict) => verdict === undefined)],
    ...(unsigned > 0 ? [['line', 'without initials', 'A verdict that nobody has signed.', unsigned] satisfies LineDraft] : []),
  ]
}

function countRows(rows: readonly Mapping[], fits: (verdict: string | undefined) => boolean): number {
  return rows.filter(({ review }) => fits(review?.verdict)).length
}
