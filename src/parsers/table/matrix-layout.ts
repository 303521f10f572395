import type { Code } from '../../diagnostics/catalogue.js'
import type { DiagnosticDetails } from '../../diagnostics/diagnostic.js'
import type { TableSheet } from '../../formats/decoded.js'
import { frameworks } from '../../frameworks/frameworks.js'
import { describesTechniques, isTotal } from './attack-words.js'
import { foldTitle, meaningOf } from './column-roles.js'
import { type Header, SAMPLED_ROWS, searchedRows } from './find-header.js'
import { matchColumns } from './match-columns.js'
import { isCross, isMark, readMark } from './matrix-marks.js'
import { findTechniques, hasTechnique } from './split-cells.js'
import { filledCells, rawCell, trimmedCell } from './cells.js'

/** A row of a derived sheet: its cells, and the row and column of the source that each comes from. */
export interface DerivedRow {
  readonly cells: readonly string[]
  /** Row of the source. */
  readonly row: number
  /** Column of the source for a column of this row; the same column if absent. */
  readonly from?: (column: number) => number
}

/** A sheet with other rows than its source, whose cells keep the places and links of the source. */
export function deriveSheet(source: TableSheet, rows: readonly DerivedRow[]): TableSheet {
  const at = (row: number, column: number): readonly [number, number] => {
    const derived = rows[row]
    return derived ? [derived.row, derived.from?.(column) ?? column] : [row, column]
  }
  return {
    ...source,
    rows: rows.map(({ cells }) => cells),
    link: (row, column) => source.link(...at(row, column)),
    place: (row, column) => source.place(...at(row, column)),
    ...(source.kind && { kind: (row: number, column: number) => source.kind?.(...at(row, column)) }),
  }
}

/** A diagnostic about the layout of a sheet, at a cell of the source. */
export interface Remark {
  readonly code: Code
  readonly row: number
  readonly column: number
  readonly details: DiagnosticDetails
}

/** A table whose titles are the capabilities (or the techniques), and whose cells are crosses, counts or scores. */
export interface LaidOutTable {
  readonly sheet: TableSheet
  readonly header: Header
  /** The last row of titles in the source. */
  readonly titles: number
  readonly remarks: readonly Remark[]
}

/** A matrix: its row of titles, the column that names its rows, and the columns of marks. */
interface Matrix {
  readonly row: number
  readonly key: number
  readonly marked: readonly number[]
  /** Rows are techniques and columns capabilities, or the reverse. */
  readonly rowsAre: 'technique' | 'capability'
}

/** Whether nearly all cells of a column are of a kind. The others are reported. */
function isMost(count: number, all: number): boolean {
  return count > 0 && (count >= all * 0.8 || (count > 1 && count === all - 1))
}

/** Lays out a matrix as one row for each mark; undefined if the sheet is no matrix. */
export function findMatrix(sheet: TableSheet): LaidOutTable | undefined {
  for (const row of searchedRows(sheet).slice(0, 10)) {
    const matrix = findColumnsOfCapabilities(sheet, row) ?? findColumnsOfTechniques(sheet, row)
    if (matrix) return layOut(sheet, matrix)
  }
  return undefined
}

function sampleBelow({ rows }: TableSheet, row: number): TableSheet['rows'] {
  return rows.slice(row + 1, row + 1 + SAMPLED_ROWS)
}

