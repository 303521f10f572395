import type { Sheet } from 'hucre/xlsx'
import type { CellKind } from '../decoded.js'
import type { Excess } from '../limits.js'
import { cellAddress } from '../places.js'
import type { PlainSheet } from './foreign-workbook.js'

/** A sheet as read by hucre. */
export interface RawSheet extends PlainSheet {
  /** Whether a cell contains a date, or a number that is displayed without a format. */
  readonly kind: (row: number, column: number) => CellKind | undefined
  /** Numbers that their number format does not display: they are read without it. */
  readonly unformatted?: UnformattedNumbers
}

/** The first number with an odd number format, and how many there are. */
interface UnformattedNumbers {
  readonly format: string
  readonly row: number
  readonly column: number
  readonly count: number
}

/** Reads .xlsx and .xlsm (ECMA-376) with hucre. Throws errors of hucre: the file is damaged, or protected. */
export async function readXlsx(bytes: Uint8Array): Promise<readonly RawSheet[]> {
  const hucre = await import('hucre/xlsx')
  const { sheets } = await hucre.readXlsx(bytes)
  // Reading number formats takes as long again: only for sheets with numbers.
  const numeric = sheets.flatMap(
    ({ rows }, index) => (rows.some((row) => row.some((value) => typeof value === 'number')) ? [index] : [])
  )
  const styled = numeric.length === 0 ? [] : (await hucre.readXlsx(bytes, { readStyles: true, sheets: numeric })).sheets
  const format = styled.length === 0 ? undefined : (await import('hucre')).formatValue
  return sheets.map((sheet, index) => {
    const formats = styled[numeric.indexOf(index)]?.cells
    const formatOf = (row: number, column: number): string | undefined => {
      const numFmt = formats?.get(`${row},${column}`)?.style?.numFmt
      return numFmt === 'General' || !format ? undefined : numFmt
    }
    let unformatted: UnformattedNumbers | undefined
    const display = (value: unknown, row: number, column: number): string => {
      const numFmt = typeof value === 'number' ? formatOf(row, column) : undefined
      if (numFmt === undefined || typeof value !== 'number' || !format) return displayValue(value)
      const text = formatNumber(value, numFmt, format)
      if (text === undefined) unformatted = { ...(unformatted ?? { format: numFmt, row, column }), count: (unformatted?.count ?? 0) + 1 }
      return text ?? displayValue(value)
    }
    const raw = toRawSheet(sheet, display, (row, column) => /^(?:@|0\.0|0\.#+)?$/.test(formatOf(row, column) ?? ''))
    return unformatted ? { ...raw, unformatted } : raw
  })
}

/** Length limit of a number format in Excel, and of what is displayed of a number. */
const LONGEST_FORMAT = 255
const LONGEST_NUMBER = 100

/**
 * A number as its format displays it. Undefined if the format is none that Excel writes, or displays no number: one odd format must not
 * lose a value. A format may hide zeros.
 */
function formatNumber(value: number, numFmt: string, format: (value: number, numFmt: string) => string): string | undefined {
  if (numFmt.length > LONGEST_FORMAT) return undefined
  try {
    const text = format(value, numFmt)
    const isOdd = text.length > LONGEST_NUMBER || (text === '' && value !== 0) || /NaN|Infinity|undefined/.test(text)
    return isOdd ? undefined : text
  } catch {
    return undefined
  }
}

const BLANK: string[] = []

/** A sheet of hucre's with its values as text. `isPlain`: whether a number is displayed without a format. */
export function toRawSheet(
  sheet: Sheet, display: (value: unknown, row: number, column: number) => string, isPlain: (row: number, column: number) => boolean = () => true,
): RawSheet {
  const links = new Map<string, string>()
  for (const [key, { hyperlink }] of sheet.cells ?? []) {
    if (!hyperlink?.target) continue
    const [row, column] = key.split(',').map(Number)
    if (row !== undefined && column !== undefined) links.set(cellAddress(row, column), hyperlink.target)
  }
  return {
    name: sheet.name,
    // A cell far below the others has a million blank rows above it: they are one.
    rows: sheet.rows.map((row, index) => (row.every((value) => value === null) ? BLANK : row.map((value, column) => display(value, index, column)))),
    merges: sheet.merges ?? [],
    links,
    kind(row, column) {
      const value: unknown = sheet.rows[row]?.[column]
      if (value instanceof Date) return 'date'
      return typeof value === 'number' && isPlain(row, column) ? 'number' : undefined
    },
  }
}

/**
 * Reads .xls (BIFF 8, Excel 97 to 2003) with hucre, which reads no links: `links` are those of each sheet. Number formats are
 * used by hucre to recognise dates only. What `measure` finds is returned instead. Throws errors of hucre: the file is damaged.
 */
export async function readXls(
  bytes: Uint8Array, links: readonly ReadonlyMap<string, string>[], measure: (sheets: readonly Sheet[]) => Excess | undefined,
): Promise<readonly RawSheet[] | Excess> {
  const hucre = await import('hucre/xlsx')
  const { sheets } = await hucre.readXls(bytes)
  const excess = measure(sheets)
  if (excess) return excess
  return sheets.map((sheet, index) => ({ ...toRawSheet(sheet, displayValue), links: links[index] ?? new Map() }))
}

/**
 * The text of a cell without its number format: dates in ISO form (2024-12-31, with the time if there is one), numbers rounded
 * to the 15 digits of Excel, TRUE and FALSE, line ends as \n.
 */
export function displayValue(value: unknown): string {
  if (typeof value === 'string') return displayText(value)
  if (typeof value === 'number') return Number.isFinite(value) ? String(Number(value.toPrecision(15))) : ''
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  return value instanceof Date ? displayDate(value) : ''
}

/** Cells of the type "d" (ECMA-376, section 18.18.11) are read as text. */
function displayText(text: string): string {
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z$/.test(text)) return displayDate(new Date(text)) || text
  return text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text
}

function displayDate(date: Date): string {
  if (Number.isNaN(date.getTime())) return ''
  const text = new Date(Math.round(date.getTime() / 1000) * 1000).toISOString().slice(0, 19)
  return text.endsWith('T00:00:00') ? text.slice(0, 10) : text
}
