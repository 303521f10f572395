import { coverSet, labelSets } from '../../coverage/cover-set.js'
import { type CoverageScope, type CoverageScopes, coverDomains, listScopes, uniteCoverage } from '../../coverage/unite-coverage.js'
import type { Diagnostic } from '../../diagnostics/diagnostic.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import { readDate } from '../../model/stated.js'
import { compareText, cutText } from '../../model/text.js'
import { joinPieces } from '../artifact-parts.js'
import type { Artifact, ArtifactParts, EmitContext } from '../emitter.js'
import { type CellTexts, createCellTexts } from '../table/cell-text.js'
import { countSets, setsTitle } from '../table/set-facts.js'
import { describePlace, tableRows } from '../table/table-rows.js'
import { coverageSheets, gapsSheet } from './coverage-sheets.js'
import { reportLinks, reportUnlinked } from './excel-cells.js'
import { mappingsSheets, measureMappings, reportSplit } from './mappings-sheet.js'
import { matrixSheets } from './matrix-sheets.js'
import { readMeSheet } from './read-me-sheet.js'
import { writeWorkbook } from './render-workbook.js'
import { againstSheets, type ExtraSheets, extraSheets, joinExtra } from './report-sheets.js'
import { dropBlankColumns } from './sheet-columns.js'
import { capabilitySheet, techniqueSheet } from './summary-sheets.js'
import { type CellValue, earliestDate, type ListedTable, longestTitle, type PageSheet, type SheetRows, type Workbook } from './workbook.js'
import type { XlsxOptions } from './xlsx.js'

/** Builds the sheets of one or more sets. The rows of the sheet Mappings, which may be very many, are made when they are written. */
export function emitWorkbook(sets: readonly ResolvedSet[], context: EmitContext, options: XlsxOptions): readonly Artifact[] {
  const texts = createCellTexts('Excel')
  const measure = measureMappings()
  const table = tableRows(sets, context, texts, measure.add)
  const measured = measure.end()
  const pages = mappingsSheets(table, measured)
  const [mappings, ...further] = pages
  const techniques = techniqueSheet(sets, context.attack, texts)
  const capabilities = capabilitySheet(sets, texts)
  const scopes = coverSets(sets, context)
  const shown = shownScopes(scopes)
  const matrices = matrixSheets(shown, options, texts)
  const coverages = coverageSheets(shown, texts)
  const gaps = gapsSheet(shown, texts)
  const extra = joinExtra(extraSheets(sets, context), againstSheets(scopes, context))
  const tables = [mappings, techniques, capabilities, ...coverages, gaps]
  const readMe = readMeSheet(sets, { tables, matrices, extra }, context, texts)
  texts.report(context.report)
  for (const [index, { name }] of pages.entries()) reportLinks(name, measured.links[index] ?? 0, context.report)
  for (const sheet of [techniques, gaps]) reportUnlinked(sheet, context.report)
  reportSplit(pages, context.report)

  const noteTexts = createCellTexts('Excel')
  const notes = notesSheet(context.diagnostics, noteTexts)
  const workbook: Workbook = {
    title: shorten(noteTexts.clean(setsTitle(sets), 'the title')),
    creator: `${context.tool.name} ${context.tool.version}`,
    ...workbookDates(sets, context),
    sheets: [
      readMe, mappings, techniques, capabilities, ...matrices, ...coverages, gaps, ...further, ...extra.sheets.map(({ sheet }) => sheet), notes,
    ],
    tones: workbookTones(extra),
  }
  noteTexts.report(context.report)
  const parts: ArtifactParts = { head: withLists(workbook, ({ length }) => Object.assign([], { length })), pieces: () => writeWorkbook(workbook) }
  return [
    {
      name: `${context.baseName}.xlsx`,
      emitter: 'xlsx',
      schema: 'workbook',
      get value() { return withLists(workbook, (rows) => [...rows]) },
      counts: { ...countSets(sets) },
      render: () => joinPieces(parts),
      parts,
    },
  ]
}

/** The workbook with lists in place of rows that are none: the same rows, or nothing as long as they are, since the schema limits their number. */
function withLists(workbook: Workbook, list: (rows: SheetRows) => readonly (readonly CellValue[])[]): Workbook {
  const sheets = workbook.sheets.map((sheet) => (sheet.layout === 'table' && !Array.isArray(sheet.rows) ? { ...sheet, rows: list(sheet.rows) } : sheet))
  return { ...workbook, sheets }
}

