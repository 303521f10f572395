import type { Code } from '../../diagnostics/catalogue.js'
import type { DiagnosticDetails, Report } from '../../diagnostics/diagnostic.js'
import type { TableSheet } from '../../formats/decoded.js'
import type { Origin } from '../../model/origin.js'
import { stated } from '../../model/stated.js'
import { createTally } from '../reading/file-reader.js'
import { strayWhitespace } from '../reading/read-text.js'
import type { ColumnRole } from './column-titles.js'
import type { View } from './column-views.js'
import { deriveSheet } from './matrix-layout.js'
import type { Header } from './find-header.js'
import type { Columns } from './match-columns.js'
import { rawCell, trimmedCell } from './cells.js'

/** Cells of a sheet by role, and diagnostics about them. Rows and columns count from 0. */
export interface SheetReader {
  readonly document: string
  readonly sheet: TableSheet
  readonly columns: Columns
  /** What to do about rows without a capability, or without a technique, if blank cells mean "as above". */
  readonly blankHints: BlankHints
  /** A cell's text as it is; '' if the table has no such column. */
  raw(row: number, role: ColumnRole): string
  /** A cell as one line, its white space normalised; undefined if blank. */
  line(row: number, role: ColumnRole): string | undefined
  /** A cell as text of several lines, trimmed, lines separated by \n; undefined if blank. */
  lines(row: number, role: ColumnRole): string | undefined
  /** The origin of a row: its cell in the first of these columns that the table has. */
  origin(row: number, ...roles: readonly ColumnRole[]): Origin
  originOf(row: number, column: number): Origin
  report(code: Code, row: number, role: ColumnRole, details?: DiagnosticDetails): void
  /** Counts a diagnostic that may recur on every row: reported once per subject, at its first place, with its count. */
  count(code: Code, subject: string, row: number, role: ColumnRole, details?: DiagnosticDetails): void
  reportCounts(): void
  /** The same reader for another choice of columns. A diagnostic about a cell is reported once for all of them. */
  view(byRole: View): SheetReader
}

/** Hints for rows that lack something, if `--fill-down` completes rows of the table. */
export interface BlankHints {
  readonly capability?: string
  readonly technique?: string
}

/** Creates the reader of a sheet. */
export function createSheetReader(
  document: string, sheet: TableSheet, columns: Columns, report: Report, blankHints: BlankHints = {},
): SheetReader {
  const tally = createTally(report, '')
  const counted = columns.views.length > 1 ? new Set<string>() : undefined
  return createView({ document, sheet, columns, report, tally, blankHints, ...stated({ counted }) })
}

interface Source {
  readonly document: string
  readonly sheet: TableSheet
  readonly columns: Columns
  readonly report: Report
  readonly tally: ReturnType<typeof createTally>
  readonly blankHints: BlankHints
  /** What was said of which cell, if rows are read in several ways. */
  readonly counted?: Set<string>
}

function createView(source: Source): SheetReader {
  const { document, sheet, columns, report, tally, blankHints, counted } = source
  const cell = (row: number, column: number): string => rawCell(sheet.rows[row], column)
  const raw = (row: number, role: ColumnRole): string => {
    const several = columns.joined.get(role)
    if (several) return several.map((column) => cell(row, column)).filter((text) => text.trim() !== '').join('\n')
    const column = columns.byRole.get(role)
    return column === undefined ? '' : cell(row, column)
  }
  const originOf = (row: number, column: number): Origin => ({ document, place: sheet.place(row, column) })
  const origin = (row: number, ...roles: readonly ColumnRole[]): Origin => (
    originOf(row, roles.flatMap((role) => columns.byRole.get(role) ?? [])[0] ?? 0)
  )
  const isRepeated = (code: Code, subject: string, row: number, role: ColumnRole): boolean => {
    const key = `${code} ${subject} ${row} ${columns.byRole.get(role)}`
    if (counted?.has(key) === true) return true
    counted?.add(key)
    return false
  }
  const count: SheetReader['count'] = (code, subject, row, role, details = {}) => {
    if (isRepeated(code, subject, row, role)) return
    tally.count(code, subject, () => ({ origin: origin(row, role), ...details }), () => origin(row, role).place)
  }
  return {
    document,
    sheet,
    columns,
    blankHints,
    raw,
    line(row, role) {
      const text = raw(row, role)
      if (text === '' || !strayWhitespace.test(text)) return text || undefined
      count('normalise/whitespace', role, row, role, { found: `the ${role} column` })
      return text.replaceAll(/\s+/g, ' ').trim() || undefined
    },
    lines(row, role) {
      const text = raw(row, role).replaceAll(/\r\n?/g, '\n')
      const tidy = text.trim()
      if (tidy !== text) count('normalise/whitespace', role, row, role, { found: `the ${role} column` })
      return tidy || undefined
    },
    origin,
    originOf,
    report(code, row, role, details) {
      if (!isRepeated(code, details?.found ?? '', row, role)) report(code, { origin: origin(row, role), ...details })
    },
    count,
    reportCounts: () => tally.report(),
    view: (byRole) => createView({ ...source, columns: { ...columns, byRole } }),
  }
}

