import type { Report } from '../../diagnostics/diagnostic.js'
import { type DocumentFile, type TableDocument, withoutBlankEnd } from '../decoded.js'
import { type Limits, reportExcess, usualLimits } from '../limits.js'
import { positionFinder } from '../places.js'
import { detectDelimiter } from './detect-delimiter.js'
import { endOfField, scanRecords } from './scan-records.js'

type ScannedRows = readonly (readonly string[])[]

/**
 * Decodes a delimited text: RFC 4180, and the variants that spreadsheets write. The delimiter is detected, unless that of the text is
 * known. Misplaced quotes are reported and read as text (`read/stray-quote`). Undefined and reported if there is no text (`read/empty`), or more rows or cells, or
 * longer ones, than the limits allow (`read/too-large`).
 */
export function decodeCsv(
  file: DocumentFile, text: string, report: Report, known?: string, limits: Limits = usualLimits,
): TableDocument | undefined {
  if (text.trim() === '') {
    report('read/empty', { origin: { document: file.name, place: { kind: 'file' } } })
    return undefined
  }
  const delimiter = known ?? detectDelimiter(text).delimiter
  const code = delimiter.charCodeAt(0)
  const { rows: scanned, starts, unclosed, strays, excess } = scanRecords(text, delimiter, undefined, limits)
  const positionOf = positionFinder(text)
  const placeOf = (offset: number) => ({ kind: 'text', ...positionOf(offset) }) as const
  if (excess) {
    // The lines after the place are not counted: there may be millions.
    const place = { kind: 'text', ...positionFinder(text.slice(0, excess.at + 1))(excess.at) } as const
    reportExcess({ ...excess, place }, file, limits, report)
    return undefined
  }
  const rows = delimiter === '|' ? withoutRules(scanned) : scanned

  if (unclosed !== undefined) {
    report('read/stray-quote', {
      message: 'A cell begins with a quote that is never closed',
      origin: { document: file.name, place: placeOf(unclosed) },
      hint: 'The quote was read as text. Close it; if it belongs to the text, quote the cell and double it.',
    })
  }
  if (strays) report('read/stray-quote', { origin: { document: file.name, place: placeOf(strays.first) }, count: strays.count })
  return {
    container: 'csv',
    file,
    sheets: [{
      name: '',
      rows: rows.map((row, index) => (index === 0 && /^sep=.$/i.test(row.join(delimiter)) ? [] : withoutBlankEnd(row))),
      link: () => undefined,
      place: (row, column) => placeOf(findCell(text, starts[row] ?? text.length, code, column)),
    }],
  }
}

/** The rows of a table in Markdown without its rule (`|---|:--|`) and the spaces around its cells; other rows as they are. */
function withoutRules(rows: ScannedRows): ScannedRows {
  const rule = rows.findIndex((row) => row.some((cell) => /^\s*:?-{2,}:?\s*$/.test(cell)) && row.every((cell, index) => (
    /^\s*:?-+:?\s*$/.test(cell) || (cell.trim() === '' && (index === 0 || index === row.length - 1))
  )))
  return rule < 1 ? rows : rows.map((row, index) => (index === rule ? [] : row.map((cell) => cell.trim())))
}

/** The offset of a cell; that of its record if the record has no such cell. */
export function findCell(text: string, start: number, delimiter: number, column: number): number {
  let at = start
  for (let passed = 0; passed < column; passed += 1) {
    const { end } = endOfField(text, at, delimiter)
    if (text.charCodeAt(end) !== delimiter) return start
    at = end + 1
  }
  return at
}
