import type { Report } from '../../diagnostics/diagnostic.js'
import { type DocumentFile, type TableDocument, type TableSheet, withoutBlankEnd } from '../decoded.js'
import { type Excess, type Limits, reportExcess, usualLimits } from '../limits.js'
import { cellAddress } from '../places.js'
import type { DamagedPart } from './check-parts.js'
import type { ReadForeignWorkbook } from './foreign-workbook.js'
import { identifyWorkbook, type WorkbookKind } from './identify-workbook.js'
import type { RawSheet } from './read-xlsx.js'
import { measureRows, surveySheets, surveyText } from './survey-sheets.js'

type Readable = Exclude<WorkbookKind, { readonly kind: 'none' }>
type Foreign = Extract<WorkbookKind, { readonly kind: 'foreign' }>
type Refusal = Exclude<WorkbookKind, Readable>

/** The reader of workbooks that the core cannot read, and the limits. */
interface WorkbookMeans {
  readonly readForeign?: ReadForeignWorkbook | undefined
  readonly limits?: Limits
}

/**
 * Decodes a workbook: .xlsx, .xlsm, .xls or .ods, detected by its bytes. Undefined and reported, with what to do, if it is
 * damaged (`read/malformed`), protected with a password (`read/protected`), would inflate to too much
 * (`read/inflates-too-much`) or exceeds another limit (`read/too-large`), is another kind of file (`read/binary`) or has no cells (`read/empty`).
 */
export async function decodeWorkbook(
  file: DocumentFile, report: Report, { readForeign, limits = usualLimits }: WorkbookMeans = {},
): Promise<TableDocument | undefined> {
  const kind = identifyWorkbook(file.bytes, limits)
  const origin = { document: file.name, place: { kind: 'file' } } as const
  if (kind.kind === 'none') {
    refuse(kind, file, report, limits)
    return undefined
  }
  if ((kind.kind === 'xlsx' || kind.kind === 'xls') && kind.macros) report('read/macros', { origin })
  const raw = await (kind.kind === 'foreign'
    ? readForeignSheets(kind, file, report, { readForeign, limits })
    : readSheets(kind, file, report, limits))
  if (!raw) return undefined
  const isDamaged = await reportDamage(kind, file, report)
  for (const sheet of raw) reportFormats(sheet, file, report)
  const sheets = raw.map(toTableSheet)
  const excess = measureRows(sheets, limits)
  if (excess) {
    reportExcess(excess, file, limits, report)
    return undefined
  }
  if (sheets.every(({ rows }) => rows.length === 0)) {
    const found = raw.length === 0 ? 'no sheet' : `the sheets ${raw.map(({ name }) => name).join(', ')}, all blank`
    if (!isDamaged) report('read/empty', { origin, message: 'The workbook has no cells', found })
    return undefined
  }
  return { container: 'workbook', file, sheets }
}

/** Reports a part whose rows may be missing: what can be read of the others is kept. */
async function reportDamage(kind: Readable, file: DocumentFile, report: Report): Promise<boolean> {
  const damage = await findDamage(kind, file)
  if (!damage) return false
  report('read/malformed', {
    message: 'The workbook is damaged: rows or cells of it may be missing',
    origin: { document: file.name, place: { kind: 'file' } },
    ...damage,
    hint: 'Open it in a spreadsheet program, which repairs it, compare its rows, and save it again.',
  })
  return true
}

async function findDamage(kind: Readable, { bytes }: DocumentFile): Promise<DamagedPart | undefined> {
  if (kind.kind === 'xls') return undefined
  const { findDamagedPart, findDamagedText } = await import('./check-parts.js')
  if (kind.kind !== 'foreign') return findDamagedPart(bytes, kind.entries, kind.kind)
  const { form } = kind.foreign
  if (form === 'fods' || form === 'spreadsheetml') return findDamagedText(bytes, form)
  return kind.entries && findDamagedPart(bytes, kind.entries, 'xlsb')
}

/** Has the host read a workbook; reports why it could not. */
async function readForeignSheets(
  { foreign }: Foreign, file: DocumentFile, report: Report, { readForeign: read, limits = usualLimits }: WorkbookMeans,
): Promise<readonly RawSheet[] | undefined> {
  const origin = { document: file.name, place: { kind: 'file' } } as const
  if (!read) {
    report('read/foreign-workbook', { origin, found: foreign.title, expected: '.xlsx, .xlsm, .ods or .xls of Excel 97 to 2003' })
    return undefined
  }
  const excess = foreign.form === 'fods' || foreign.form === 'spreadsheetml' ? surveyText(file.bytes, foreign.form, limits) : undefined
  if (excess) {
    reportExcess(excess, file, limits, report)
    return undefined
  }
  const result = await read(file.bytes)
  // The worker's cells are text already: whether they were numbers is not known.
  if ('sheets' in result) return result.sheets.map((sheet) => ({ ...sheet, kind: () => undefined }))
  if (result.because !== 'stopped') refuse({ kind: 'none', ...result }, file, report, limits)
  else {
    report('read/stopped', {
      message: `Reading ${file.path} was stopped at the limit of ${result.limit}`,
      origin, found: foreign.title, expected: `a workbook that is read within ${result.limit}`,
    })
  }
  return undefined
}

