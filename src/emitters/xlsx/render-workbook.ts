import { columnLetters } from '../../formats/places.js'
import { joinPieces } from '../artifact-parts.js'
import type { ArtifactPiece } from '../emitter.js'
import { type CellStyle, fillStyle, standardFont, toneStyle } from './cell-styles.js'
import { createSharedTexts } from './excel-cells.js'
import { gridFrame, gridRows, pageFrame, pageRows } from './render-grid.js'
import { notesXml, noteShapesXml, sheetRows, tableFrame, tableXml } from './render-table.js'
import type { StyleOf } from './row-writer.js'
import { chartXml, drawingXml, hasChart, pagesAcross } from './sheet-layout.js'
import { createStyleSheet } from './style-sheet.js'
import type { CellValue, GridSheet, Sheet, TableSheet, Workbook } from './workbook.js'
import {
  createLinks, type Relationship, relationshipsXml, type SheetContext, type SheetPiece, type WorksheetFrame, worksheetXml, xmlStart,
} from './worksheet.js'
import { createZip, type ZipWriter } from './write-zip.js'
import { createXmlBytes } from './xml-bytes.js'
import { xmlAttribute, xmlText } from './xml-text.js'

/** Renders a workbook as a whole, without validating anything of it. */
export function renderWorkbook(workbook: Workbook): Uint8Array {
  return joinPieces({ pieces: () => writeWorkbook(workbook) })
}

/**
 * Writes a workbook as XLSX (ECMA-376). Rows are made, written and deflated piece by piece; those that are not a list are the items of pieces, each
 * before it is written. The same workbook gives the same bytes in every engine: `createZip` does not deflate with its `zlib`, and all dates are those
 * of the workbook.
 */
export function* writeWorkbook(workbook: Workbook): Iterable<ArtifactPiece> {
  const zip = createZip()
  const context: SheetContext = { styles: createStyleSheet(), texts: createSharedTexts(), xml: createXmlBytes() }
  const plans = planParts(workbook.sheets)
  zip.add('[Content_Types].xml', contentTypesXml(plans))
  zip.add('_rels/.rels', relationshipsXml(packageRelationships, context.xml))
  zip.add('docProps/core.xml', propertiesXml(workbook))
  zip.add('docProps/app.xml', `${xmlStart}<Properties xmlns="${officeDocument}/extended-properties"><Application>attack-crosswalk</Application></Properties>`)
  zip.add('xl/workbook.xml', workbookXml(workbook.sheets))
  zip.add('xl/_rels/workbook.xml.rels', relationshipsXml(workbookRelationships(workbook.sheets.length), context.xml))
  zip.add('xl/theme/theme1.xml', themeXml)
  const styleOf = createStyles(workbook)
  for (const plan of plans) {
    for (const items of writeSheet(plan, workbook.title, context, styleOf, zip)) yield { items, text: '' }
    for (const bytes of zip.take()) yield { items: [], bytes }
  }
  zip.add('xl/sharedStrings.xml', context.texts.xml(context.xml))
  zip.add('xl/styles.xml', context.styles.xml())
  yield { items: [], bytes: zip.finish() }
}

/** Styles of the workbook's own words, then those of scores and statuses, which are the same in every workbook. */
function createStyles({ tones = [] }: Workbook): StyleOf {
  const styles = new Map<CellValue, CellStyle>(tones.map(({ word, tone }) => [word, fillStyle(tone)]))
  return (value) => styles.get(value) ?? toneStyle(value)
}

/** A sheet, its number from 1, and the numbers of its other parts. */
interface SheetPlan {
  readonly sheet: Sheet
  readonly number: number
  /** Excel reports a file as damaged if a table has no row. */
  readonly table?: number
  readonly chart?: number
  readonly notes?: string
}

function planParts(sheets: readonly Sheet[]): readonly SheetPlan[] {
  let [tables, charts] = [0, 0]
  return sheets.map((sheet, index): SheetPlan => {
    const number = index + 1
    if (sheet.layout !== 'table') return { sheet, number }
    const notes = notesXml(sheet)
    return {
      sheet,
      number,
      ...(sheet.rows.length > 0 && { table: ++tables }),
      ...(hasChart(sheet) && { chart: ++charts }),
      ...(notes !== undefined && { notes }),
    }
  })
}

