import { detectEncoding } from '../decode-characters.js'

/** A workbook that hucre cannot read: the program that the host runs for it can. */
export interface ForeignKind {
  readonly form: 'xlsb' | 'xls' | 'fods' | 'spreadsheetml'
  readonly title: string
}

/** A rectangle of merged cells, ends included. Rows and columns count from 0. */
interface MergedCells {
  readonly startRow: number
  readonly endRow: number
  readonly startCol: number
  readonly endCol: number
}

/** A sheet as a program reads it, before merged cells share their text. */
export interface PlainSheet {
  readonly name: string
  /** Cells as displayed; rows may be missing, and cells at their ends. */
  readonly rows: (string[] | undefined)[]
  readonly merges: readonly MergedCells[]
  /** Targets of hyperlinks, by the address of the cell in A1 style. */
  readonly links: ReadonlyMap<string, string>
}

/** The sheets that the host read of a foreign workbook; or why it read nothing. */
export type ForeignResult =
  | { readonly sheets: readonly PlainSheet[] }
  /** Reading was stopped: `limit` in words. */
  | { readonly because: 'stopped'; readonly limit: string }
  | { readonly because: 'protected' }
  | { readonly because: 'damaged'; readonly found: string }

/** Reads a foreign workbook within limits of time and memory. Never rejects because of the workbook. */
export type ReadForeignWorkbook = (bytes: Uint8Array) => Promise<ForeignResult>

export const foreignKinds = {
  xlsb: { form: 'xlsb', title: 'an Excel binary workbook (.xlsb)' },
  xls: { form: 'xls', title: 'a workbook from before Excel 97' },
  fods: { form: 'fods', title: 'a flat OpenDocument spreadsheet (.fods)' },
  spreadsheetml: { form: 'spreadsheetml', title: 'a workbook in SpreadsheetML 2003 (XML)' },
} as const satisfies Readonly<Record<string, ForeignKind>>

/** Characters in which the root element of an XML workbook begins and names its kind. */
const HEAD = 16_384

/** A foreign workbook that is neither a ZIP archive nor a compound file, by its beginning: `text` is that of the file, decoded. */
export function detectForeign(bytes: Uint8Array, text = decodeHead(bytes)): ForeignKind | undefined {
  if (isBiffStream(bytes)) return foreignKinds.xls
  const root = rootName(text)
  if (root === undefined) return undefined
  if (/^(?:\w{1,20}:)?Workbook$/.test(root) && text.includes('urn:schemas-microsoft-com:office:spreadsheet')) return foreignKinds.spreadsheetml
  return root.endsWith(':document') && text.includes('application/vnd.oasis.opendocument.spreadsheet') ? foreignKinds.fods : undefined
}

/** The name of the root element of an XML text, after instructions and comments. */
function rootName(text: string): string | undefined {
  let at = 0
  for (;;) {
    while (/[\s\uFEFF]/.test(text.charAt(at))) at += 1
    const end = text.startsWith('<?', at) ? '?>' : text.startsWith('<!--', at) ? '-->' : undefined
    if (end === undefined) return /^<([\w:.-]{1,40})/.exec(text.slice(at, at + 42))?.[1]
    const found = text.indexOf(end, at + 2)
    if (found < 0) return undefined
    at = found + end.length
  }
}

function decodeHead(bytes: Uint8Array): string {
  return new TextDecoder(detectEncoding(bytes)).decode(bytes.subarray(0, HEAD))
}

/** BIFF 2 to 5 without a compound file: a BOF record of a sheet or a workbook ([MS-XLS], section 2.4.21; OpenOffice's Excel format, 5.8). */
function isBiffStream([type, version = 0xff, length = 0, high]: Uint8Array): boolean {
  return type === 0x09 && [0x00, 0x02, 0x04, 0x08].includes(version) && length >= 4 && length <= 16 && high === 0
}
