import { isNonMappable } from '../page/non-mappable.js'
import type { PageRow } from '../page/page-content.js'
import type { HtmlRow, HtmlTable } from './find-html-tables.js'
import { isRowCutOff } from './is-row-cut-off.js'
import { readNoteCell } from './read-note-cell.js'
import { readPageLink } from './read-page-link.js'
import { isNoRow, readRowCells, type RowCells } from './read-row-cells.js'
import type { TableContext } from './table-context.js'
import { tellFramework } from './tell-framework.js'

/** Some rows print a full stop behind the id; it is kept as printed. */
const TECHNIQUE = /^T\d{4}(?:\.\d{3})?\.?$/

/** Reads a table of mappings, or of what maps to nothing. Rows without a capability's id are reported and left out. */
export function readMappingRows(table: HtmlTable, context: TableContext): readonly PageRow[] {
  for (const { column, label } of table.header) if (!column && label !== '') context.reports.unknownColumn(table.element, label)
  return table.rows.filter((row) => !isNoRow(row) && !isRowCutOff(table, row, context.cutOff))
    .flatMap((row) => readRow(table, row, context) ?? [])
}

function readRow(table: HtmlTable, row: HtmlRow, context: TableContext): PageRow | undefined {
  const { reports } = context
  const cells = readRowCells(table, row)
  const id = cells.text('capability-id')
  if (id === undefined) {
    reports.unreadableRow(row.element, 'a capability id in the column "Capability ID"')
    return undefined
  }
  const link = readPageLink(cells.link('capability-id') ?? cells.link('capability-description'))
  const framework = tellFramework(id, link?.slug, table, context)
  if (!framework) reports.unknownFramework(row.element)
  const description = cells.text('capability-description')
  return {
    place: reports.place(row.element),
    ...(framework && { framework }),
    ...(link?.frameworkVersion !== undefined && { frameworkVersion: link.frameworkVersion }),
    capability: { id, ...(description !== undefined && { description }) },
    ...(table.kind === 'unmappable' ? { unmappable: true } : readTarget(row, cells, context)),
  }
}

/** What a row maps to, how, and what it says of it. */
function readTarget(row: HtmlRow, cells: RowCells, { reports }: TableContext): Partial<PageRow> {
  const technique = cells.text('technique-id')
  const isTechnique = technique !== undefined && TECHNIQUE.test(technique)
  const name = cells.text('technique-name')
  const relation = cells.text('relation')
  const category = cells.text('category')
  const value = cells.text('value')
  if (!isTechnique && !isNonMappable(relation)) reports.missingTechnique(row.element, technique)
  return {
    ...(isTechnique && { technique: { id: technique, ...(name !== undefined && { name }) } }),
    ...(relation !== undefined && { relation }),
    ...(category !== undefined && { category }),
    ...(value !== undefined && { value }),
    ...readNoteCell(cells.cell('notes')),
  }
}
