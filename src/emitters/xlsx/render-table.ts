import { columnLetters } from '../../formats/places.js'
import { itemsTogether, takeTogether } from '../artifact-parts.js'
import { type CellStyle, columnStyles, headerStyle, totalStyle } from './cell-styles.js'
import { createRowHeights, rowStart } from './row-heights.js'
import { columnStyle, createRowWriter, putRow, type StyleOf, wrappedWidth } from './row-writer.js'
import { barsXml, columnWidth, entriesXml, pagesAcross, printXml, rulesXml, tableRules } from './sheet-layout.js'
import type { TableSheet, WorkbookColumn } from './workbook.js'
import { columnXml, putCell, type SheetContext, type SheetLinks, type SheetPiece, type WorksheetFrame, xmlStart } from './worksheet.js'
import { putAscii, takeBytes } from './xml-bytes.js'
import { textAttribute, textXml } from './xml-text.js'

/** The frame of a table's worksheet; `rest` are the elements of its other parts. */
export function tableFrame(sheet: TableSheet, { styles }: SheetContext, rest: () => string): WorksheetFrame {
  const { name, columns, frozenColumns, rows, totals = [], paper, chart } = sheet
  const rules = tableRules(sheet)
  return {
    columns: columns.length,
    rows: rows.length + totals.length + 1,
    cols: columns.map((column, index) => columnXml(index, columnWidth(column), columnFacts(columns, index, styles.cellStyle))).join(''),
    frozen: { rows: 1, columns: frozenColumns },
    outlined: columns.some(({ folded }) => folded),
    rules: rulesXml(rules, styles) + entriesXml(sheet),
    print: printXml(name, paper, chart && 1, pagesAcross(columns, paper)),
    rest: () => rest() + barsXml(rules),
  }
}

/**
 * A folded column is hidden in a group, whose button [+] is above the column after it (ECMA-376 part 1, section 18.3.1.13). Cells to be
 * filled in have the style of their column.
 */
function columnFacts(columns: readonly WorkbookColumn[], index: number, cellStyle: (style: CellStyle) => number): string {
  const column = columns[index]
  const style = column?.format === 'input' ? ` style="${cellStyle(columnStyles.input)}"` : ''
  if (column?.folded) return `${style} hidden="1" outlineLevel="1"`
  return columns[index - 1]?.folded ? `${style} collapsed="1"` : style
}

/**
 * The rows of a table, in pieces: the header, the rows, then the totals. Blank cells are not written. Rows that are not a list come as they are
 * before their texts, to be validated.
 */
export function* sheetRows(sheet: TableSheet, context: SheetContext, links: SheetLinks, styleOf: StyleOf): Iterable<SheetPiece> {
  const { rows } = sheet
  const { xml } = context
  putHeader(sheet, context)
  const writer = createRowWriter(sheet, context, links, styleOf)
  let number = 1
  for (const together of takeTogether(rows, itemsTogether)) {
    if (!Array.isArray(rows)) yield together
    for (const row of together) putRow(xml, writer, row, ++number)
    yield takeBytes(xml)
  }
  if (number !== rows.length + 1) throw new Error(`The sheet ${sheet.name} has ${number - 1} rows, not the ${rows.length} that it says`)
  putTotals(sheet, number, context)
  yield takeBytes(xml)
}

function putHeader({ columns }: TableSheet, context: SheetContext): void {
  const header = context.styles.cellStyle(headerStyle)
  // Titles are bold, and share their cells with the buttons of filters.
  const heightOf = createRowHeights(columns.map((column) => columnWidth(column) * 0.7))
  putAscii(context.xml, rowStart(1, heightOf(columns.map(({ title }) => title))))
  for (const [column, { title }] of columns.entries()) putCell(context, column, 1, title, header)
  putAscii(context.xml, '</row>')
}

/** Adds the totals below the row with a number. */
function putTotals({ columns, totals = [], mostLines }: TableSheet, last: number, context: SheetContext): void {
  const heightOf = createRowHeights(columns.map(wrappedWidth), mostLines)
  for (const [index, row] of totals.entries()) {
    const number = last + 1 + index
    putAscii(context.xml, rowStart(number, heightOf(row)))
    for (const [column, value] of row.entries()) {
      const style = context.styles.cellStyle(totalStyle(columnStyle(columns[column]), index === 0))
      if (value !== null) putCell(context, column, number, value, style)
    }
    putAscii(context.xml, '</row>')
  }
}

/** The Excel table over a sheet's rows, with filters (section 18.5.1.2). `id` is unique in the workbook. */
export function tableXml({ table, columns, rows }: TableSheet, id: number): string {
  const range = `A1:${columnLetters(columns.length - 1)}${rows.length + 1}`
  const titles = columns.map(({ title }, index) => `<tableColumn id="${index + 1}" name="${textAttribute(title)}"/>`)
  return [
    xmlStart,
    `<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" id="${id}" name="${table}" displayName="${table}" ref="${range}"`,
    ` totalsRowShown="0"><autoFilter ref="${range}"/><tableColumns count="${columns.length}">`,
    ...titles,
    '</tableColumns><tableStyleInfo name="TableStyleLight1" showFirstColumn="0" showLastColumn="0" showRowStripes="1" showColumnStripes="0"/></table>',
  ].join('')
}

/** The notes on a table's headers (section 18.7.6); undefined if it has none. */
export function notesXml({ columns }: TableSheet): string | undefined {
  const notes = columns.flatMap(({ note }, index) => (note === undefined
    ? []
    : [`<comment ref="${columnLetters(index)}1" authorId="0"><text><r>${textXml(note)}</r></text></comment>`]))
  if (notes.length === 0) return undefined
  return [
    xmlStart, '<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors><author>Crosswalk</author></authors>',
    '<commentList>', ...notes, '</commentList></comments>',
  ].join('')
}

/** The shapes of the notes, in VML, without which Excel shows none ([MS-OI29500], section 2.1.625). `number` is that of the sheet. */
export function noteShapesXml({ columns }: TableSheet, number: number): string {
  const shapes = columns.flatMap(({ note }, index) => (note === undefined ? [] : [noteShape(index, number * 1024 + index + 1)]))
  return [
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">',
    `<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="${number}"/></o:shapelayout>`,
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>',
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>',
    ...shapes,
    '</xml>',
  ].join('')
}

/** A hidden box beside the header, four rows high, and wide enough for a sentence. */
function noteShape(column: number, id: number): string {
  return [
    `<v:shape id="_x0000_s${id}" type="#_x0000_t202" style="position:absolute;margin-left:48pt;margin-top:0pt;width:108pt;height:59.25pt;`,
    `z-index:${column + 1};visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>`,
    '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">',
    '<div style="text-align:left"/></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>',
    `<x:Anchor>${column + 1},15,0,2,${column + 3},31,4,4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>0</x:Row><x:Column>${column}</x:Column>`,
    '</x:ClientData></v:shape>',
  ].join('')
}
