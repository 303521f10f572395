import * as sheetjs from 'xlsx'
import type { Code } from '../../src/diagnostics/catalogue.js'
import { makeWorkbook } from './make-workbook.js'
import { makeZip, type ZipMember } from './make-zip.js'

/** A document that is made to hang a reader, to use up its memory or to mislead it. */
export interface Attack {
  /** Name of the file, unique among the attacks. */
  readonly name: string
  /** What it is, as a part of a sentence. */
  readonly what: string
  readonly make: () => string | Uint8Array
  /** The message about it. */
  readonly code: Code
  /** Absent if the document is refused: an error, and exit code 1. Otherwise it is read, and the message is a warning or a note. */
  readonly isRead?: true
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
const table = [['Control', 'Technique'], ['AC-2', 'T1078']]
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'

/** An .xlsx of one sheet, whose XML is given. */
function xlsx(sheet: string | Uint8Array, others: readonly ZipMember[] = [], strings = ''): Uint8Array {
  return makeZip([
    { name: '[Content_Types].xml', content: encode(`<Types xmlns="${packages}/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>`) },
    { name: '_rels/.rels', content: encode(`<Relationships xmlns="${packages}/relationships"><Relationship Id="r1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`) },
    { name: 'xl/workbook.xml', content: encode(`<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>`) },
    { name: 'xl/_rels/workbook.xml.rels', content: encode(`<Relationships xmlns="${packages}/relationships"><Relationship Id="r1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="${relations}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`) },
    { name: 'xl/worksheets/sheet1.xml', content: typeof sheet === 'string' ? encode(sheet) : sheet },
    { name: 'xl/sharedStrings.xml', content: encode(`<sst xmlns="${main}">${strings}</sst>`) },
    ...others,
  ])
}

const sheetOf = (rows: string, after = ''): string => `<worksheet xmlns="${main}"><sheetData>${rows}</sheetData>${after}</worksheet>`
const text = (address: string, value: string): string => `<c r="${address}" t="inlineStr"><is><t>${value}</t></is></c>`
const titles = `<row r="1">${text('A1', 'Control')}${text('B1', 'Technique')}</row>`
const rowsOf = (count: number, cells: (row: number) => string): string =>
  titles + Array.from({ length: count }, (_, index) => `<row r="${index + 2}">${cells(index + 2)}</row>`).join('')

function ods(rows: string, before = ''): Uint8Array {
  const names = ['office', 'table', 'text'].map((name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`).join(' ')
  return makeZip([
    { name: 'mimetype', content: encode('application/vnd.oasis.opendocument.spreadsheet') },
    { name: 'content.xml', content: encode(`<?xml version="1.0"?>${before}<office:document-content ${names}><office:body><office:spreadsheet><table:table table:name="S">${rows}</table:table></office:spreadsheet></office:body></office:document-content>`) },
  ])
}

function flat(rows: string): string {
  const names = ['office', 'table', 'text'].map((name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`).join(' ')
  return `<?xml version="1.0"?><office:document ${names} office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet><table:table table:name="S">${rows}</table:table></office:spreadsheet></office:body></office:document>`
}

const odsRow = (attributes: string, cells: string): string => `<table:table-row ${attributes}>${cells}</table:table-row>`
const odsCell = (attributes = '', value = 'T1078'): string => `<table:table-cell office:value-type="string" ${attributes}><text:p>${value}</text:p></table:table-cell>`
const laughs = `<!DOCTYPE x [<!ENTITY a0 "x">${Array.from({ length: 12 }, (_, index) => `<!ENTITY a${index + 1} "${`&a${index};`.repeat(10)}">`).join('')}]>`

function compound(members: Readonly<Record<string, string>>): Uint8Array {
  const file = sheetjs.CFB.utils.cfb_new({ CLSID: '' })
  for (const [name, content] of Object.entries(members)) sheetjs.CFB.utils.cfb_add(file, name, encode(content))
  const bytes: unknown = sheetjs.CFB.write(file, { fileType: 'cfb', type: 'array' })
  if (!(bytes instanceof Uint8Array)) throw new Error('nothing was packed')
  return new Uint8Array(bytes)
}

/** Workbooks that are made to hang a reader, to use up its memory or to mislead it. */
export const hostileWorkbooks: readonly Attack[] = [
  { name: 'shared.xlsx', what: '.xlsx: 20,000 cells that name one string of 100,000 characters', make: () => xlsx(sheetOf(rowsOf(20_000, (row) => `<c r="A${row}" t="s"><v>0</v></c>`)), [], `<si><t>${'x'.repeat(100_000)}</t></si>`), code: 'read/too-large' },
  { name: 'merges.xlsx', what: '.xlsx: two columns of a million rows, merged', make: () => xlsx(sheetOf(`${titles}<row r="999999">${text('A999999', 'x')}</row>`, '<mergeCells><mergeCell ref="A2:A999999"/><mergeCell ref="B2:B999999"/></mergeCells>')), code: 'read/too-large' },
  { name: 'rows.xlsx', what: '.xlsx: 100,001 rows', make: () => xlsx(sheetOf(rowsOf(100_001, (row) => text(`A${row}`, 'x')))), code: 'read/too-large' },
  { name: 'corner.xlsx', what: '.xlsx: a cell in the last row and column of a sheet', make: () => xlsx(sheetOf(`${titles}<row r="1048576">${text('XFD1048576', 'x')}</row>`)), code: 'read/too-large' },
  { name: 'beyond.xlsx', what: '.xlsx: a cell beyond the last row', make: () => xlsx(sheetOf(`${titles}<row r="9999999">${text('A9999999', 'x')}</row>`)), code: 'read/too-large' },
  { name: 'cell.xlsx', what: '.xlsx: a cell of 1.1 million characters', make: () => xlsx(sheetOf(rowsOf(1, () => text('A2', 'x '.repeat(550_000))))), code: 'read/too-large' },
  { name: 'ratio.xlsx', what: '.xlsx: a sheet of 30 MB that is packed 1000 times', make: () => xlsx(sheetOf(' '.repeat(30_000_000))), code: 'read/inflates-too-much' },
  { name: 'lies.xlsx', what: '.xlsx: a sheet of 30 MB that is declared as 100 bytes', make: () => xlsx(sheetOf(titles), [{ name: 'xl/worksheets/sheet2.xml', content: encode(' '.repeat(30_000_000)), declared: 100 }]), code: 'read/malformed' },
  { name: 'members.xlsx', what: '.xlsx: 10,001 files', make: () => xlsx(sheetOf(titles), Array.from({ length: 10_001 }, (_, index) => ({ name: `a${index}`, content: encode('x') }))), code: 'read/inflates-too-much' },
  { name: 'twice.xlsx', what: '.xlsx: two files of the same name', make: () => xlsx(sheetOf(titles), [{ name: 'xl/worksheets/sheet1.xml', content: encode(sheetOf('')) }]), code: 'read/empty' },
  { name: 'paths.xlsx', what: '.xlsx: files that lead out of their folder', make: () => xlsx(sheetOf(rowsOf(1, () => text('A2', 'AC-2') + text('B2', 'T1078'))), [{ name: '../../../outside.txt', content: encode('x') }]), code: 'parse/guessed-framework', isRead: true },
  { name: 'laughs.xlsx', what: '.xlsx: a billion laughs, entities of entities', make: () => xlsx(laughs + sheetOf(rowsOf(1, () => text('A2', '&a12;') + text('B2', 'T1078')))), code: 'read/malformed' },
  { name: 'outside.xlsx', what: '.xlsx: an entity that names a file', make: () => xlsx(`<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>${sheetOf(rowsOf(1, () => text('A2', '&a;') + text('B2', 'T1078')))}`), code: 'read/malformed' },
  { name: 'nested.xlsx', what: '.xlsx: 100,000 elements in each other', make: () => xlsx(sheetOf('<row>'.repeat(100_000))), code: 'read/malformed' },
  { name: 'format.xlsx', what: '.xlsx: 50,000 cells without an address', make: () => xlsx(sheetOf(`<row>${'<c t="inlineStr"><is><t>T1078</t></is></c>'.repeat(50_000)}</row>`)), code: 'read/malformed' },
  { name: 'cut.xlsx', what: '.xlsx: cut off', make: () => makeWorkbook({ S: table }).slice(0, 1500), code: 'read/malformed' },
  { name: 'noise.xlsx', what: '.xlsx: a ZIP archive of noise', make: () => makeZip([{ name: 'a', content: encode('x') }]), code: 'read/binary' },
  { name: 'repeated.ods', what: '.ods: a row that is repeated a million times', make: () => ods(odsRow('table:number-rows-repeated="1048576"', odsCell())), code: 'read/too-large' },
  { name: 'billion.ods', what: '.ods: a row that is repeated a billion times', make: () => ods(odsRow('table:number-rows-repeated="1000000000"', odsCell())), code: 'read/too-large' },
  { name: 'columns.ods', what: '.ods: a cell that is repeated a billion times', make: () => ods(odsRow('', odsCell('table:number-columns-repeated="1000000000"'))), code: 'read/too-large' },
  { name: 'both.ods', what: '.ods: 16,384 repeated cells in 90,000 repeated rows', make: () => ods(odsRow('table:number-rows-repeated="90000"', odsCell('table:number-columns-repeated="16384"'))), code: 'read/too-large' },
  { name: 'spanned.ods', what: '.ods: a cell that spans a million rows', make: () => ods(odsRow('', odsCell('table:number-rows-spanned="1048576" table:number-columns-spanned="2"')) + odsRow('table:number-rows-repeated="99000"', odsCell('', 'x'))), code: 'read/too-large' },
  { name: 'blank.ods', what: '.ods: a million blank rows', make: () => ods(odsRow('', odsCell('', 'Technique')) + odsRow('table:number-rows-repeated="1048000"', '<table:table-cell/>') + odsRow('', odsCell())), code: 'parse/no-columns' },
  { name: 'negative.ods', what: '.ods: a row that is repeated minus one time', make: () => ods(odsRow('table:number-rows-repeated="-1"', odsCell('', 'x'))), code: 'read/empty' },
  { name: 'laughs.ods', what: '.ods: a billion laughs, entities of entities', make: () => ods(odsRow('', odsCell('', '&a12;')), laughs), code: 'read/malformed' },
  { name: 'cut.ods', what: '.ods: cut off', make: () => makeWorkbook({ S: table }, 'ods').slice(0, 900), code: 'read/malformed' },
  { name: 'protected.xlsx', what: '.xlsx: protected with a password', make: () => compound({ '/EncryptionInfo': 'x', '/EncryptedPackage': 'y' }), code: 'read/protected' },
  { name: 'noise.xls', what: '.xls: a compound file of noise', make: () => compound({ '/Workbook': 'x'.repeat(5000) }), code: 'read/malformed' },
  { name: 'cut.xls', what: '.xls: cut off', make: () => makeWorkbook({ S: table }, 'biff8').slice(0, 2000), code: 'read/malformed' },
  { name: 'rows.xls', what: '.xls: 65,000 rows of four cells', make: () => makeWorkbook({ S: [...table, ...Array.from({ length: 65_000 }, () => ['AC-2', 'x', 'y', 'z'])] }, 'biff8'), code: 'parse/unreadable-row' },
  { name: 'cut.xlsb', what: '.xlsb: cut off', make: () => makeWorkbook({ S: table }, 'xlsb').slice(0, 2000), code: 'read/malformed' },
  { name: 'laughs.fods', what: '.fods: a billion laughs, entities of entities', make: () => `<?xml version="1.0"?>${laughs}<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">&a12;</office:document>`, code: 'parse/unknown-format' },
  { name: 'repeated.fods', what: '.fods: a row that is repeated a million times', make: () => flat(odsRow('table:number-rows-repeated="1048576"', odsCell())), code: 'read/too-large' },
  { name: 'rows.xml', what: 'SpreadsheetML 2003: 300,000 rows', make: () => `<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="S"><Table>${'<Row><Cell><Data ss:Type="String">x</Data></Cell></Row>'.repeat(300_000)}</Table></Worksheet></Workbook>`, code: 'read/too-large' },
  { name: 'far.xml', what: 'SpreadsheetML 2003: a cell in the row of number 900,000,000', make: () => '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="S"><Table><Row ss:Index="900000000"><Cell><Data ss:Type="String">x</Data></Cell></Row></Table></Worksheet></Workbook>', code: 'read/too-large' },
]
