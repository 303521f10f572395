import type { Code } from '../../diagnostics/catalogue.js'
import type { DiagnosticDetails, Report } from '../../diagnostics/diagnostic.js'
import type { TableSheet } from '../../formats/decoded.js'
import type { Origin } from '../../model/origin.js'
import type { ColumnRole } from './column-roles.js'
import type { Columns } from './find-header.js'

/** The cells of a sheet by what they hold, and a tally of what recurs from row to row. Rows count from 0. */
export interface SheetReader {
  readonly document: string
  readonly sheet: TableSheet
  readonly columns: Columns
  /** A cell's text as it stands; '' when the table has no such column. */
  raw(row: number, role: ColumnRole): string
  /** An id or a name: on one line, its white space made plain; undefined when blank. */
  line(row: number, role: ColumnRole): string | undefined
  /** A text of several lines, its ends trimmed. */
  lines(row: number, role: ColumnRole): string | undefined
  /** Where a row stands: its cell in the first of these columns that the table has. */
  origin(row: number, ...roles: readonly ColumnRole[]): Origin
  originOf(row: number, column: number): Origin
  report(code: Code, row: number, role: ColumnRole, details?: DiagnosticDetails): void
  /** Counts what may recur on every row: told once for each subject, at its first place. */
  count(code: Code, subject: string, row: number, role: ColumnRole, details?: DiagnosticDetails): void
  reportCounts(): void
}

interface Tally {
  readonly code: Code
  readonly details: DiagnosticDetails
  readonly origin: Origin
  count: number
}

/** White space that does not belong into an id or a name: at the ends, twice in a row, or anything but a plain space. */
const stray = /^\s|\s$|[^\S ]| {2}/

/** How many subjects of one kind are told apart; documents may be hostile. */
const subjectLimit = 200

/** Creates a reader of one sheet. */
export function createSheetReader(document: string, sheet: TableSheet, columns: Columns, report: Report): SheetReader {
  const tallies = new Map<string, Tally>()
  const raw = (row: number, role: ColumnRole): string => {
    const column = columns.byRole.get(role)
    return column === undefined ? '' : (sheet.rows[row]?.[column] ?? '')
  }
  const originOf = (row: number, column: number): Origin => ({ document, place: sheet.place(row, column) })
  const origin = (row: number, ...roles: readonly ColumnRole[]): Origin => (
    originOf(row, roles.flatMap((role) => columns.byRole.get(role) ?? [])[0] ?? 0)
  )
  const count: SheetReader['count'] = (code, subject, row, role, details = {}) => {
    const key = `${code} ${tallies.size < subjectLimit ? subject : ''}`
    const tally = tallies.get(key)
    if (tally) tally.count += 1
    else tallies.set(key, { code, details, origin: origin(row, role), count: 1 })
  }
  return {
    document,
    sheet,
    columns,
    raw,
    line(row, role) {
      const text = raw(row, role)
      if (text === '' || !stray.test(text)) return text || undefined
      count('normalise/whitespace', role, row, role, { found: `the column of the ${role}` })
      return text.replaceAll(/\s+/g, ' ').trim() || undefined
    },
    lines(row, role) {
      const text = raw(row, role).replaceAll(/\r\n?/g, '\n')
      const tidy = text.trim()
      if (tidy !== text) count('normalise/whitespace', role, row, role, { found: `the column of the ${role}` })
      return tidy || undefined
    },
    origin,
    originOf,
    report: (code, row, role, details) => report(code, { origin: origin(row, role), ...details }),
    count,
    reportCounts() {
      for (const tally of tallies.values()) report(tally.code, { origin: tally.origin, count: tally.count, ...tally.details })
      tallies.clear()
    },
  }
}
