import type { TableSheet } from '../../formats/decoded.js'
import { columnLetters } from '../../formats/places.js'
import { frameworks } from '../../frameworks/frameworks.js'
import type { AskedColumn } from './asked-columns.js'
import { isProse, isRowCount } from './column-contents.js'
import { describesTechniques } from './attack-words.js'
import { meaningOf } from './column-roles.js'
import { columnsOption } from './columns-option.js'
import { SAMPLED_ROWS, searchedRows } from './find-header.js'
import { isCross } from './matrix-marks.js'
import { findTechniques } from './split-cells.js'

/** Reads a sheet with these columns, and returns how many mappings it has. */
export type TryColumns = (asked: readonly AskedColumn[]) => number

/** Columns that are examined. */
const WIDEST = 50

/**
 * Proposes columns for a sheet without known titles, by their cells: all that contain technique ids, and the one with most ids of known
 * frameworks, or else the first with texts that are neither names of techniques nor marks. The proposal is tried: undefined if the
 * sheet has no mappings with it.
 */
export function suggestColumns(sheet: TableSheet, tryColumns: TryColumns): string | undefined {
  const rows = sheet.rows.slice(0, SAMPLED_ROWS)
  const techniques = columnsWith(rows, (cell) => findTechniques(cell).length > 0)
  if (techniques.length === 0 || techniques.length > 5) return undefined
  const capability = columnsWith(rows, isCapability).find((column) => !techniques.includes(column))
  const column = capability ?? firstText(sheet, rows, techniques)
  if (column === undefined) return undefined
  const asked: readonly AskedColumn[] = [
    { role: 'capability', title: columnLetters(column) },
    ...techniques.toSorted((a, b) => a - b).map((one): AskedColumn => ({ role: 'technique', title: columnLetters(one) })),
  ]
  if (tryColumns(asked) === 0) return undefined
  return columnsOption(asked.map(({ role, title }) => [role === 'capability' ? 'capability_id' : role, title] as const))
}

function isCapability(cell: string): boolean {
  return /\d/.test(cell) && frameworks.some(({ capabilityId, distinctiveId }) => (distinctiveId ?? capabilityId)?.test(cell.trim()))
}

/** Columns in which most of the cells fit, those with most of them first. */
function columnsWith(rows: TableSheet['rows'], fits: (cell: string) => boolean): readonly number[] {
  const counts = new Map<number, { fitting: number; filled: number }>()
  for (const row of rows) {
    for (const [column, cell] of row.slice(0, WIDEST).entries()) {
      if (cell.trim() === '') continue
      const count = counts.get(column) ?? { fitting: 0, filled: 0 }
      counts.set(column, { fitting: count.fitting + (fits(cell) ? 1 : 0), filled: count.filled + 1 })
    }
  }
  return Array.from(counts).filter(([, { fitting, filled }]) => fitting > 0 && fitting >= (filled - 1) / 2)
    .toSorted(([, a], [, b]) => b.fitting - a.fitting).map(([column]) => column)
}

/** The first column of texts that may name capabilities: no marks, numbers, prose, or known attributes such as tactics. */
function firstText(sheet: TableSheet, rows: TableSheet['rows'], except: readonly number[]): number | undefined {
  const titles = sheet.rows[searchedRows(sheet)[0] ?? 0] ?? []
  const below = rows.slice(1)
  return Array.from(titles.slice(0, WIDEST).keys()).find(fits)

  function fits(column: number): boolean {
    const title = titles[column] ?? ''
    const cells = below.map((row) => (row[column] ?? '').trim()).filter((cell) => cell !== '')
    // The column directly after the techniques usually has their names.
    if (except.includes(column) || except.includes(column - 1) || cells.length === 0) return false
    if (describesTechniques(title) || isProse(below, column) || isRowCount(below, column)) return false
    const role = meaningOf(title)?.role
    if (role !== undefined && role !== 'capability' && role !== 'name') return false
    return cells.some((cell) => !isCross(cell) && !/^[\d.,%+-]+$/.test(cell))
  }
}
