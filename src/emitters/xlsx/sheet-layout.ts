import { columnLetters } from '../../formats/places.js'
import { cutText } from '../../model/text.js'
import { type CellStyle, gridStyle, inputStyle, shareBarColour } from './cell-styles.js'
import type { StyleSheet } from './style-sheet.js'
import type { CellValue, EntryRule, TableSheet, WorkbookColumn } from './workbook.js'
import { xmlStart } from './worksheet.js'
import { textAttribute, xmlAttribute, xmlText } from './xml-text.js'

const margin = 0.4

/** The widest sheet, in characters, that is legible when fitted to the width of one page: its text is then 5 to 6 points. */
const readableWidth = { a4: 280, a3: 350 } as const

/** How many pages side by side the unfolded columns of a table need to be legible. */
export function pagesAcross(columns: readonly Pick<WorkbookColumn, 'width' | 'folded'>[], paper: 'a4' | 'a3'): number {
  const width = columns.reduce((sum, column) => sum + (column.folded ? 0 : column.width), 0)
  return Math.max(1, Math.ceil(width / readableWidth[paper]))
}

/**
 * The width of a column: its own, or more if its title fits on one line of it but leaves no room for the button of the filter, which would
 * cover its end.
 */
export function columnWidth({ title, width }: Pick<WorkbookColumn, 'title' | 'width'>): number {
  return width >= title.length - 2 && width < title.length + buttonWidth ? title.length + buttonWidth : width
}

/** In characters. */
const buttonWidth = 3

/** Print setup: landscape, `across` pages wide, `pages` long (0: as many as needed). */
export function printXml(footer: string, paper: 'a4' | 'a3', pages = 0, across = 1): string {
  // An ampersand starts a code (ECMA-376 part 1, section 18.3.1.46); a footer has at most 255 characters.
  const text = xmlText(`&L${cutText(footer, 90).replaceAll('&', '&&')}&R&P / &N`)
  return [
    `<pageMargins left="${margin}" right="${margin}" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>`,
    `<pageSetup paperSize="${paper === 'a3' ? 8 : 9}" orientation="landscape" fitToWidth="${across}" fitToHeight="${pages}"/>`,
    `<headerFooter><oddFooter>${text}</oddFooter></headerFooter>`,
  ].join('')
}

/** A conditional format of a table: a style, or bars in cells of shares. Ranges are A1 references with spaces between them. */
type TableRule =
  | { readonly range: string; readonly style: CellStyle }
  | { readonly range: string; readonly bar: string }

/**
 * The rules that format cells by their content: bars in the cells of shares, the look of cells to be filled in, and a thin light line
 * around each cell of the table and its totals; none around a chart, which the sheet's own grid would cross. The first has priority.
 */
export function tableRules({ columns, rows, totals = [] }: Pick<TableSheet, 'columns' | 'rows' | 'totals'>): readonly TableRule[] {
  const height = rows.length + totals.length
  if (height === 0) return []
  const inputs = columns.flatMap(({ format }, column) => (format === 'input' ? [columnRange(column, height)] : []))
  return [
    ...shareBars(columns, { *[Symbol.iterator]() { yield* rows; yield* totals } }),
    ...(inputs.length > 0 ? [{ range: inputs.join(' '), style: inputStyle }] : []),
    { range: `A2:${columnLetters(columns.length - 1)}${height + 1}`, style: gridStyle },
  ]
}

/** The cells of a column below the header. */
function columnRange(column: number, rows: number): string {
  return `${columnLetters(column)}2:${columnLetters(column)}${rows + 1}`
}

/**
 * Data bars in the cells of shares, scaled from 0 to 1 whatever the largest share of the column is. Excel draws a short bar even for 0, so
 * such cells get none.
 */
function shareBars(columns: TableSheet['columns'], rows: Iterable<readonly CellValue[]>): readonly TableRule[] {
  return columns.flatMap(({ format }, column) => {
    if (format !== 'share') return []
    const runs = listRuns(Array.from(rows, (row) => typeof row[column] === 'number' && row[column] > 0), columnLetters(column))
    return runs.length === 0 ? [] : [{ range: runs.join(' '), bar: shareBarColour }]
  })
}

