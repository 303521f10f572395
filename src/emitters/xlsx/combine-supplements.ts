import { labelSets } from '../../coverage/cover-set.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { CellValue, TableSheet, WorkbookColumn, WorkbookSupplement } from './workbook.js'

/** A supplement, and what its set is called among the others. */
interface Labelled {
  readonly label: string
  readonly supplement: WorkbookSupplement
}

/**
 * The supplements of several sets as one: the sheets of one name become one, whose first column says of which set a row is.
 * Undefined where no set has one.
 */
export function combineSupplements(
  sets: readonly ResolvedSet[], supplements: ReadonlyMap<ResolvedSet, WorkbookSupplement>,
): WorkbookSupplement | undefined {
  const all = labelSets(sets.map((set) => ({ folder: '', set }))).flatMap(({ label, set }): readonly Labelled[] => {
    const supplement = supplements.get(set)
    return supplement ? [{ label, supplement }] : []
  })
  if (all.length === 0) return undefined
  const sheets = all.flatMap(({ supplement }) => supplement.sheets)
  const abouts = new Map(sheets.map(({ sheet, about }) => [sheet.name, about]))
  const words = new Map(all.flatMap(({ supplement }) => supplement.words).map((entry) => [entry.word, entry]))
  return {
    sheets: Array.from(abouts).flatMap(([name, about]) => {
      const sheet = joinSheets(name, all)
      return sheet ? [{ about, sheet }] : []
    }),
    words: [...words.values()],
  }
}

function joinSheets(name: string, all: readonly Labelled[]): TableSheet | undefined {
  const found = all.flatMap(({ label, supplement }) =>
    supplement.sheets.filter(({ sheet }) => sheet.name === name).map(({ sheet }) => ({ label, sheet })))
  const [first] = found
  if (!first) return undefined
  const columns = joinColumns(found.map(({ sheet }) => sheet))
  return {
    ...first.sheet,
    columns: [setColumn(found.map(({ label }) => label)), ...columns],
    frozenColumns: first.sheet.frozenColumns + 1,
    rows: found.flatMap(({ label, sheet }) => alignRows(sheet, columns).map((row) => [label, ...row])),
  }
}

function setColumn(labels: readonly string[]): WorkbookColumn {
  const longest = labels.reduce((most, { length }) => Math.max(most, length), 0)
  return { title: 'Set', width: Math.min(30, Math.max(10, longest + 2)), format: 'wrapped' }
}

/** All columns by their titles, each as wide as the widest. */
function joinColumns(sheets: readonly TableSheet[]): readonly WorkbookColumn[] {
  const columns = new Map<string, WorkbookColumn>()
  for (const column of sheets.flatMap((sheet) => sheet.columns)) {
    const known = columns.get(column.title)
    columns.set(column.title, known && known.width >= column.width ? known : column)
  }
  return [...columns.values()]
}

function alignRows({ columns, rows }: TableSheet, wanted: readonly WorkbookColumn[]): readonly (readonly CellValue[])[] {
  const indexes = wanted.map(({ title }) => columns.findIndex((column) => column.title === title))
  return rows.map((row) => indexes.map((index) => row[index] ?? null))
}