/** The coverage of each set and of all together, labelled as in `crosswalk coverage`. */
function coverSets(sets: readonly ResolvedSet[], { attack }: EmitContext): CoverageScopes {
  const covered = labelSets(sets.map((set) => ({ folder: '', set }))).map((labelled) => coverSet(labelled, attack))
  return { sets: covered, unions: uniteCoverage(covered) }
}

/** The title on one line, in at most `longestTitle` UTF-16 units, as the document's properties show it. */
function shorten(title: string): string {
  const line = title.replaceAll(/\s+/g, ' ')
  return line.length <= longestTitle ? line : `${cutText(line, longestTitle - 1)}…`
}

/** The earliest creation date and the latest change that the sets state; dates that do not exist are ignored. */
function workbookDates(sets: readonly ResolvedSet[], context: EmitContext): Pick<Workbook, 'created' | 'modified'> {
  const dates = (stated: readonly (string | undefined)[]): readonly string[] =>
    stated.flatMap((date = context.created) => (date === undefined ? [] : (readDate(date) ?? []))).toSorted(compareText)
  const [created = earliestDate] = dates(sets.map(({ about }) => about.created))
  return { created, modified: dates(sets.map(({ about }) => about.modified ?? about.created)).at(-1) ?? created }
}

/** The scopes of matrices, charts and gaps: one for each domain, of its only set or of all its sets together. */
function shownScopes(scopes: CoverageScopes): readonly CoverageScope[] {
  const all = listScopes(scopes)
  return coverDomains(scopes).flatMap((shown) => all.find(({ coverage }) => coverage === shown) ?? [])
}

/** The words that are coloured: those of the sheet Gaps, then those of the extra tables. */
function workbookTones({ legend }: ExtraSheets): NonNullable<Workbook['tones']> {
  return [...gapTones, ...legend.map(({ word, tone }) => ({ word, tone }))]
}

const gapTones = [
  { word: 'not mentioned', tone: 'removed' },
  { word: 'declared unmappable', tone: 'changed' },
  { word: 'named only', tone: 'added' },
] as const

/**
 * The sheet Notes: the diagnostics of the run but for losses of other formats, in the words of a reader who has only the workbook: problems
 * first, then warnings, then notes.
 */
function notesSheet(diagnostics: readonly Diagnostic[], texts: CellTexts): ListedTable | PageSheet {
  if (diagnostics.length === 0) {
    const line = { kind: 'line', cells: ['Nothing was found that you would have to know.'] } as const
    return { layout: 'page', name: 'Notes', widths: [60], lines: [line] }
  }
  const clean = (text: string | undefined): CellValue => (text ? texts.clean(text, 'Notes') : null)
  const sheet: ListedTable = {
    layout: 'table',
    name: 'Notes',
    table: 'Notes',
    columns: [
      { title: 'Kind', width: 10, format: 'text' },
      { title: 'What was noticed', width: 60, format: 'wrapped' },
      { title: 'Times', width: 8, format: 'count' },
      { title: 'Document', width: 30, format: 'wrapped' },
      { title: 'Where', width: 24, format: 'wrapped' },
      { title: 'What is written there', width: 36, format: 'wrapped' },
      { title: 'What was expected', width: 30, format: 'wrapped' },
      { title: 'What you can do', width: 44, format: 'wrapped' },
      { title: 'Code', width: 30, format: 'text', folded: true },
    ],
    frozenColumns: 0,
    paper: 'a4',
    rows: noteKinds.flatMap(({ severity, word }) => diagnostics.filter((one) => one.severity === severity).map(
      ({ message, count, origin, found, expected, hint, code }) => [
        word,
        clean(message),
        count ?? 1,
        clean(origin?.document),
        clean(origin && describePlace(origin.place)),
        clean(found),
        clean(expected),
        clean(hint),
        code,
      ],
    )),
  }
  return dropBlankColumns(sheet, ['Document', 'Where', 'What is written there', 'What was expected', 'What you can do'])
}

const noteKinds = [
  { severity: 'error', word: 'problem' },
  { severity: 'warning', word: 'warning' },
  { severity: 'info', word: 'note' },
] as const
