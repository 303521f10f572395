import { neutralise } from '../diagnostics/reporters/neutralise.js'
import type { Palette } from '../diagnostics/reporters/palette.js'
import type { AnalysisReport, ReportFact } from './analysis-report.js'
import { dropBlankColumns, pickColumns } from './pick-columns.js'
import { renderTextTable } from './render-text-table.js'
import { wrapText } from './wrap-text.js'

/** How a report is to look. */
export interface ReportTextOptions {
  /** Columns of the terminal. */
  readonly width: number
  readonly palette: Palette
  /** Whether what shows the text has more than ASCII, for bars; it has when absent. */
  readonly unicode?: boolean
  /** The most rows of a table; what is left out is counted. All when absent. */
  readonly mostRows?: number
  /** How to get the rest, for the line that counts it: "--verbose shows them". */
  readonly moreHint?: string
}

/**
 * A report for people: title, what must be known of it, counts, facts, then the tables that have rows. Tables follow the
 * width; only here are long cells shortened, and what a terminal would act on is neutralised.
 */
export function renderReportText(report: AnalysisReport, options: ReportTextOptions): string {
  const { palette, width } = options
  const blocks = [
    `${palette.strong(wrapText(neutralise(report.title), width))}\n`,
    ...report.about.map((sentence) => `${wrapText(neutralise(sentence), width)}\n`),
    renderFacts(report.counts, width),
    renderFacts(report.facts, width),
    ...report.tables.filter(({ rows, only }) => rows.length > 0 && only === undefined)
      .map((table) => renderTextTable(dropBlankColumns(pickColumns(table, 'text')), report.legend, options)),
  ]
  return blocks.filter((block) => block !== '').join('\n')
}

const gap = 2

/** Labels and values in two columns; numbers at the right of theirs. */
function renderFacts(facts: readonly ReportFact[], width: number): string {
  const labels = facts.map(({ label }) => neutralise(label))
  const labelWidth = labels.reduce((widest, label) => Math.max(widest, label.length), 0)
  const numbers = facts.flatMap(({ value }) => (typeof value === 'number' ? [String(value)] : []))
  const numberWidth = numbers.reduce((widest, number) => Math.max(widest, number.length), 0)
  const indent = ' '.repeat(gap + labelWidth + gap)
  return facts.map(({ value }, index) => {
    const label = (labels[index] ?? '').padEnd(labelWidth)
    const isNumber = typeof value === 'number'
    const text = isNumber ? String(value).padStart(numberWidth) : wrapText(neutralise(value), width - indent.length)
    return `${' '.repeat(gap)}${label}${' '.repeat(gap)}${text.replaceAll('\n', `\n${indent}`)}\n`
  }).join('')
}
