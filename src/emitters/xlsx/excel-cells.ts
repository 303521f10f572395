import type { Report } from '../../diagnostics/diagnostic.js'
import { isHttpUrl } from '../../model/text.js'
import type { CellValue, TableSheet } from './workbook.js'

const markup = /[&<>]/
const quotedMarkup = /[&<>"\t\n]/g
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\t': '&#9;', '\n': '&#10;',
}

/** The content of an XML element of SpreadsheetML. Texts of cells are sanitised before: they have no character that XML forbids. */
export function xmlText(text: string): string {
  const escaped = excelText(text)
  return markup.test(escaped) ? escaped.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;') : escaped
}

// The underscore of text that looks like an escape sequence.
const escapeLike = /_(?=x[0-9A-Fa-f]{4}_)/g

/** Text for SpreadsheetML: `_x0041_` would be read as "A", so its underscore is escaped (ECMA-376 part 1, section 22.9.2.19). */
function excelText(text: string): string {
  return text.includes('_x') ? text.replaceAll(escapeLike, '_x005F_') : text
}

/** The value of an XML attribute, between double quotes. */
export function xmlAttribute(text: string): string {
  return text.replaceAll(quotedMarkup, (character) => entities[character] ?? character)
}

/** The value of an attribute in which Excel decodes escapes as in cells (`ST_Xstring`): the title of a column, the text of a prompt. */
export function textAttribute(text: string): string {
  return xmlAttribute(excelText(text))
}

/** The element `<t>` of a text; white space at its ends, and line ends, are kept (section 18.4.12). */
export function textXml(text: string): string {
  return `${/^\s|\s$|\n/.test(text) ? '<t xml:space="preserve">' : '<t>'}${xmlText(text)}</t>`
}

/** The texts that cells share (section 18.4.9), numbered as cells use them. */
export interface SharedTexts {
  readonly index: (text: string) => number
  /** The part `xl/sharedStrings.xml`, in pieces. */
  readonly xml: () => Iterable<string>
}

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
    * xml() {
      yield '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
      yield `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" uniqueCount="${texts.size}">`
      for (const text of texts.keys()) yield `<si>${textXml(text)}</si>`
      yield '</sst>'
    },
  }
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
