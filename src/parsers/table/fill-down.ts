import type { TableSheet } from '../../formats/decoded.js'
import type { ColumnRole } from './column-titles.js'
import { deriveSheet } from './derived-sheet.js'
import type { Header } from './find-header.js'

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
  let count = 0
  const rows = sheet.rows.map((cells, row) => {
    if (row <= header || cells.every(isBlank)) return { cells, row }
    const filled = [...cells]
    let isNew = false
    let isFilled = false
    for (const unit of ordered) {
      const stated = unit.columns.some((column) => !isBlank(cells[column] ?? ''))
      if (stated) isNew = true
      for (const column of unit.columns) {
        if (stated || isNew) above.set(column, cells[column] ?? '')
      }
      if (stated || isNew || !unit.beside.some((column) => !isBlank(cells[column] ?? ''))) continue
      for (const column of unit.columns) {
        const text = above.get(column) ?? ''
        if (isBlank(text)) continue
        while (filled.length <= column) filled.push('')
        filled[column] = text
        isFilled = true
      }
    }
    if (isFilled) count += 1
    return { cells: filled, row }
  })
  return { sheet: count === 0 ? sheet : deriveSheet(sheet, rows), count, lacked: leads ? 'capability' : 'technique' }
}

function isBlank(cell: string): boolean {
  return cell.trim() === ''
}
