import type { TableDocument, TableSheet } from '../../formats/decoded.js'
import { recordsBelow } from '../../formats/rows.js'
import { loadKnownCapabilities } from '../../frameworks/known-capabilities.js'
import type { MappingSet, Relation } from '../../model/mapping-set.js'
import { stated } from '../../model/stated.js'
import type { ParseContext } from '../parser.js'
import { type AskedColumn, askedOfSheet, readAskedColumns, reportMissingTitles } from './asked-columns.js'
import { isAttackList, isTacticMatrix } from './attack-layout.js'
import type { TechniqueNamed } from './column-views.js'
import { buildDescribedSets } from './described-sets.js'
import { findTable, type FoundTable, isOwnTable } from './find-table.js'
import { type CsvMetadataFacts, readCsvMetadata, readReadMe } from './read-description.js'
import { explainColumns, mapsTechniques, readTable, tryReading } from './read-table.js'
import { explainMissingHeader, suggestColumns } from './report-columns.js'
import { hasTechnique } from './split-cells.js'
import { buildTableSets, readFacts, type TableFacts } from './table-sets.js'
import { createTechniqueColumns } from './technique-columns.js'

/**
 * Reads every sheet that has a table of mappings: one mapping for each capability and technique that a row names. Sheets,
 * columns, rows and cells that are not read are reported with their place.
 */
export async function parseTable(document: TableDocument, context: ParseContext): Promise<readonly MappingSet[]> {
  const asked = readAskedColumns(context.statements.columns, document.file.name, context.report)
  reportMissingTitles(asked, document.sheets, document.file.name, context.report)
  const isName = techniqueNames(context)
  const askedOf = (sheet: TableSheet): readonly AskedColumn[] => askedOfSheet(asked, sheet, document.sheets)
  const found = document.sheets.map((sheet) => findTable(sheet, askedOf(sheet), isName)).filter((table) => table !== undefined)
  // Crosswalk's workbooks repeat their rows on other sheets, in another order: only the sheet with row ids is read.
  const own = found.filter(({ sheet, header }) => isOwnTable(sheet, header))
  const tables = own.length > 0 ? own : found
  const factsOf = document.sheets.map((sheet) => {
    const table = tables.find((candidate) => candidate.source === sheet)
    return readFacts(sheet, table ? table.header.row : sheet.rows.length)
  })
  if (own.length === 0) {
    const others = document.sheets.filter((sheet, index) => (
      sheet.rows.length > 0
      && !tables.some((table) => table.source === sheet)
      && (tables.length === 0 || Object.keys(factsOf[index] ?? {}).length === 0)
    ))
    reportOtherSheets(others, tables.length === 0, document, asked, context)
  }
  const facts: TableFacts = Object.assign({}, ...factsOf.toReversed())
  const described = await readDescription(document, context)
  const { statements } = context
  const release = stated({ version: facts.attackVersion ?? statements.attackVersion, domain: facts.domain ?? statements.domain })
  const rows = tables.flatMap((table) => {
    if (mapsTechniques(table)) context.seen?.(recordsBelow(table.source, table.titles))
    const techniques = createTechniqueColumns(context.attack, release)
    const read = readTable(table, {
      document: document.file.name,
      report: context.report,
      techniques,
      fillDown: statements.fillDown === true,
      ...stated({ separator: statements.split?.capability, check: context.check }),
      asked: askedOf(table.source),
      ...stated({ formulasEscaped: described.formulasEscaped }),
    })
    context.explain?.(explainColumns(table, techniques.counts))
    return read
  })
  reportUnusedSeparator(tables, document, context)
  if (rows.length === 0) {
    if (tables.some(mapsTechniques)) reportNoRows(document, context)
    return []
  }
  const { sets, rest } = buildDescribedSets(rows, described.sets, document.file, 'table')
  if (rest.length === 0) return sets
  const known = await loadKnownCapabilities()
  return [...sets, ...buildTableSets(rest, facts, relationsOf(tables), document.file, 'table', context, known)]
}

/** Whether a text is the name of a technique in any release, by the ATT&CK that is loaded. */
function techniqueNames({ attack }: ParseContext): TechniqueNamed | undefined {
  if (!attack) return undefined
  return (id, text) => {
    const names = attack.history(id).map(({ technique }) => foldSpace(technique.name))
    const name = foldSpace(text)
    return names.length === 0 ? undefined : names.some((one) => one === name || name.endsWith(`: ${one}`))
  }
}

