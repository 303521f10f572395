import * as sheetjs from 'xlsx'

/** Makes a workbook with SheetJS, whose writer is not the one that we write with. Sheets are lists of rows. */
export function makeWorkbook(
  sheets: Readonly<Record<string, readonly (readonly (string | number | boolean | Date | null)[])[]>>,
  type: 'xlsx' | 'xlsm' | 'biff8' | 'biff5' | 'ods' | 'xlsb' = 'xlsx',
  change: (sheet: sheetjs.WorkSheet, book: sheetjs.WorkBook) => void = () => undefined,
): Uint8Array {
  const book = sheetjs.utils.book_new()
  for (const [name, rows] of Object.entries(sheets)) {
    const sheet = sheetjs.utils.aoa_to_sheet(rows.map((row) => row.slice()), { cellDates: true, UTC: true })
    change(sheet, book)
    sheetjs.utils.book_append_sheet(book, sheet, name)
  }
  const bytes: unknown = sheetjs.write(book, { bookType: type, type: 'array', cellDates: true })
  if (!(bytes instanceof ArrayBuffer)) throw new Error('SheetJS wrote no bytes')
  return new Uint8Array(bytes)
}