/** A sheet whose blank cells have the text above them, and the number of rows that got some. */
export interface FilledSheet {
  readonly sheet: TableSheet
  readonly count: number
  /** What the filled rows lacked. */
  readonly lacked: 'capability' | 'technique'
}

/** Cells that are blank or filled together: a capability's id and its name. */
interface Unit {
  readonly columns: readonly number[]
  /** A row is filled only if one of these columns has text: the rest of a mapping. */
  readonly beside: readonly number[]
}

/**
 * Fills blank cells from above: the capability, and what is written before it (framework, group), in rows that name a technique;
 * if techniques come first, the technique in rows that name a capability. What is right of a cell that is not blank stays blank: a
 * new group begins without a capability.
 */
export function fillDown(sheet: TableSheet, { row: header, columns }: Header): FilledSheet {
  const columnsOf = (...roles: readonly ColumnRole[]): readonly number[] => (
    [...new Set([columns.byRole, ...columns.views].flatMap((view) => roles.flatMap((role) => view.get(role) ?? [])))]
  )
  const techniques = [...columnsOf('technique', 'subtechnique'), ...columns.relations.map(({ column }) => column)]
  const capabilities = columnsOf(columns.byRole.has('capability') ? 'capability' : 'name')
  const leads = Math.min(...capabilities) < Math.min(...techniques)
  const units: readonly Unit[] = [
    ...(['framework', 'frameworkVersion', 'group'] as const).map((role) => (
      { columns: columnsOf(role).filter((one) => one < Math.min(...capabilities)), beside: [...capabilities, ...techniques] }
    )),
    ...(leads ? [{ columns: columnsOf('capability', 'name', 'text'), beside: techniques }] : []),
    {
      columns: columnsOf('technique', 'techniqueName'),
      beside: leads ? columnsOf('subtechnique') : [...columnsOf('subtechnique'), ...capabilities],
    },
  ]
  const ordered = units.filter((unit) => unit.columns.length > 0)
    .toSorted((a, b) => Math.min(...a.columns) - Math.min(...b.columns))
  const above = new Map<number, string>()
  const filledRows = new Map<number, string[]>()
  for (const [row, cells] of sheet.rows.entries()) {
    if (row <= header || cells.every(isBlank)) continue
    let isNew = false
    for (const unit of ordered) {
      const isStated = unit.columns.some((column) => trimmedCell(cells, column) !== '')
      if (isStated) isNew = true
      for (const column of unit.columns) {
        if (isStated || isNew) above.set(column, rawCell(cells, column))
      }
      if (isStated || isNew || !unit.beside.some((column) => trimmedCell(cells, column) !== '')) continue
      for (const column of unit.columns) {
        const text = above.get(column) ?? ''
        if (isBlank(text)) continue
        // Rows are copied only if they are filled: most are not.
        const filled = filledRows.get(row) ?? [...cells]
        while (filled.length <= column) filled.push('')
        filled[column] = text
        filledRows.set(row, filled)
      }
    }
  }
  const count = filledRows.size
  const derive = (): TableSheet => deriveSheet(sheet, sheet.rows.map((cells, row) => ({ cells: filledRows.get(row) ?? cells, row })))
  return { sheet: count === 0 ? sheet : derive(), count, lacked: leads ? 'capability' : 'technique' }
}

function isBlank(cell: string): boolean {
  return cell.trim() === ''
}

const placeholder = /^(?:n\/?a|none|null|nan|nil|-+|–|—|\[\]|\{\})$/i

/** Whether a cell is blank, or has what people write for nothing: "n/a", "none", "-", "[]". */
export function isNothing(cell: string): boolean {
  const text = cell.trim()
  return text === '' || placeholder.test(text)
}
