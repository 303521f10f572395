import type { Report } from '../../diagnostics/diagnostic.js'
import type { TableSheet } from '../../formats/decoded.js'
import { columnLetters } from '../../formats/places.js'
import { foldName } from '../../model/text.js'
import type { Header } from './find-header.js'
import { nameCell, rawCell, trimmedCell } from './cells.js'

/** A sheet whose damaged ids are restored where its rows show how, and the rows whose id remains ambiguous. */
interface CheckedIds {
  readonly sheet: TableSheet
  readonly left: ReadonlySet<number>
}

/** Most cells that a message lists. */
const LISTED = 10

/**
 * Finds ids of capabilities that a spreadsheet changed when they were typed: numbers, which lose a zero at the end (4.10 is 4.1), and
 * dates (MAR-01). A lost zero is restored between its neighbours (4.9, 4.11). Rows of one number with two names are left out, since
 * nothing says which of them is which.
 */
export function checkIds(sheet: TableSheet, header: Header, document: string, report: Report): CheckedIds {
  const columns = new Set(header.columns.views.flatMap((view) => view.get('capability') ?? []))
  let checked: CheckedIds = { sheet, left: new Set() }
  for (const column of columns) {
    reportDates(checked.sheet, header.row, column, document, report)
    checked = checkNumbers(checked, header, column, document, report)
  }
  return checked
}

const months = 'Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec'
/** How Excel, and CSV that it saves, show a date: "1-Mar", "Mar-01", "01-Mar-24", "2024-03-01", "3/1/2024". */
const dates = new RegExp(
  `^(?:\\d{1,2}-(?:${months})(?:-\\d{2,4})?|(?:${months})-\\d{2}|\\d{4}-\\d{2}-\\d{2}(?:T[\\d:]+)?|\\d{1,2}[/.]\\d{1,2}[/.]\\d{4})$`
)

function reportDates(sheet: TableSheet, header: number, column: number, document: string, report: Report): void {
  const cells: number[] = []
  let texts = 0
  for (const [row, { [column]: cell = '' }] of sheet.rows.entries()) {
    if (row <= header || cell.trim() === '') continue
    const isSerial = sheet.kind?.(row, column) === 'number' && /^(?:3[6-9]|4\d|5[0-5])\d{3}$/.test(cell)
    if (sheet.kind?.(row, column) === 'date' || dates.test(cell.trim()) || isSerial) cells.push(row)
    else if (!/^\d+(?:\.\d+)?$/.test(cell.trim())) texts += 1
  }
  // Where all ids are numbers of five digits, they are no dates.
  const isDate = (row: number): boolean => dates.test(trimmedCell(sheet.rows[row], column)) || sheet.kind?.(row, column) === 'date'
  const found = cells.filter((row) => texts > 0 || isDate(row))
  const [first] = found
  if (first === undefined) return
  report('parse/id-as-date', {
    origin: { document, place: sheet.place(first, column) },
    count: found.length,
    found: listCells(sheet, found, column),
    hint: `Format column ${columnLetters(column)} as text, type these ids again, and save the table. They were read as quoted here.`,
  })
}

function checkNumbers(before: CheckedIds, header: Header, column: number, document: string, report: Report): CheckedIds {
  const { sheet } = before
  const rows = Array.from(sheet.rows.keys()).filter((row) => row > header.row && trimmedCell(sheet.rows[row], column) !== '')
  const textOf = (row: number): string => trimmedCell(sheet.rows[row], column)
  const isCertain = sheet.kind !== undefined
  const isNumber = (row: number): boolean => (
    readDecimal(textOf(row)) !== undefined && (!isCertain || sheet.kind?.(row, column) === 'number')
  )
  const numbers = rows.filter(isNumber)
  // A CSV file does not say what its ids were: all of them must look like numbers without a zero at the end.
  const isOther = (row: number): boolean => readDecimal(textOf(row)) === undefined && !/^\d+$/.test(textOf(row))
  if (numbers.length === 0 || (!isCertain && rows.some(isOther))) return before
  const names = header.columns.byRole.get('name') ?? header.columns.byRole.get('text')
  const nameOf = (row: number): string => foldName(rawCell(sheet.rows[row], names))
  const restored = restoreZeros(rows.map((row) => ({ row, id: textOf(row), name: nameOf(row), isNumber: isNumber(row) })))
  const ambiguous = ambiguousRows(numbers.filter((row) => !restored.has(row)), textOf, nameOf, isCertain || restored.size > 0)
  const inDoubt = new Set(ambiguous)
  const mayLack = (row: number): boolean => !restored.has(row) && !inDoubt.has(row) && (readDecimal(textOf(row))?.[1] ?? 10) < 10
  const doubtful = isCertain ? numbers.filter(mayLack) : []
  const isRecord = sheet.place(rows[0] ?? 0, column).kind === 'pointer'
  const where = isRecord ? `the field "${rawCell(sheet.rows[header.row], column).slice(0, 80)}"` : `column ${columnLetters(column)}`
  const hint = isRecord ? 'Write them in quotes ("4.10").' : `Format ${where} as text, type the ids again (4.10), and save the table.`
  const numbersLose = `The ids of ${where} are numbers, which lose a zero at the end`
  const say = (code: 'parse/id-as-number' | 'parse/ambiguous-id', found: readonly number[], message: string): void => {
    const [first] = found
    if (first === undefined) return
    const origin = { document, place: sheet.place(first, column) }
    const leftOut = code === 'parse/ambiguous-id' ? found.map((row) => sheet.place(row, column)) : []
    report(code, { message: `${numbersLose}${message}`, hint, origin, count: found.length, found: listCells(sheet, found, column), rows: leftOut })
  }
  for (const id of new Set(restored.values())) {
    const found = Array.from(restored).filter(([, value]) => value === id).map(([row]) => row)
    const text = textOf(found[0] ?? 0)
    say('parse/id-as-number', found, `; ${text} was taken for ${id}, which is missing between its neighbours`)
  }
  say('parse/ambiguous-id', ambiguous, ', and one id has several names: its rows were left out, since each may be of another capability')
  say('parse/id-as-number', doubtful, ': 4.10 is read as 4.1')
  if (restored.size === 0 && ambiguous.length === 0) return before
  return {
    left: new Set([...before.left, ...ambiguous]),
    sheet: {
      ...sheet,
      rows: sheet.rows.map((cells, row) => {
        const id = restored.get(row)
        return id === undefined ? cells : cells.map((cell, at) => (at === column ? id : cell))
      }),
    },
  }
}

