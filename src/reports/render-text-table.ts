import { neutralise } from '../diagnostics/reporters/neutralise.js'
import type { Palette } from '../diagnostics/reporters/palette.js'
import type { ColumnKind, LegendEntry, ReportCell, ReportColumn, ReportTable, ReportTone } from './analysis-report.js'
import { drawShare, paintShare, percentWidth } from './draw-share.js'
import { fitColumns, isFlexible } from './fit-columns.js'
import { formatNumber } from './format-number.js'
import type { ReportTextOptions } from './render-report-text.js'
import { fitText, textWidth } from './text-width.js'
import { wrapText } from './wrap-text.js'

const indent = '  '
const gap = '  '

type Paint = (text: string) => string
/** Colours what is printed of a cell, for what the cell says. */
type PaintCell = (printed: string, cell: string, kind: ColumnKind | undefined) => string

const unpainted: PaintCell = (printed) => printed

/** A table with its heading: columns side by side or, where they are too wide for that, long cells below each row. */
export function renderTextTable(table: ReportTable, legend: readonly LegendEntry[], options: ReportTextOptions): string {
  const { width, palette, unicode = true, mostRows = table.rows.length } = options
  const shown = table.rows.slice(0, mostRows)
  const cells = shown.map((row) => table.columns.map((column, index) => cellText(row[index] ?? null, column)))
  const paint = createPaint(legend, palette)
  const needs = table.columns.map(({ kind, title }, index) =>
    ({ kind, width: cells.reduce((widest, row) => Math.max(widest, textWidth(row[index] ?? '')), title.length) }))
  const room = width - indent.length - gap.length * (needs.length - 1)
  const widths = fitColumns(needs, room)
  const below = width - stackedLead(table.columns)
  const drawn = shown.map((row, line) => row.map((cell, index) =>
    (table.columns[index]?.kind === 'share' && typeof cell === 'number'
      ? drawShare(cell, widths?.[index] ?? below, unicode)
      : (cells[line]?.[index] ?? ''))))
  const lines = widths
    ? renderSideBySide(table.columns, drawn, widths, paint, palette)
    : renderStacked(table.columns, drawn, needs.map((need) => need.width), paint, options)
  const left = table.rows.length - shown.length
  const heading = `${palette.strong(table.uncounted === true ? table.title : `${table.title} (${table.rows.length})`)}\n`
  const about = table.about === undefined ? '' : `${palette.faint(wrapText(neutralise(table.about), width))}\n`
  const hint = options.moreHint === undefined ? '' : `: ${options.moreHint}`
  return `${heading}${about}${lines}${left > 0 ? `${indent}and ${left} more${hint}\n` : ''}`
}

function renderSideBySide(
  columns: readonly ReportColumn[],
  cells: readonly (readonly string[])[],
  widths: readonly number[],
  paint: PaintCell,
  palette: Palette,
): string {
  const header = joinCells(columns, columns.map(({ title }) => title), widths, unpainted)
  const lines = cells.map((row) => joinCells(columns, row, widths, paint))
  return [palette.faint(header), ...lines].map((line) => `${line}\n`).join('')
}

/** First what is short, in columns; then each long cell on a line of its own, with the column's title. */
function renderStacked(
  columns: readonly ReportColumn[],
  cells: readonly (readonly string[])[],
  needs: readonly number[],
  paint: PaintCell,
  { width, palette }: ReportTextOptions,
): string {
  const isShort = columns.map((column) => !goesBelow(column))
  const pick = <Value>(values: readonly Value[]): readonly Value[] => values.filter((_, index) => isShort[index])
  const shortColumns = pick(columns)
  const shortWidths = pick(needs)
  const header = palette.faint(joinCells(shortColumns, shortColumns.map(({ title }) => title), shortWidths, unpainted))
  const longest = stackedLead(columns) - indent.length * 2 - gap.length
  const lines = cells.flatMap((row) => [
    joinCells(shortColumns, pick(row), shortWidths, paint),
    ...row.flatMap((cell, index) => {
      const column = columns[index]
      if (!column || isShort[index] || cell === '') return []
      const lead = `${indent}${indent}${column.title.padEnd(longest)}${gap}`
      return [`${palette.faint(lead)}${paint(fitText(cell, width - lead.length), cell, column.kind)}`]
    }),
  ])
  return [header, ...lines].map((line) => `${line}\n`).join('')
}

/** What stands before a cell that has a line of its own: its column's title, indented. */
function stackedLead(columns: readonly ReportColumn[]): number {
  const longest = columns.filter(goesBelow).reduce((widest, { title }) => Math.max(widest, title.length), 0)
  return indent.length * 2 + longest + gap.length
}

function goesBelow(column: ReportColumn): boolean {
  return isFlexible(column) || column.kind === 'share'
}

function joinCells(
  columns: readonly ReportColumn[],
  row: readonly string[],
  widths: readonly number[],
  paint: PaintCell,
): string {
  const last = row.findLastIndex((cell) => cell !== '')
  const parts = row.slice(0, last + 1).map((cell, index) => {
    const text = fitText(cell, widths[index] ?? 0)
    const blank = ' '.repeat(Math.max(0, (widths[index] ?? 0) - textWidth(text)))
    const painted = paint(text, cell, columns[index]?.kind)
    if (columns[index]?.kind === 'number') return `${blank}${painted}`
    return index === last ? painted : `${painted}${blank}`
  })
  return `${indent}${parts.join(gap)}`
}

function cellText(cell: ReportCell, { kind, digits }: ReportColumn): string {
  if (cell === null) return ''
  // As wide as every other share, so that bars begin at the same place.
  if (kind === 'share') return ' '.repeat(percentWidth)
  return typeof cell === 'number' ? formatNumber(cell, digits) : neutralise(cell.replaceAll(/\s+/g, ' '))
}

function createPaint(legend: readonly LegendEntry[], palette: Palette): PaintCell {
  const paints = new Map(legend.map(({ word, tone }) => [word, paintOf(tone, palette)]))
  return (printed, cell, kind) => {
    if (kind === 'share') return paintShare(printed, palette)
    return kind === 'change' ? (paints.get(cell)?.(printed) ?? printed) : printed
  }
}

function paintOf(tone: ReportTone, palette: Palette): Paint {
  if (tone === 'removed') return palette.error
  if (tone === 'changed' || tone === 'attention') return palette.warning
  if (tone === 'added' || tone === 'strong') return palette.note
  return tone === 'same' || tone === 'weak' ? palette.faint : (text) => text
}