/** Writes a sheet and its other parts. Gives rows that are to be validated before they are written. */
function* writeSheet(plan: SheetPlan, title: string, context: SheetContext, styleOf: StyleOf, zip: ZipWriter): Iterable<readonly (readonly CellValue[])[]> {
  const { sheet, number } = plan
  const links = createLinks(context)
  zip.open(`xl/worksheets/sheet${number}.xml`)
  for (const piece of sheetXml()) {
    if (typeof piece === 'string' || piece instanceof Uint8Array) zip.write(piece)
    else yield piece
  }
  zip.close()
  const relationships = links.relationships()
  if (relationships.length > 0) zip.add(`xl/worksheets/_rels/sheet${number}.xml.rels`, relationshipsXml(relationships, context.xml))
  if (sheet.layout === 'table') addParts(plan, sheet, context, zip)

  function sheetXml(): Iterable<SheetPiece> {
    const write = (frame: WorksheetFrame, rows: Iterable<SheetPiece>): Iterable<SheetPiece> => worksheetXml(frame, rows, links, number === 1)
    if (sheet.layout === 'table') {
      return write(tableFrame(sheet, context, () => relateParts(plan, links.relate)), sheetRows(sheet, context, links, styleOf))
    }
    if (sheet.layout === 'grid') return write(gridFrame(sheet), gridRows(sheet, context, links))
    return write(pageFrame(sheet, title), pageRows(sheet, context, styleOf))
  }
}

/** The elements of a table's worksheet that name its other parts, in the order of the schema. */
function relateParts({ number, table, chart, notes }: SheetPlan, relate: (type: string, target: string) => string): string {
  const elements: string[] = []
  if (chart !== undefined) elements.push(`<drawing r:id="${relate('drawing', `../drawings/drawing${chart}.xml`)}"/>`)
  if (notes !== undefined) {
    elements.push(`<legacyDrawing r:id="${relate('vmlDrawing', `../drawings/vmlDrawing${number}.vml`)}"/>`)
    relate('comments', `../comments${number}.xml`)
  }
  if (table !== undefined) {
    elements.push(`<tableParts count="1"><tablePart r:id="${relate('table', `../tables/table${table}.xml`)}"/></tableParts>`)
  }
  return elements.join('')
}

function addParts({ number, table, chart, notes }: SheetPlan, sheet: TableSheet, { xml }: SheetContext, zip: ZipWriter): void {
  if (chart !== undefined) {
    zip.add(`xl/drawings/drawing${chart}.xml`, drawingXml(sheet))
    zip.add(`xl/drawings/_rels/drawing${chart}.xml.rels`, relationshipsXml([{ type: 'chart', target: `../charts/chart${chart}.xml` }], xml))
    zip.add(`xl/charts/chart${chart}.xml`, chartXml(sheet))
  }
  if (notes !== undefined) {
    zip.add(`xl/comments${number}.xml`, notes)
    zip.add(`xl/drawings/vmlDrawing${number}.vml`, noteShapesXml(sheet, number))
  }
  if (table !== undefined) zip.add(`xl/tables/table${table}.xml`, tableXml(sheet, table))
}

const officeDocument = 'http://schemas.openxmlformats.org/officeDocument/2006'
const packageSchemas = 'http://schemas.openxmlformats.org/package/2006'
const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** The types of all parts (ECMA-376 part 2, section 10.1.2.2). */
function contentTypesXml(plans: readonly SheetPlan[]): string {
  const parts = plans.flatMap(({ number, table, chart, notes }): readonly (readonly [path: string, type: string])[] => [
    [`/xl/worksheets/sheet${number}.xml`, `${spreadsheet}.worksheet+xml`],
    ...(notes === undefined ? [] : [[`/xl/comments${number}.xml`, `${spreadsheet}.comments+xml`] as const]),
    ...(table === undefined ? [] : [[`/xl/tables/table${table}.xml`, `${spreadsheet}.table+xml`] as const]),
    ...(chart === undefined
      ? []
      : [
        [`/xl/drawings/drawing${chart}.xml`, 'application/vnd.openxmlformats-officedocument.drawing+xml'] as const,
        [`/xl/charts/chart${chart}.xml`, 'application/vnd.openxmlformats-officedocument.drawingml.chart+xml'] as const,
      ]),
  ])
  const overrides = [
    ['/xl/workbook.xml', `${spreadsheet}.sheet.main+xml`], ...parts,
    ['/xl/styles.xml', `${spreadsheet}.styles+xml`], ['/xl/sharedStrings.xml', `${spreadsheet}.sharedStrings+xml`],
    ['/xl/theme/theme1.xml', 'application/vnd.openxmlformats-officedocument.theme+xml'],
    ['/docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml'],
    ['/docProps/app.xml', 'application/vnd.openxmlformats-officedocument.extended-properties+xml'],
  ] as const
  return [
    xmlStart, `<Types xmlns="${packageSchemas}/content-types">`,
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
    '<Default Extension="xml" ContentType="application/xml"/>',
    '<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>',
    ...overrides.map(([path, type]) => `<Override PartName="${path}" ContentType="${type}"/>`), '</Types>',
  ].join('')
}