function findColumnsOfCapabilities(sheet: TableSheet, row: number): Matrix | undefined {
  const titles = sheet.rows[row] ?? []
  const below = sampleBelow(sheet, row)
  const key = titles.findIndex((title, column) => {
    const cells = filledCells(below, column)
    const single = cells.filter((cell) => findTechniques(cell).length === 1)
    return isMost(single.length, cells.length) && !hasTechnique(title)
  })
  if (key < 0) return undefined
  const marked = Array.from(titles.keys()).filter((column) => {
    const title = trimmedCell(titles, column)
    // The fields of nested records have the names of those around them before their own.
    const own = title.slice(title.lastIndexOf('.') + 1)
    const meaning = meaningOf(title) ?? (own === title ? undefined : meaningOf(own))
    const isKnown = meaning !== undefined && !(meaning.role === 'capability' && meaning.number !== undefined)
    if (column === key || /^\d*$/.test(title) || isKnown || hasTechnique(title) || describesTechniques(title) || describesTechniques(own)) return false
    return hasMarks(below, column, hasIdForm(title))
  })
  const [only] = marked
  const isEnough = marked.length > 1 || isKnownId(trimmedCell(titles, only))
  return isEnough ? { row, key, marked, rowsAre: 'technique' } : undefined
}

/** Rows that are no capabilities. */
const actors: ReadonlySet<string> = new Set([
  'group', 'groups', 'threatgroup', 'actor', 'actors', 'threatactor', 'threatactors', 'apt', 'adversary', 'campaign', 'malware', 'software',
])

function findColumnsOfTechniques(sheet: TableSheet, row: number): Matrix | undefined {
  const titles = sheet.rows[row] ?? []
  const below = sampleBelow(sheet, row)
  const marked = Array.from(titles.keys()).filter((column) => (
    findTechniques(rawCell(titles, column)).length === 1 && hasMarks(below, column, true)
  ))
  if (marked.length < 2) return undefined
  const others = Array.from({ length: Math.max(...marked) }, (_, column) => column).filter((column) => !marked.includes(column))
  const key = others.find((column) => meaningOf(rawCell(titles, column))?.role === 'capability')
    ?? others.find((column) => filledCells(below, column).length > 0)
  if (key === undefined || actors.has(foldTitle(rawCell(titles, key)))) return undefined
  return { row, key, marked, rowsAre: 'capability' }
}

/** Whether nearly all cells of a column are marks. `numbers`: counts and scores count as marks, besides crosses. */
function hasMarks(below: TableSheet['rows'], column: number, numbers: boolean): boolean {
  const cells = filledCells(below, column)
  return isMost(cells.filter(numbers ? isMark : isCross).length, cells.length)
}

/** "AC-2", "R-0001", "M1036", "CIS 4.1", "aws_config": letters and digits, or words joined by signs; not a year or a word. */
function hasIdForm(title: string): boolean {
  return /^(?:[A-Za-z]{1,12}[-_. ]{0,2}\d[\w.()-]{0,20}|[A-Za-z]+(?:[._-][A-Za-z0-9]+){1,6})$/.test(title)
}

/** An id that only one framework has. */
function isKnownId(title: string): boolean {
  return hasIdForm(title) && frameworks.some(({ capabilityId, distinctiveId }) => (distinctiveId ?? capabilityId)?.test(title))
}

/** The titles of the columns of marks. Where one object of a record has all of them, its name is not part of what they name. */
function readMarkTitles(sheet: TableSheet, titles: readonly string[], marked: readonly number[]): ReadonlyMap<number, string> {
  const found = marked.map((column) => ({ column, title: trimmedCell(titles, column), own: sheet.ownTitle?.(column)?.trim() }))
  const around = new Set(found.map(({ title, own }) => (own === undefined ? '' : title.slice(0, title.length - own.length))))
  const isOneObject = around.size === 1 && !around.has('')
  return new Map(found.map(({ column, title, own }) => [column, isOneObject && own !== undefined ? own : title]))
}

