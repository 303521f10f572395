import type { TableDocument, TableSheet } from '../../formats/decoded.js'
import { loadKnownCapabilities } from '../../frameworks/known-capabilities.js'
import type { MappingSet, Relation } from '../../model/mapping-set.js'
import type { ParseContext } from '../parser.js'
import { buildDescribedSets } from './described-sets.js'
import { type AskedColumn, findHeader, type Header, readAskedColumns } from './find-header.js'
import { type CsvMetadataFacts, readCsvMetadata, readReadMe } from './read-description.js'
import { readRow, type TableRow } from './read-row.js'
import { explainMissingHeader, reportUnknownColumns } from './report-columns.js'
import { createSheetReader } from './sheet-reader.js'
import { findTechniques } from './split-cells.js'
import { buildTableSets, readFacts, type TableFacts } from './table-sets.js'

interface FoundTable {
  readonly sheet: TableSheet
  readonly header: Header
}

/**
 * Reads every sheet that has a header for mappings: one mapping for each capability and technique that a row names. Sheets,
 * columns, rows and cells that are not read are reported with their place.
 */
export async function parseTable(document: TableDocument, context: ParseContext): Promise<readonly MappingSet[]> {
  const asked = readAskedColumns(context.statements.columns, document.file.name, context.report)
  const found = document.sheets.flatMap((sheet): readonly FoundTable[] => {
    const header = findHeader(sheet, asked)
    return header ? [{ sheet, header }] : []
  })
  // Crosswalk's workbooks repeat their rows on other sheets, in another order: only the sheet with row ids is read.
  const own = found.filter(({ header }) => header.columns.byRole.has('id'))
  const tables = own.length > 0 ? own : found
  const factsOf = document.sheets.map((sheet) => {
    const table = tables.find((candidate) => candidate.sheet === sheet)
    return readFacts(sheet, table ? table.header.row : sheet.rows.length)
  })
  if (own.length === 0) {
    const others = document.sheets.filter((sheet, index) => (
      sheet.rows.length > 0
      && !tables.some((table) => table.sheet === sheet)
      && (tables.length === 0 || Object.keys(factsOf[index] ?? {}).length === 0)
    ))
    for (const sheet of others) reportOtherSheet(sheet, tables.length === 0, document, asked, context)
  }
  const facts: TableFacts = Object.assign({}, ...factsOf.toReversed())
  const described = await readDescription(document, context)
  const rows = tables.flatMap((table) => readRows(table, document, context, described.formulasEscaped))
  if (rows.length === 0) {
    if (tables.some(({ header }) => isReadable(header))) reportNoRows(document, context)
    return []
  }
  const { sets, rest } = buildDescribedSets(rows, described.sets, document.file, 'table')
  if (rest.length === 0) return sets
  const known = await loadKnownCapabilities()
  return [...sets, ...buildTableSets(rest, facts, relationsOf(tables), document.file, 'table', context, known)]
}

/** Descriptions of the sets: from the metadata file of a CSV table, or the Read me sheet of a workbook. */
async function readDescription(document: TableDocument, { companion }: ParseContext): Promise<CsvMetadataFacts> {
  if (document.container === 'workbook') return { sets: document.sheets.flatMap(readReadMe), formulasEscaped: false }
  const metadata = await companion?.(`${document.file.name}-metadata.json`)
  return (metadata && 'value' in metadata && readCsvMetadata(metadata.value)) || { sets: [], formulasEscaped: false }
}

function reportNoRows({ file }: TableDocument, { report }: ParseContext): void {
  report('parse/no-mappings', {
    origin: { document: file.name, place: { kind: 'file' } },
    hint: 'The table has column titles, but no row below them that could be read.',
  })
}

function isReadable({ columns: { byRole, relations } }: Header): boolean {
  return byRole.has('technique') || byRole.has('subtechnique') || relations.length > 0
}

function readRows(
  { sheet, header }: FoundTable, { file }: TableDocument, { report }: ParseContext, formulasEscaped: boolean,
): readonly TableRow[] {
  const reader = createSheetReader(file.name, formulasEscaped ? withoutEscapes(sheet) : sheet, header.columns, report)
  if (!isReadable(header)) {
    const count = sheet.rows.slice(header.row + 1).filter((row) => row.length > 0).length
    const origin = reader.origin(header.row, 'attackGroup')
    report('parse/not-techniques', { origin, count, found: 'a column of ATT&CK groups, and no column of techniques' })
    return []
  }
  reportUnknownColumns(reader, header.row, report)
  const titles = sheet.rows[header.row]?.join('\n')
  const rows: TableRow[] = []
  for (let row = header.row + 1; row < sheet.rows.length; row += 1) {
    const cells = sheet.rows[row] ?? []
    if (cells.every((cell) => cell.trim() === '')) continue
    // Printed or concatenated tables repeat their titles.
    if (titles !== undefined && cells.join('\n') === titles) continue
    const read = readRow(row, reader)
    if (read) rows.push(read)
  }
  reader.reportCounts()
  return rows
}

/** The sheet without the apostrophes that `--csv-escape-formulas` puts before cells that a spreadsheet would run as formulas. */
function withoutEscapes(sheet: TableSheet): TableSheet {
  return { ...sheet, rows: sheet.rows.map((row) => row.map((cell) => (/^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell))) }
}

function relationsOf(tables: readonly FoundTable[]): readonly Relation[] {
  return tables.flatMap(({ header }) => header.columns.relations.map(({ relation, title }) => ({ id: relation, name: title })))
}

/** Reports a sheet without a header for mappings: an error if no sheet has one or if it contains techniques, otherwise a note. */
function reportOtherSheet(
  sheet: TableSheet, isError: boolean, { file }: TableDocument, asked: readonly AskedColumn[], { report }: ParseContext,
): void {
  const first = sheet.rows.findIndex((row) => row.length > 0)
  const origin = { document: file.name, place: sheet.place(Math.max(first, 0), 0) }
  const hasTechniques = sheet.rows.some((row) => row.some((cell) => findTechniques(cell).length > 0))
  if (isError || hasTechniques) report('parse/no-columns', { origin, ...explainMissingHeader(sheet, asked) })
  else report('parse/sheet-passed-over', { origin, message: `The sheet ${sheet.name} contains no mappings and was skipped` })
}