const packageRelationships: readonly Relationship[] = [
  { type: 'officeDocument', target: 'xl/workbook.xml' },
  { type: `${packageSchemas}/relationships/metadata/core-properties`, target: 'docProps/core.xml' },
  { type: 'extended-properties', target: 'docProps/app.xml' },
]

function workbookRelationships(sheets: number): readonly Relationship[] {
  const others = [['styles', 'styles.xml'], ['sharedStrings', 'sharedStrings.xml'], ['theme', 'theme/theme1.xml']] as const
  return [
    ...Array.from({ length: sheets }, (_, index) => ['worksheet', `worksheets/sheet${index + 1}.xml`] as const), ...others,
  ].map(([type, target]) => ({ type, target }))
}

function propertiesXml({ title, creator, created, modified }: Workbook): string {
  return [
    xmlStart, `<cp:coreProperties xmlns:cp="${packageSchemas}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"`,
    ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">',
    `<dc:title>${xmlText(title)}</dc:title><dc:creator>${xmlText(creator)}</dc:creator>`,
    dateXml('created', created), dateXml('modified', modified), '</cp:coreProperties>',
  ].join('')
}

function dateXml(name: 'created' | 'modified', date: string): string {
  return `<dcterms:${name} xsi:type="dcterms:W3CDTF">${date}T00:00:00Z</dcterms:${name}>`
}

function workbookXml(sheets: readonly Sheet[]): string {
  const names = sheets.map(({ name }, index) => `<sheet name="${xmlAttribute(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`)
  const titles = sheets.flatMap((sheet, index) => (sheet.layout === 'page'
    ? []
    : [`<definedName name="_xlnm.Print_Titles" localSheetId="${index}">${xmlText(repeatedRange(sheet))}</definedName>`]))
  return [
    xmlStart,
    `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${officeDocument}/relationships">`,
    '<bookViews><workbookView xWindow="0" yWindow="0" windowWidth="16384" windowHeight="8192" activeTab="0"/></bookViews>',
    '<sheets>', ...names, '</sheets>',
    ...(titles.length === 0 ? [] : ['<definedNames>', ...titles, '</definedNames>']),
    '</workbook>',
  ].join('')
}

/** The print titles of a sheet: the header on every page, and the key columns if a table is several pages wide. */
function repeatedRange(sheet: TableSheet | GridSheet): string {
  const rows = `'${sheet.name}'!$1:$${sheet.layout === 'grid' ? sheet.frozenRows : 1}`
  const keys = sheet.layout === 'table' && pagesAcross(sheet.columns, sheet.paper) > 1 ? keyColumns(sheet) : undefined
  return keys ? `'${sheet.name}'!$${columnLetters(keys[0])}:$${columnLetters(keys[1])},${rows}` : rows
}

function keyColumns({ keyColumns: named, frozenColumns }: TableSheet): TableSheet['keyColumns'] {
  return named ?? (frozenColumns > 0 ? [0, frozenColumns - 1] : undefined)
}

/** Office's own colours and fonts: programs expect a theme. */
const themeXml = createThemeXml()

function createThemeXml(): string {
  const colours = [
    ['dk2', '44546A'], ['lt2', 'E7E6E6'], ['accent1', '4472C4'], ['accent2', 'ED7D31'], ['accent3', 'A5A5A5'], ['accent4', 'FFC000'],
    ['accent5', '5B9BD5'], ['accent6', '70AD47'], ['hlink', '0563C1'], ['folHlink', '954F72'],
  ] as const
  const fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
  const lines = [6350, 12_700, 19_050].map((width) => `<a:ln w="${width}">${fill}</a:ln>`)
  return [
    xmlStart, '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Office Theme"><a:themeElements>',
    '<a:clrScheme name="Office"><a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1><a:lt1><a:sysClr val="window" lastClr="FFFFFF"/></a:lt1>',
    ...colours.map(([name, value]) => `<a:${name}><a:srgbClr val="${value}"/></a:${name}>`),
    '</a:clrScheme><a:fontScheme name="Office">', themeFont('major', 'Calibri Light'), themeFont('minor', standardFont.name),
    `</a:fontScheme><a:fmtScheme name="Office"><a:fillStyleLst>${fill.repeat(3)}</a:fillStyleLst><a:lnStyleLst>`, ...lines,
    `</a:lnStyleLst><a:effectStyleLst>${'<a:effectStyle><a:effectLst/></a:effectStyle>'.repeat(3)}</a:effectStyleLst>`,
    `<a:bgFillStyleLst>${fill.repeat(3)}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>`,
  ].join('')
}

function themeFont(kind: 'major' | 'minor', name: string): string {
  return `<a:${kind}Font><a:latin typeface="${name}"/><a:ea typeface=""/><a:cs typeface=""/></a:${kind}Font>`
}
