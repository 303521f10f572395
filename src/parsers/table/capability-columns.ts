import type { Report } from '../../diagnostics/diagnostic.js'
import type { TableSheet } from '../../formats/decoded.js'
import type { CapabilityRef } from '../../model/mapping.js'
import type { Place } from '../../model/origin.js'
import { foldSpace, shortenText } from '../../model/text.js'
import { createCapabilityReader, type ReadCapabilities } from './capability-cells.js'

/** The cells of a sheet that contain capabilities, read column by column. */
export interface CapabilityColumns {
  read(row: number, column: number): readonly CapabilityRef[]
  /** Reports cells that look like lists and were not split: once for a column, with its first cells. */
  report(): void
}

/** Cells that a message quotes. */
const QUOTED = 3

/** Creates the reader. `header`: the row of titles; the cells below it show whether a column contains ids or words. */
export function createCapabilityColumns(
  sheet: TableSheet, header: number, separator: string | undefined, document: string, report: Report,
): CapabilityColumns {
  const readers = new Map<number, ReadCapabilities>()
  const doubts = new Map<number, Map<number, string>>()
  const readerOf = (column: number): ReadCapabilities => {
    const ready = readers.get(column)
    if (ready) return ready
    const created = createCapabilityReader(sheet.rows.slice(header + 1).map((row) => row[column] ?? ''), separator)
    readers.set(column, created)
    return created
  }
  return {
    read(row, column) {
      const text = sheet.rows[row]?.[column] ?? ''
      const { capabilities, isDoubtful } = readerOf(column)(text)
      if (isDoubtful) doubts.set(column, (doubts.get(column) ?? new Map<number, string>()).set(row, text))
      return capabilities
    },
    report() {
      for (const [column, cells] of doubts) {
        const [[first] = [0]] = cells
        const found = Array.from(cells).slice(0, QUOTED).map(([row, text]) => (
          `${nameCell(sheet.place(row, column))} "${shortenText(foldSpace(text), 60)}"`
        ))
        report('parse/list-in-cell', {
          origin: { document, place: sheet.place(first, column) },
          found: `${found.join(', ')}${cells.size > QUOTED ? ', …' : ''}`,
          hint: hintFor(Array.from(cells.values())),
          count: cells.size,
        })
      }
      doubts.clear()
    },
  }
}

function nameCell(place: Place): string {
  if (place.kind === 'cell') return place.cell
  return place.kind === 'text' ? `line ${place.line}` : ''
}

/** Separators of lists, and how they are written for a shell. */
const separators: readonly (readonly [string, string])[] = [
  ['|', '|'], [';', ';'], ['\n', String.raw`\n`], [',', ','], [' / ', ' / '], [' & ', ' & '], [' + ', ' + '], [' and ', ' and '],
]

/** Proposes the separator that most of the cells contain. */
function hintFor(texts: readonly string[]): string {
  const counted = separators.map(([separator, written]) => (
    { written, count: texts.filter((text) => text.split(separator).filter((part) => part.trim() !== '').length > 1).length }
  ))
  const [best] = counted.toSorted((a, b) => b.count - a.count)
  return best && best.count > 0
    ? `If it is a list, add --split capability="${best.written}".`
    : 'Write each id, separated by semicolons, or a row for each capability.'
}
