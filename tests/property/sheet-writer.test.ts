import { readXlsx } from 'hucre/xlsx'
import { stringify } from 'csv-stringify/browser/esm/sync'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeWorkbook } from '../../src/formats/workbook/decode-workbook.js'
import { createDiagnosticLog } from '../../src/diagnostics/diagnostic.js'
import { sanitiseCell } from '../../src/emitters/table/cell-text.js'
import { forPrograms, forSpreadsheets, renderRecords } from '../../src/emitters/table/render-records.js'
import { renderWorkbook } from '../../src/emitters/xlsx/render-workbook.js'
import type { CellValue, ColumnFormat, TableSheet } from '../../src/emitters/xlsx/workbook.js'
import { checkXml } from '../support/check-xml.js'
import { readParts, readWorkbook } from '../support/read-workbook.js'

const seed = 20_261_129

/** Texts at which writers and readers of sheets have failed before. */
const knownTexts = [
  ' ', '  a', 'a  ', '\ta', 'a\n', '\n\n', 'a\nb', '&', '<a>&lt;</a>', ']]>', '"', "'", '_x0041_', '_x005F_', '__x000A__', '#N/A', '#REF!', '=1+1', '@a',
  '-1', '1', '01', '1e5', 'TRUE', '12/12/2024', '\u{1F600}', 'e\u0301', '\u200F\u05D0', '\uFEFFa', '\u00A0', '\u2028', 'constructor', '__proto__',
  '\uD83D', '\uDE00a', '\u0000', 'a\u0001b', '\u000B', '\uFFFE', '\r', 'a\r\nb', '\u007F', 'https://example.org/?a=1&b="2"', 'x'.repeat(40_000), '\u{1F600}'.repeat(17_000),
] as const

const anyText = fc.oneof(
  fc.constantFrom(...knownTexts), fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.array(fc.constantFrom(...knownTexts.slice(0, 40)), { maxLength: 3 }).map((parts) => parts.join('')),
)
const anyCell: fc.Arbitrary<CellValue> = fc.oneof(
  { weight: 6, arbitrary: anyText.map((text) => sanitiseCell(text).text || null) }, { weight: 1, arbitrary: fc.nat() }, { weight: 1, arbitrary: fc.constant(null) },
)

const formats: readonly ColumnFormat[] = ['text', 'wrapped', 'url', 'score', 'input']

function sheetOf(rows: readonly (readonly CellValue[])[]): TableSheet {
  return {
    layout: 'table', name: 'Cells', table: 'Cells', frozenColumns: 1, paper: 'a4', rows,
    columns: [...formats.map((format) => ({ title: `A ${format} & more`, width: 12, format })), { title: 'Unique', width: 12, format: 'text', unique: true }],
  }
}

const anyRows = fc.array(fc.array(anyCell, { minLength: formats.length + 1, maxLength: formats.length + 1 }), { minLength: 1, maxLength: 12 })
const dates = { created: '2024-01-01', modified: '2024-01-01' }

describe('a sheet with any texts', () => {
  it('is read back by SheetJS, by hucre and by our own reader, cell for cell', async () => {
    await fc.assert(
      fc.asyncProperty(anyRows, async (rows) => {
        const bytes = renderWorkbook({ title: 'Cells', creator: 'test', ...dates, sheets: [sheetOf(rows)] })
        const wanted = rows.map((row) => Object.fromEntries(row.flatMap((cell, column) => (cell === null ? [] : [[column, cell]]))))
        const seen = (readWorkbook(bytes).get('Cells') ?? []).slice(1)
        expect(wanted.map((_, row) => Object.fromEntries((seen[row] ?? []).flatMap(({ value }, column) => (value === null ? [] : [[column, value]])))))
          .toEqual(wanted)
        const { sheets } = await readXlsx(bytes)
        const read = (sheets[0]?.rows ?? []).slice(1)
        expect(wanted.map((_, row) => Object.fromEntries((read[row] ?? []).flatMap((value, column) => (value === null ? [] : [[column, value]]))))).toEqual(wanted)
        const log = createDiagnosticLog()
        const document = await decodeWorkbook({ name: 'c.xlsx', path: 'c.xlsx', bytes, sha256: '' }, log.report)
        expect(log.entries).toEqual([])
        const own = (document?.sheets[0]?.rows ?? []).slice(1)
        expect(wanted.map((_, row) => Object.fromEntries((own[row] ?? []).flatMap((cell, column) => (cell === '' ? [] : [[column, cell]])))))
          .toEqual(rows.map((row) => Object.fromEntries(row.flatMap((cell, column) => (cell === null ? [] : [[column, String(cell)]])))))
        const parts = [...readParts(bytes)].filter(([path]) => /\.(?:xml|rels|vml)$/.test(path))
        expect(parts.map(([, text]) => checkXml(text).name)).not.toContain('')
        expect(parts.length).toBeGreaterThan(10)
      }),
      { seed, numRuns: 50 },
    )
  })
})

function stringifyAll(records: readonly (readonly string[])[]): string {
  return stringify(records.map((record) => [...record]), { record_delimiter: '\r\n', quoted_match: /[\r\n]/ })
}

describe('any table in CSV', () => {
  it('has the bytes that csv-stringify gives for all of it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(anyText, { minLength: 2, maxLength: 5 }), { maxLength: 8 }), async (records) => {
        expect(new TextDecoder().decode(await renderRecords(records, forPrograms))).toBe(new TextDecoder().decode(new TextEncoder().encode(stringifyAll(records))))
        const escaped = records.map((record) => record.map((cell) => (/^'*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell)))
        expect(await renderRecords(records, forSpreadsheets)).toEqual(new TextEncoder().encode(`\uFEFF${stringifyAll(escaped)}`))
      }),
      { seed, numRuns: 120 },
    )
  })
})
