import type { Report } from '../../diagnostics/diagnostic.js'
import { isHttpUrl } from '../../model/text.js'
import type { CellValue, TableSheet } from './workbook.js'
import { asciiBytes, bytesTogether, putBytes, putTextElement, reserve, takeBytes, type XmlBytes } from './xml-bytes.js'

/** The texts that cells share (section 18.4.9), numbered as cells use them. */
export interface SharedTexts {
  readonly index: (text: string) => number
  /** The part `xl/sharedStrings.xml`, in pieces, each good until the next one. */
  readonly xml: (to: XmlBytes) => Iterable<string | Uint8Array>
}

const [itemStart, itemEnd] = [asciiBytes('<si>'), asciiBytes('</si>')] as const

/** Creates the shared texts of a workbook. */
export function createSharedTexts(): SharedTexts {
  const texts = new Map<string, number>()
  return {
    index(text) {
      const found = texts.get(text)
      if (found !== undefined) return found
      texts.set(text, texts.size)
      return texts.size - 1
    },
    * xml(to) {
      yield '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
      yield `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" uniqueCount="${texts.size}">`
      for (const text of texts.keys()) {
        putItem(to, text)
        if (to.length >= bytesTogether) yield takeBytes(to)
      }
      yield takeBytes(to)
      yield '</sst>'
    },
  }
}

function putItem(to: XmlBytes, text: string): void {
  reserve(to, 0)
  putBytes(to, itemStart)
  putTextElement(to, text)
  putBytes(to, itemEnd)
}

/** Excel's limit of hyperlinks on a worksheet ("Excel specifications and limits"). */
export const mostLinks = 65_530

/** Excel's limit of a hyperlink's length, in characters. */
const longestAddress = 2079

/** An address that is normal already, as most are: nothing of it is escaped, and no step of its path is a dot. */
const normalAddress = /^https:\/\/(?:[a-z0-9]+\.)+[a-z]{2,}\/(?:[A-Za-z0-9_][A-Za-z0-9_.-]*\/)*(?:[A-Za-z0-9_][A-Za-z0-9_.-]*)?$/
const address = /^https?:\/\/[^\s"<>\\^`{|}]+$/

/** The hyperlink of a cell that contains a single http(s) URL and nothing else, normalised for the workbook's relationships. */
export function linkTarget(cell: CellValue): string | undefined {
  if (typeof cell !== 'string' || cell.length > longestAddress) return undefined
  if (normalAddress.test(cell)) return cell
  if (!address.test(cell) || !isHttpUrl(cell)) return undefined
  const { href } = new URL(cell)
  return href.length <= longestAddress ? href : undefined
}

/** Reports the number of a sheet's URLs beyond Excel's limit of hyperlinks as `emit/not-representable`. */
export function reportUnlinked(sheet: TableSheet, report: Report): void {
  const addresses = sheet.columns.filter(({ format }) => format === 'url').length * sheet.rows.length
  if (addresses <= mostLinks) return
  let links = 0
  for (const row of sheet.rows) {
    for (const [index, cell] of row.entries())
      if (sheet.columns[index]?.format === 'url' && linkTarget(cell) !== undefined) links += 1
  }
  reportLinks(sheet.name, links, report)
}

/** Reports that a sheet has more links than Excel allows, if it does. */
export function reportLinks(name: string, links: number, report: Report): void {
  if (links <= mostLinks) return
  const message = `Excel allows ${mostLinks} hyperlinks on a worksheet: the other URLs of sheet ${name} are plain text`
  report('emit/not-representable', { message, count: links - mostLinks })
}
