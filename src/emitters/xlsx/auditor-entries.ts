import { verdicts } from '../../model/verdicts.js'
import type { ColumnName } from '../table/table-columns.js'
import type { EntryRule } from './workbook.js'

const longestCell = 32_767

/** What auditors fill in on the sheet Mappings. */
export const auditorEntries: { readonly [Name in ColumnName]?: EntryRule } = {
  auditor_verdict: {
    title: 'Your verdict on this row',
    message: 'Choose a word of the list; Read me says what each means. Leave the cell blank while you have not judged the row.',
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
