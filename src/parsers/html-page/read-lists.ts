import type { ListedCapability, ListedGroup } from '../page/page-content.js'
import type { HtmlTable } from './find-html-tables.js'
import { isNoRow, readRowCells } from './read-row-cells.js'

/** Reads a page's list of capabilities. */
export function readCapabilityRows(table: HtmlTable): readonly ListedCapability[] {
  return table.rows.filter((row) => !isNoRow(row)).flatMap((row) => {
    const cells = readRowCells(table, row)
    const id = cells.text('capability-id')
    const name = cells.text('capability-name') ?? cells.text('capability-description')
    const rows = readNumber(cells.text('number-of-mappings'))
    return [{ ...(id !== undefined && { id }), ...(name !== undefined && { name }), ...(rows !== undefined && { rows }) }]
  })
}

/** Reads a page's list of groups. */
export function readGroupRows(table: HtmlTable): readonly ListedGroup[] {
  return table.rows.filter((row) => !isNoRow(row)).flatMap((row) => {
    const cells = readRowCells(table, row)
    const id = cells.text('group-id')
    const rows = readNumber(cells.text('number-of-mappings'))
    return id === undefined ? [] : [{ id, name: cells.text('group-name') ?? id, ...(rows !== undefined && { rows }) }]
  })
}

function readNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d[\d,]{0,11}$/.test(text) ? Number(text.replaceAll(',', '')) : undefined
}