/** The ranges of the wanted rows of a column, as A1 references; the first row is below the header. */
function listRuns(wanted: readonly boolean[], letters: string): readonly string[] {
  const runs: string[] = []
  let start: number | undefined
  for (const [row, isWanted] of [...wanted, false].entries()) {
    if (isWanted) start ??= row
    else if (start !== undefined) {
      runs.push(`${letters}${start + 2}:${letters}${row + 1}`)
      start = undefined
    }
  }
  return runs
}

/** The elements `conditionalFormatting` (section 18.3.1.18). */
export function rulesXml(rules: readonly TableRule[], { conditionalStyle }: Pick<StyleSheet, 'conditionalStyle'>): string {
  return rules.map((rule, index) => {
    const content = 'bar' in rule
      ? `<cfRule type="dataBar" priority="${index + 1}"><dataBar><cfvo type="num" val="0"/><cfvo type="num" val="1"/>`
        + `<color rgb="${rule.bar}"/></dataBar><extLst><ext xmlns:x14="${x14}" uri="{B025F937-C7B1-47D3-B67F-A62EFF666E3E}">`
        + `<x14:id>${barId(index)}</x14:id></ext></extLst></cfRule>`
      : `<cfRule type="expression" priority="${index + 1}" dxfId="${conditionalStyle(rule.style)}"><formula>TRUE</formula></cfRule>`
    return `<conditionalFormatting sqref="${rule.range}">${content}</conditionalFormatting>`
  }).join('')
}

const x14 = 'http://schemas.microsoft.com/office/spreadsheetml/2009/9/main'

/** Ids of rules are unique in their sheet only. */
function barId(index: number): string {
  return `{C0A1E5CE-0000-4000-8000-${String(index + 1).padStart(12, '0')}}`
}

/** The extension that makes bars of one colour, without the fading to white of Excel 2007 ([MS-XLSX], section 2.6.30). */
export function barsXml(rules: readonly TableRule[]): string {
  const bars = rules.flatMap((rule, index) => ('bar' in rule
    ? [
      `<x14:conditionalFormatting xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:cfRule type="dataBar" id="${barId(index)}">`
      + '<x14:dataBar minLength="0" maxLength="100" gradient="0"><x14:cfvo type="num"><xm:f>0</xm:f></x14:cfvo>'
      + '<x14:cfvo type="num"><xm:f>1</xm:f></x14:cfvo><x14:negativeFillColor rgb="FFFF0000"/><x14:axisColor rgb="FF000000"/></x14:dataBar>'
      + `</x14:cfRule><xm:sqref>${rule.range}</xm:sqref></x14:conditionalFormatting>`,
    ]
    : []))
  if (bars.length === 0) return ''
  return `<extLst><ext xmlns:x14="${x14}" uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"><x14:conditionalFormattings>${bars.join('')}`
    + '</x14:conditionalFormattings></ext></extLst>'
}

/**
 * The data validations of cells that are filled in by hand, one for each column (section 18.3.1.32). A word that is not in the list is
 * accepted after a warning; text that is too long is rejected.
 */
export function entriesXml({ columns, rows }: Pick<TableSheet, 'columns' | 'rows'>): string {
  if (rows.length === 0) return ''
  const rules = columns.flatMap(({ entry }, index) => (entry ? [entryXml(entry, columnRange(index, rows.length))] : []))
  return rules.length > 0 ? `<dataValidations count="${rules.length}">${rules.join('')}</dataValidations>` : ''
}

function entryXml({ title, message, choices, longest }: EntryRule, range: string): string {
  const rule = choices
    ? {
      type: 'list', operator: '', style: 'warning', errorTitle: 'Not in the list', formula: `"${choices.join(',')}"`,
      error: `The list has: ${choices.join(', ')}. Another word is kept, and reported when the workbook is read.`,
    }
    : {
      type: 'textLength', operator: ' operator="lessThanOrEqual"', style: 'stop', errorTitle: 'Too long', formula: String(longest),
      error: `At most ${longest} characters.`,
    }
  return [
    `<dataValidation type="${rule.type}" sqref="${range}"${rule.operator} allowBlank="1" showInputMessage="1" showErrorMessage="1"`,
    ` errorStyle="${rule.style}" promptTitle="${textAttribute(title)}" prompt="${textAttribute(message)}" errorTitle="${rule.errorTitle}"`,
    ` error="${textAttribute(rule.error)}"><formula1>${xmlText(rule.formula)}</formula1></dataValidation>`,
  ].join('')
}