function foldSpace(text: string): string {
  return text.toLowerCase().replaceAll(/\s+/g, ' ').trim()
}

/** Descriptions of the sets: from the metadata file of a CSV table, or the Read me sheet of a workbook. */
async function readDescription(document: TableDocument, { companion, report }: ParseContext): Promise<CsvMetadataFacts> {
  if (document.container === 'workbook') {
    const origin = { document: document.file.name, place: { kind: 'file' } } as const
    const sets = document.sheets.flatMap((sheet) => readReadMe(sheet, (list) => {
      const expected = 'an id; its name, if it has one, was taken'
      report('parse/blank-id', { origin, found: `an entry with a blank id below "${list}" in the sheet ${sheet.name}`, expected })
    }))
    return { sets, formulasEscaped: false }
  }
  const metadata = await companion?.(`${document.file.name}-metadata.json`)
  return (metadata && 'value' in metadata && readCsvMetadata(metadata.value)) || { sets: [] }
}

function reportNoRows({ file }: TableDocument, { report }: ParseContext): void {
  report('parse/no-mappings', {
    origin: { document: file.name, place: { kind: 'file' } },
    hint: 'The table has column titles, but no row below them that could be read.',
  })
}

function relationsOf(tables: readonly FoundTable[]): readonly Relation[] {
  return tables.flatMap(({ header }) => header.columns.relations.map(({ relation, title }) => ({ id: relation, name: title })))
}

/** Reports sheets without a table: errors if no sheet has one (`isOnly`) or if they contain techniques, otherwise notes. */
function reportOtherSheets(
  sheets: readonly TableSheet[], isOnly: boolean, { file }: TableDocument, asked: readonly AskedColumn[],
  { report, statements }: ParseContext,
): void {
  const isEmpty = isOnly && asked.length === 0 && sheets.length > 0 && sheets.every(isAttackList)
  // Those with techniques first: they are the ones that matter.
  const withTechniques = new Set(sheets.filter(({ rows }) => rows.some((row) => row.some(hasTechnique))))
  const ordered = [...sheets.filter((sheet) => withTechniques.has(sheet)), ...sheets.filter((sheet) => !withTechniques.has(sheet))]
  for (const sheet of ordered) {
    const first = sheet.rows.findIndex((row) => row.length > 0)
    const origin = { document: file.name, place: sheet.place(Math.max(first, 0), 0) }
    const isList = asked.length === 0 && isAttackList(sheet)
    const isLayout = isList || isTacticMatrix(sheet)
    const matters = isOnly ? withTechniques.size === 0 || withTechniques.has(sheet) : withTechniques.has(sheet) && !isLayout
    if (!isEmpty && matters) {
      const tryColumns = (columns: readonly AskedColumn[]): number => tryReading(sheet, columns, statements.fillDown === true).mappings
      const suggested = asked.length > 0 ? undefined : suggestColumns(sheet, tryColumns)
      report('parse/no-columns', { origin, ...explainMissingHeader(sheet, asked, suggested) })
    } else {
      const what = isList ? 'lists what ATT&CK contains, maps nothing,'
        : isTacticMatrix(sheet) ? "is a matrix of techniques' names, maps nothing," : 'contains no mappings'
      report('parse/sheet-passed-over', { origin, message: `The sheet ${sheet.name} ${what} and was skipped` })
    }
  }
  if (!isEmpty) return
  report('parse/no-mappings', {
    origin: { document: file.name, place: { kind: 'file' } },
    hint: "ATT&CK's workbooks map on their sheets of relationships: use the whole workbook, or the one of mitigations.",
  })
}

/** Reports `--split` with a separator that no cell of a capability contains. */
function reportUnusedSeparator(tables: readonly FoundTable[], { file }: TableDocument, { statements, report }: ParseContext): void {
  const separator = statements.split?.capability
  if (separator === undefined || tables.length === 0) return
  const isUsed = tables.some(({ sheet, header: { row, columns } }) => {
    const read = new Set([columns.byRole, ...columns.views].flatMap((view) => view.get('capability') ?? view.get('name') ?? []))
    return sheet.rows.slice(row + 1).some((cells) => Array.from(read).some((column) => cells[column]?.includes(separator) === true))
  })
  if (isUsed) return
  report('parse/unused-option', {
    message: '--split: no cell of a capability contains the separator',
    origin: { document: file.name, place: { kind: 'file' } },
    found: JSON.stringify(separator),
  })
}