async function readSheets(
  kind: Exclude<Readable, Foreign>, file: DocumentFile, report: Report, limits: Limits,
): Promise<readonly RawSheet[] | undefined> {
  try {
    const sheets = kind.kind === 'xls' ? await readOldSheets(kind.links, file, limits) : await readPackedSheets(kind, file, limits)
    if (!('limit' in sheets)) return sheets
    reportExcess(sheets, file, limits, report)
  } catch (error) {
    const refusal = explainError(error instanceof Error ? error.message : String(error))
    refuse(refusal.because === 'damaged' ? { ...refusal, ...await findDamage(kind, file) } : refusal, file, report, limits)
  }
  return undefined
}

async function readPackedSheets(
  kind: Extract<Readable, { readonly kind: 'xlsx' | 'ods' }>, { bytes }: DocumentFile, limits: Limits,
): Promise<readonly RawSheet[] | Excess> {
  const excess = await surveySheets(bytes, kind.entries, kind.kind, limits)
  if (excess) return excess
  if (kind.kind === 'ods') return (await import('./read-ods.js')).readOds(bytes, kind.entries)
  return (await import('./read-xlsx.js')).readXlsx(bytes)
}

/** The cells of .xls are records without repetitions, which are counted when they are read, before they become text. */
async function readOldSheets(
  links: readonly ReadonlyMap<string, string>[], { bytes }: DocumentFile, limits: Limits,
): Promise<readonly RawSheet[] | Excess> {
  const { readXls } = await import('./read-xlsx.js')
  return readXls(bytes, links, (sheets) => measureRows(sheets, limits))
}

/** Why a library threw: a password, a sheet with a cell far from all others, or else damage. */
function explainError(message: string): Refusal {
  if (/password|encrypt/i.test(message)) return { kind: 'none', because: 'protected' }
  if (/over the \d+ limit/.test(message)) {
    return {
      kind: 'none',
      because: 'too-large',
      found: 'a sheet of too many cells',
      expected: 'sheets of at most 20 million cells, including the blank ones before the last',
    }
  }
  return { kind: 'none', because: 'damaged', found: message }
}

function refuse(kind: Refusal, file: DocumentFile, report: Report, limits: Limits): void {
  const origin = { document: file.name, place: { kind: 'file' } } as const
  switch (kind.because) {
    case 'damaged':
      return report('read/malformed', {
        origin,
        message: 'The workbook is cut off or damaged',
        ...(kind.found !== undefined && { found: kind.found }),
        ...(kind.expected !== undefined && { expected: kind.expected }),
      })
    case 'protected': return report('read/protected', { origin })
    case 'too-large': return report('read/inflates-too-much', { origin, found: kind.found, expected: kind.expected })
    case 'excess': return reportExcess(kind.excess, file, limits, report)
    case 'other': return report('read/binary', { origin, found: kind.found, ...(kind.hint !== undefined && { hint: kind.hint }) })
  }
}

function reportFormats({ name, unformatted }: RawSheet, file: DocumentFile, report: Report): void {
  if (!unformatted) return
  const { format, row, column, count } = unformatted
  report('read/number-format', {
    origin: { document: file.name, place: { kind: 'cell', sheet: name, cell: cellAddress(row, column) } },
    found: `the number format ${format.slice(0, 40)}${format.length > 40 ? '…' : ''}`,
    count,
  })
}

function toTableSheet(raw: RawSheet): TableSheet {
  const rows = fillMerges(raw).map(withoutBlankEnd)
  const last = rows.findLastIndex((row) => row.length > 0)
  return {
    name: raw.name,
    rows: rows.slice(0, last + 1),
    link: (row, column) => raw.links.get(cellAddress(row, column)),
    place: (row, column) => ({ kind: 'cell', sheet: raw.name, cell: cellAddress(row, column) }),
    kind: raw.kind,
  }
}

/**
 * Gives every cell of a merged rectangle the text of its first cell, within the rows and columns that contain text: a title
 * merged over all columns of a sheet does not widen it. Rectangles do not overlap (ECMA-376, section 18.3.1.55), so that the
 * work is limited to the size of the sheet, and ends there in files that break the rule.
 */
function fillMerges({ rows, merges }: RawSheet): readonly (readonly string[])[] {
  if (merges.length === 0) return Array.from(rows, (row) => row ?? [])
  // Blank rows are one and the same: a row that is filled is copied first.
  const filled: (readonly string[])[] = Array.from(rows, (row) => row ?? [])
  const width = filled.reduce((most, row) => Math.max(most, row.length), 0)
  let budget = filled.length * width
  for (const { startRow, endRow, startCol, endCol } of merges) {
    const text = filled[startRow]?.[startCol]
    if (text === undefined || text === '') continue
    for (let row = startRow; row <= Math.min(endRow, filled.length - 1) && budget > 0; row += 1) {
      const cells = [...filled[row] ?? []]
      filled[row] = cells
      for (let column = startCol; column <= Math.min(endCol, width - 1) && budget > 0; column += 1) {
        while (cells.length < column) cells.push('')
        cells[column] = text
        budget -= 1
      }
    }
  }
  return filled
}