/** Rows that a chart takes in addition to its bars: title, axis and legend. */
const framingRows = 7
const rowsPerBar = 1.4

/** Whether a sheet shows its chart: one without rows has nothing to show. */
export function hasChart({ chart, rows }: TableSheet): boolean {
  return chart !== undefined && rows.length > 0
}

/** The drawing below a table, with its chart (ECMA-376 part 1, section 20.5.2.35). */
export function drawingXml({ chart, rows, totals = [], columns }: TableSheet): string {
  const first = rows.length + totals.length + 2
  const last = first + Math.ceil(rows.length * rowsPerBar) + framingRows
  const description = xmlAttribute(`${chart?.title ?? ''}. The table above has the same numbers.`)
  return [
    xmlStart,
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"',
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><xdr:twoCellAnchor editAs="oneCell">',
    `<xdr:from>${cornerXml(0, first)}</xdr:from><xdr:to>${cornerXml(columns.length, last)}</xdr:to>`,
    `<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="2" name="Chart 1" descr="${description}"/><xdr:cNvGraphicFramePr/>`,
    '</xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic>',
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">',
    '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="rId1"/>',
    '</a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>',
  ].join('')
}

function cornerXml(column: number, row: number): string {
  return `<xdr:col>${column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>${row}</xdr:row><xdr:rowOff>0</xdr:rowOff>`
}

/** The chart of a table: stacked bars, in the order of its rows (section 21.2.2.29). */
export function chartXml({ name, chart, rows, columns }: TableSheet): string {
  const { title = '', names = 0, parts = [] } = chart ?? {}
  // The first row is below the header.
  const rangeOf = (column: number): string => `'${name}'!$${columnLetters(column)}$2:$${columnLetters(column)}$${rows.length + 1}`
  const series = parts.map(({ column, colour }, index) => {
    const fill = `<a:solidFill><a:srgbClr val="${colour.slice(1).toUpperCase()}"/></a:solidFill>`
    return [
      `<c:ser><c:idx val="${index}"/><c:order val="${index}"/><c:tx><c:v>${xmlText(columns[column]?.title ?? '')}</c:v></c:tx>`,
      `<c:spPr>${fill}<a:ln>${fill}</a:ln></c:spPr><c:cat><c:strRef><c:f>${xmlText(rangeOf(names))}</c:f></c:strRef></c:cat>`,
      `<c:val><c:numRef><c:f>${xmlText(rangeOf(column))}</c:f></c:numRef></c:val></c:ser>`,
    ].join('')
  })
  return [
    xmlStart,
    '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"',
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><c:roundedCorners val="0"/><c:chart>',
    '<c:title><c:tx><c:rich><a:bodyPr rot="0" spcFirstLastPara="1" vertOverflow="ellipsis" wrap="square" anchor="ctr" anchorCtr="1"/>',
    '<a:lstStyle/><a:p><a:pPr><a:defRPr sz="1200" b="1"/></a:pPr><a:r><a:rPr lang="en-US" sz="1200" b="1"/>',
    `<a:t>${xmlText(title)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/>`,
    '<c:plotArea><c:layout/><c:barChart><c:barDir val="bar"/><c:grouping val="stacked"/><c:varyColors val="0"/>',
    ...series,
    '<c:gapWidth val="40"/><c:overlap val="100"/><c:axId val="111111111"/><c:axId val="222222222"/></c:barChart>',
    '<c:catAx><c:axId val="111111111"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/><c:axPos val="l"/>',
    '<c:crossAx val="222222222"/><c:crosses val="autoZero"/><c:auto val="1"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>',
    '<c:noMultiLvlLbl val="0"/></c:catAx><c:valAx><c:axId val="222222222"/><c:scaling><c:orientation val="minMax"/></c:scaling>',
    '<c:delete val="0"/><c:axPos val="b"/><c:majorGridlines/><c:crossAx val="111111111"/><c:crosses val="max"/>',
    '<c:crossBetween val="between"/></c:valAx></c:plotArea><c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>',
    '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/><c:showDLblsOverMax val="1"/></c:chart></c:chartSpace>',
  ].join('')
}