/** Rows of a number with several names, none of which begins with another. */
function ambiguousRows(
  rows: readonly number[], textOf: (row: number) => string, nameOf: (row: number) => string, isCertain: boolean,
): readonly number[] {
  if (!isCertain) return []
  const names = new Map<string, string[]>()
  const mixed = new Set<string>()
  for (const row of rows) {
    const [id, name] = [textOf(row), nameOf(row)]
    const known = names.get(id) ?? names.set(id, []).get(id) ?? []
    if (name === '' || known.includes(name)) continue
    if (known.some((other) => !other.startsWith(name) && !name.startsWith(other))) mixed.add(id)
    known.push(name)
  }
  return rows.filter((row) => mixed.has(textOf(row)))
}

function listCells(sheet: TableSheet, rows: readonly number[], column: number): string {
  const listed = rows.slice(0, LISTED).map((row) => `${rawCell(sheet.rows[row], column).slice(0, 20)} (${nameCell(sheet.place(row, column))})`)
  return `${listed.join(', ')}${rows.length > LISTED ? ` and ${rows.length - LISTED} more` : ''}`
}

/** An id in its row. */
interface NumberedRow {
  readonly row: number
  readonly id: string
  /** Folded; '' if the table has none. */
  readonly name: string
  /** Whether a zero at the end of the id may be lost. */
  readonly isNumber: boolean
}

/** The two numbers of an id such as 4.11; undefined for other texts. */
function readDecimal(id: string): readonly [whole: number, part: number] | undefined {
  const [, whole, part] = /^(\d{1,4})\.([1-9]|\d[1-9])$/.exec(id) ?? []
  return whole === undefined || part === undefined ? undefined : [Number(whole), Number(part)]
}

/** Consecutive rows of one id and name. */
interface Run {
  readonly rows: readonly number[]
  readonly whole: number
  readonly part: number
  readonly isNumber: boolean
}

/**
 * The ids that lost a zero, by row: those that fit between their neighbours only with it, as 4.1 between 4.9 and 4.11, 4.2 between
 * 4.19 and 4.21, or 4.1 after 4.9 at the end of its section.
 */
function restoreZeros(rows: readonly NumberedRow[]): ReadonlyMap<number, string> {
  const restored = new Map<number, string>()
  const runs = findRuns(rows)
  for (const [index, run] of runs.entries()) {
    if (!run.isNumber || run.part > 9) continue
    const previous = runs[index - 1]
    const next = runs[index + 1]
    const zero = run.part * 10
    const follows = previous?.whole === run.whole && previous.part === zero - 1
    const isLast = next === undefined || next.whole > run.whole
    const precedes = next?.whole === run.whole && next.part === zero + 1
    const isBetween = previous?.whole === run.whole && precedes && previous.part < zero && previous.part > run.part
    if (isBetween || (follows && isLast)) for (const row of run.rows) restored.set(row, `${run.whole}.${zero}`)
  }
  return isSorted(runs, restored) ? restored : new Map()
}

/** Share of neighbours that must be in order: in other tables, an id says nothing about the one after it. */
const IN_ORDER = 0.8

function isSorted(runs: readonly Run[], restored: ReadonlyMap<number, string>): boolean {
  const keys = runs.map(({ rows: [row = -1], whole, part }) => whole * 10_000 + (restored.has(row) ? part * 10 : part))
  const pairs = keys.slice(1).map((key, index) => key >= (keys[index] ?? 0))
  return pairs.filter(Boolean).length >= pairs.length * IN_ORDER
}

function findRuns(rows: readonly NumberedRow[]): readonly Run[] {
  const runs: (Run & { readonly key: string; readonly rows: number[] })[] = []
  for (const { row, id, name, isNumber } of rows) {
    const numbers = readNumbers(id)
    const key = `${id} ${name}`
    const last = runs.at(-1)
    if (last?.key === key) last.rows.push(row)
    else {
      const [whole, part] = numbers ?? [-1, -1]
      runs.push({ key, rows: [row], whole, part, isNumber: isNumber && readDecimal(id) !== undefined })
    }
  }
  return runs
}

/** The numbers of 4.11, of 4.20, which kept its zero, and of 4, which begins a section. */
function readNumbers(id: string): readonly [whole: number, part: number] | undefined {
  const [, whole, part = 0] = /^(\d{1,4})(?:\.(\d{1,3}))?$/.exec(id) ?? []
  return whole === undefined ? undefined : [Number(whole), Number(part)]
}
