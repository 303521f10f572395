import { neutralise, type Palette } from '../../diagnostics/reporters/terminal-text.js'
import {
  type ColumnKind, dropBlankColumns, type LegendEntry, pickColumns, type ReportCell, type ReportColumn, type ReportTable, type ReportTone,
} from '../../model/report-table.js'
import type { AnalysisReport, ReportFact } from './analysis-report.js'
import { drawShare, fitColumns, fitText, isFlexible, paintShare, percentWidth, textWidth, wrapText } from './fit-width.js'

/** The layout of a report as text. */
export interface ReportTextOptions {
  /** In terminal columns. */
  readonly width: number
  readonly palette: Palette
  /** Whether bars may use Unicode blocks; true by default. */
  readonly unicode?: boolean
  /** The most rows shown of a table; the others are counted. Absent: all. */
  readonly mostRows?: number
  /** How to see the other rows, after their count: "--verbose shows them". */
  readonly moreHint?: string
}

/**
 * Renders a report for people: title, notes, counts, facts, then the tables that have rows. Fits tables to the width: only this
 * format shortens long cells. Neutralises terminal control sequences.
 */
export function renderReportText(report: AnalysisReport, options: ReportTextOptions): string {
  const { palette, width } = options
  const blocks = [
    `${palette.strong(wrapText(neutralise(report.title), width))}\n`,
    ...report.about.map((sentence) => `${wrapText(neutralise(sentence), width)}\n`),
    renderFacts(report.counts, width),
    renderFacts(report.facts, width),
    ...report.tables.filter((table) => table.only === undefined && table.rows.length > 0)
      .map((table) => renderTextTable(dropBlankColumns(pickColumns(table, 'text')), report.legend, options)),
  ]
  return blocks.filter((block) => block !== '').join('\n')
}

const factGap = 2

/** Labels and values in two columns, numbers right-aligned. */
function renderFacts(facts: readonly ReportFact[], width: number): string {
  const labels = facts.map(({ label }) => neutralise(label))
  const labelWidth = labels.reduce((widest, label) => Math.max(widest, label.length), 0)
  const numbers = facts.flatMap(({ value }) => (typeof value === 'number' ? [String(value)] : []))
  const numberWidth = numbers.reduce((widest, number) => Math.max(widest, number.length), 0)
  const indent = ' '.repeat(factGap + labelWidth + factGap)
  return facts.map(({ value }, index) => {
    const label = (labels[index] ?? '').padEnd(labelWidth)
    const isNumber = typeof value === 'number'
    const text = isNumber ? String(value).padStart(numberWidth) : wrapText(neutralise(value), width - indent.length)
    return `${' '.repeat(factGap)}${label}${' '.repeat(factGap)}${text.replaceAll('\n', `\n${indent}`)}\n`
  }).join('')
}

const tableIndent = '  '
const gap = '  '

type Paint = (text: string) => string
/** Colours the printed part of a cell by the whole cell. */
type PaintCell = (printed: string, cell: string, kind: ColumnKind | undefined) => string

const unpainted: PaintCell = (printed) => printed

/** Renders a table with its heading: columns side by side or, if they don't fit, long cells on lines below each row. */
export function renderTextTable(table: ReportTable, legend: readonly LegendEntry[], options: ReportTextOptions): string {
  const { width, palette, unicode = true, mostRows = table.rows.length } = options
  const shown = table.rows.slice(0, mostRows)
  const cells = shown.map((row) => table.columns.map((column, index) => cellText(row[index] ?? null, column)))
  const paint = createPaint(legend, palette)
  const needs = table.columns.map(({ kind, title }, index) =>
    ({ kind, width: cells.reduce((widest, row) => Math.max(widest, textWidth(row[index] ?? '')), title.length) }))
  const room = width - tableIndent.length - gap.length * (needs.length - 1)
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
  return `${heading}${about}${lines}${left > 0 ? `${tableIndent}and ${left} more${hint}\n` : ''}`
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

/** Short cells in columns, then each long cell on a line of its own, after its column's title. */
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
  const longest = stackedLead(columns) - tableIndent.length * 2 - gap.length
  const lines = cells.flatMap((row) => [
    joinCells(shortColumns, pick(row), shortWidths, paint),
    ...row.flatMap((cell, index) => {
      const column = columns[index]
      if (!column || isShort[index] || cell === '') return []
      const lead = `${tableIndent}${tableIndent}${column.title.padEnd(longest)}${gap}`
      return [`${palette.faint(lead)}${paint(fitText(cell, width - lead.length), cell, column.kind)}`]
    }),
  ])
  return [header, ...lines].map((line) => `${line}\n`).join('')
}

/** The width before a cell that has a line of its own: the indent and the column's title. */
function stackedLead(columns: readonly ReportColumn[]): number {
  const longest = columns.filter(goesBelow).reduce((widest, { title }) => Math.max(widest, title.length), 0)
  return tableIndent.length * 2 + longest + gap.length
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
  return `${tableIndent}${parts.join(gap)}`
}

function cellText(cell: ReportCell, { kind, digits }: ReportColumn): string {
  if (cell === null) return ''
  // All shares have the same width, so that bars are aligned.
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

/** Formats a number with a fixed number of fractional digits: 0.5 with three digits is "0.500". */
function formatNumber(value: number, digits = 0): string {
  return value.toFixed(digits)
}