function layOut(sheet: TableSheet, { row, key, marked, rowsAre }: Matrix): LaidOutTable {
  const titles = sheet.rows[row] ?? []
  const width = sheet.rows.slice(row).reduce((most, cells) => Math.max(most, cells.length), 0)
  const isMarked = new Set(marked)
  const markTitles = readMarkTitles(sheet, titles, marked)
  const keep = (cells: readonly string[]): readonly string[] => (
    Array.from({ length: width }, (_, column) => (isMarked.has(column) ? '' : rawCell(cells, column)))
  )
  const cells = marked.flatMap((column) => sheet.rows.slice(row + 1).map((below) => trimmedCell(below, column)))
  const toMark = readMark(cells)
  /** Cells that are no marks, by their text: the first of each, and their count. */
  const odd = new Map<string, { readonly row: number; readonly column: number; readonly count: number }>()
  const skipped: Remark[] = []
  const added = rowsAre === 'technique' ? ['Capability ID', 'Capability name'] : ['Technique ID', 'Technique name']
  const derived: DerivedRow[] = [{ cells: [...keep(titles), ...added, 'Score value', 'Score category'], row }]
  const second = sheet.rows[row + 1] ?? []
  // A row of names below the titles, some of which may be blank.
  const below = marked.map((column) => trimmedCell(second, column)).filter((name) => name !== '')
  const names = trimmedCell(second, key) === '' && below.length > 0 && !below.some(isMark) ? second : undefined
  for (let at = row + (names ? 2 : 1); at < sheet.rows.length; at += 1) {
    const own = sheet.rows[at] ?? []
    if (own.every((cell) => cell.trim() === '')) continue
    const name = trimmedCell(own, key)
    if (rowsAre === 'capability' && isTotal(name)) {
      skipped.push({ code: 'parse/not-a-mapping', row: at, column: key, details: { message: 'A row of totals was skipped', found: name } })
      continue
    }
    const kept = keep(own)
    let marks = 0
    // Totals, for example, which are reported as rows without a technique.
    const isNamed = rowsAre === 'capability' || hasTechnique(name)
    for (const column of isNamed ? marked : []) {
      const text = trimmedCell(own, column)
      const mark = toMark(text)
      if (mark === 'none') continue
      if (mark === 'unknown') {
        const found = text.slice(0, 80)
        const first = odd.get(found) ?? { row: at, column, count: 0 }
        odd.set(found, { ...first, count: first.count + 1 })
        continue
      }
      marks += 1
      derived.push({
        cells: [...kept, markTitles.get(column) ?? '', trimmedCell(names, column), mark.value ?? '', mark.category ?? ''],
        row: at, from: (one) => (one < width ? one : column),
      })
    }
    if (marks > 0) continue
    // Crosses beside a blank cell: nothing of such a row is left in its own cells.
    if (kept.every((cell) => cell.trim() === '')) skipped.push({ code: 'parse/empty-row', row: at, column: key, details: {} })
    else derived.push({ cells: kept, row: at })
  }
  const laid = deriveSheet(sheet, derived)
  const asked = new Map([
    [rowsAre, [key]], [rowsAre === 'technique' ? 'capability' : 'technique', [width]],
    [rowsAre === 'technique' ? 'name' : 'techniqueName', names ? [width + 1] : []], ['value', [width + 2]], ['category', [width + 3]],
  ] as const)
  const columns = matchColumns(
    { titles: derived[0]?.cells ?? [], below: laid.rows.slice(1, SAMPLED_ROWS), why: 'by the layout of a matrix' },
    new Map(Array.from(asked).filter(([, found]) => found.length > 0)),
  )
  const [ofRows, ofColumns] = rowsAre === 'technique' ? ['techniques', 'capabilities'] : ['capabilities', 'techniques']
  const examples = Array.from(markTitles.values()).slice(0, 4).map((title) => `"${title.slice(0, 40)}"`).join(', ')
  const read: Remark = {
    code: 'parse/read-as-matrix', row, column: marked[0] ?? 0,
    details: {
      message: `The table was read as a matrix: its rows are ${ofRows}, and ${marked.length} of its columns ${ofColumns} `
        + `(${examples}${marked.length > 4 ? ', …' : ''})`,
    },
  }
  const unread = Array.from(odd, ([found, { count, ...at }]): Remark => (
    { code: 'parse/unknown-value', ...at, details: { found, count, expected: 'a cross, a count or a score' } }
  ))
  return { sheet: laid, header: { row: 0, columns }, titles: row + (names ? 1 : 0), remarks: [read, ...skipped, ...unread] }
}
