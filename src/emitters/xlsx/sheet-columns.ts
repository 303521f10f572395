import { type BestScores, otherScores } from '../../coverage/row-state.js'
import { scoreCategories } from '../../model/vocabulary.js'
import type { CellValue, ListedTable, WorkbookColumn } from './workbook.js'

/** The title of the column for score categories other than CTID's. */
const otherColumn = 'Best of others'

/** A column for each of CTID's score categories, and one for all others: a document's own category never becomes a title. */
export const scoreColumns: readonly WorkbookColumn[] = [
  ...scoreCategories.map((category) => ({ title: `Best ${category}`, width: 13, format: 'score' }) as const),
  { title: otherColumn, width: 26, format: 'wrapped' },
]

/** The cells of `scoreColumns`. */
export function scoreCells(best: BestScores, clean: (text: string) => CellValue): readonly CellValue[] {
  if (best.size === 0) return blankScores
  const known = scoreCategories.map((category) => best.get(category) ?? '')
  return [...known, otherScores(best).map(([category, value]) => `${category}: ${value}`).join('\n')].map(clean)
}

/** Those of techniques and capabilities without a score, which are most. */
const blankScores: readonly CellValue[] = scoreColumns.map(() => null)

/** The sheet without those of the named columns that are blank in all rows. */
export function dropBlankColumns(sheet: ListedTable, titles: readonly string[]): ListedTable {
  const kept = sheet.columns.map(({ title }, column) => !titles.includes(title) || sheet.rows.some((row) => row[column] !== null))
  if (!kept.includes(false)) return sheet
  return {
    ...sheet,
    columns: sheet.columns.filter((_, column) => kept[column]),
    rows: sheet.rows.map((row) => row.filter((_, column) => kept[column])),
  }
}

/** The content of a column, and the meaning of a blank cell. */
interface ColumnNote {
  readonly content: string
  readonly blank: string
}

/** The notes of a sheet's columns, by their titles. */
export type ColumnNotes = Readonly<Record<string, ColumnNote>>

const never = 'Never blank.'
const noRow = 'No row states such a score.'

function note(content: string, blank = never): ColumnNote {
  return { content, blank }
}

const scoreNotes: ColumnNotes = {
  ...Object.fromEntries(scoreColumns.map(({ title }) => [title, note('The best score value of this category.', noRow)])),
  [otherColumn]: note('The same of categories that are none of protect, detect and respond.', noRow),
}

/** Notes on the columns of the summary sheets, by sheet. Those of the sheet Mappings are in table-columns.ts. */
export const columnNotes: Readonly<Record<string, ColumnNotes>> = {
  'By technique': {
    'Technique': note('Id of a technique that a row names.'),
    'Name': note('The name as rows print it, or else that of ATT&CK.', 'Neither a row nor ATT&CK names it.'),
    'Tactics': note('Its tactics in the ATT&CK release looked up.', 'ATT&CK does not know it.'),
    'In ATT&CK': note('The technique in that release: active, deprecated, revoked or unknown.'),
    'Capabilities': note('How many capabilities are mapped to it.'),
    'Rows': note('How many rows name it, of any kind.'),
    ...scoreNotes,
    'Capability ids': note('The capabilities that are mapped to it.', 'None is.'),
    'Remark': note('What is said of it where no capability is mapped to it.', 'A capability is mapped to it.'),
    'Page': note('Its page at attack.mitre.org.', 'Its id is not of the form that ATT&CK uses.'),
  },
  'By capability': {
    'Capability': note('Id of a capability that the documents name.'),
    'Name': note('Its name.', 'The documents give none.'),
    'Framework': note('The framework that it belongs to.'),
    'Description': note('What it is, in the words of the documents.', 'The documents give none.'),
    'Group': note('The groups that it is in.', 'The documents put it in none.'),
    'Techniques': note('How many techniques it is mapped to.'),
    'Rows': note('How many rows name it, of any kind.'),
    ...scoreNotes,
    'Technique ids': note('The techniques that it is mapped to.', 'It is mapped to none.'),
    'Remark': note('What is said of it where it maps to nothing.', 'It maps to a technique.'),
    'Why it maps to nothing': note('The reason that the documents give.', 'They give none, or it maps to a technique.'),
  },
  'Coverage': {
    'Tactic': note('A tactic of the ATT&CK release looked up; a technique of several tactics counts in each. Below: totals.'),
    'In ATT&CK': note('Active techniques and sub-techniques of the tactic.'),
    'Mapped': note('Of these, the ones that a capability is mapped to.'),
    'Share mapped': note('Mapped as a part of those in ATT&CK.', 'ATT&CK has none.'),
    'Declared unmappable': note('Of these, the ones that a row declares to have no capability.'),
    'Named only': note('Of these, the ones whose rows neither map them nor declare them unmappable.'),
    'Not mentioned': note('Of these, the ones that no row names.'),
    'Techniques': note('Techniques in ATT&CK, without sub-techniques.'),
    'Techniques mapped': note('Of these, mapped.'),
    'Sub-techniques': note('Sub-techniques in ATT&CK.'),
    'Sub-techniques mapped': note('Of these, mapped.'),
    'Only through sub-techniques': note('Techniques that are not mapped themselves, while a sub-technique of theirs is.'),
  },
  'Gaps': {
    'Domain': note('The ATT&CK domain.'),
    'Tactic': note('A tactic of the technique: one row for each.'),
    'Technique': note('Id of a technique that no capability is mapped to.'),
    'Name': note('Its name in ATT&CK.'),
    'Level': note('Technique or sub-technique.'),
    'Why': note('Not mentioned, declared unmappable, or named only; see the legend.'),
    'Reason': note('What the documents say of it.', 'They say nothing of it.'),
    'Sub-techniques mapped': note('Yes: sub-techniques of it are mapped. That does not cover the technique.', 'None is.'),
    'Also in': note('Other tactics of the technique.', 'It has no other tactic.'),
    'Page': note('Its page at attack.mitre.org.', 'Its id is not of the form that ATT&CK uses.'),
  },
}
