import { coverSet, labelSets } from '../../coverage/cover-set.js'
import { type CoverageScope, type CoverageScopes, coverDomains, listScopes, uniteCoverage } from '../../coverage/unite-coverage.js'
import { compareText, cutText } from '../../model/text.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import { readDate } from '../../model/stated.js'
import type { Artifact, EmitContext } from '../emitter.js'
import { createCellTexts } from '../table/cell-text.js'
import { countSets, setsTitle } from '../table/set-facts.js'
import { tableRows } from '../table/table-rows.js'
import { capabilitySheet } from './capability-sheet.js'
import { coverageSheets } from './coverage-sheets.js'
import { reportUnlinked } from './excel-cells.js'
import { gapsSheet } from './gaps-sheet.js'
import { mappingsSheet } from './mappings-sheet.js'
import { matrixSheets } from './matrix-sheets.js'
import { notesSheet } from './notes-sheet.js'
import { readMeSheet } from './read-me-sheet.js'
import { type ExtraSheets, extraSheets } from './report-sheets.js'
import { techniqueSheet } from './technique-sheet.js'
import { earliestDate, longestTitle, type Workbook } from './workbook.js'
import type { XlsxOptions } from './xlsx.js'

/** Builds the sheets of one or more sets; hucre is loaded when the workbook is rendered. */
export function emitWorkbook(sets: readonly ResolvedSet[], context: EmitContext, options: XlsxOptions): readonly Artifact[] {
  const texts = createCellTexts('Excel')
  const mappings = mappingsSheet(tableRows(sets, context, texts))
  const techniques = techniqueSheet(sets, context.attack, texts)
  const capabilities = capabilitySheet(sets, texts)
  const shown = shownScopes(coverSets(sets, context))
  const matrices = matrixSheets(shown, options, texts)
  const coverages = coverageSheets(shown, texts)
  const gaps = gapsSheet(shown, texts)
  const extra = extraSheets(sets, context)
  const tables = [mappings, techniques, capabilities, ...coverages, gaps]
  const readMe = readMeSheet(sets, { tables, matrices, extra }, context, texts)
  texts.report(context.report)
  for (const sheet of [mappings, techniques, gaps]) reportUnlinked(sheet, context.report)

  const noteTexts = createCellTexts('Excel')
  const notes = notesSheet(context.diagnostics, noteTexts)
  const workbook: Workbook = {
    title: shorten(noteTexts.clean(setsTitle(sets), 'the title')),
    creator: `${context.tool.name} ${context.tool.version}`,
    ...workbookDates(sets, context),
    sheets: [readMe, mappings, techniques, capabilities, ...matrices, ...coverages, gaps, ...extra.sheets.map(({ sheet }) => sheet), notes],
    tones: workbookTones(extra),
  }
  noteTexts.report(context.report)
  return [
    {
      name: `${context.baseName}.xlsx`,
      emitter: 'xlsx',
      schema: 'workbook',
      value: workbook,
      counts: { ...countSets(sets) },
      render: async () => (await import('./render-workbook.js')).renderWorkbook(workbook),
    },
  ]
}

/** What the sets cover of ATT&CK, each and together, called as `crosswalk coverage` calls them. */
function coverSets(sets: readonly ResolvedSet[], { attack }: EmitContext): CoverageScopes {
  const covered = labelSets(sets.map((set) => ({ folder: '', set }))).map((labelled) => coverSet(labelled, attack))
  return { sets: covered, unions: uniteCoverage(covered) }
}

/** Properties of a document are one short line. */
function shorten(title: string): string {
  const line = title.replaceAll(/\s+/g, ' ')
  return line.length <= longestTitle ? line : `${cutText(line, longestTitle - 1)}…`
}

/** The earliest creation and the latest change that the sets state, where the calendar has such dates. */
function workbookDates(sets: readonly ResolvedSet[], context: EmitContext): Pick<Workbook, 'created' | 'modified'> {
  const dates = (stated: readonly (string | undefined)[]): readonly string[] =>
    stated.flatMap((date = context.created) => (date === undefined ? [] : (readDate(date) ?? []))).toSorted(compareText)
  const [created = earliestDate] = dates(sets.map(({ about }) => about.created))
  return { created, modified: dates(sets.map(({ about }) => about.modified ?? about.created)).at(-1) ?? created }
}

/** What is shown as a matrix, a chart and gaps: one scope a domain, its only set or all of its sets together. */
function shownScopes(scopes: CoverageScopes): readonly CoverageScope[] {
  const all = listScopes(scopes)
  return coverDomains(scopes).flatMap((shown) => all.find(({ coverage }) => coverage === shown) ?? [])
}

/** The words of the sheet Gaps, then those of extra tables: the colours of `tone` columns and swatches. */
function workbookTones({ legend }: ExtraSheets): NonNullable<Workbook['tones']> {
  return [...gapTones, ...legend.map(({ word, tone }) => ({ word, tone }))]
}

const gapTones = [
  { word: 'not mentioned', tone: 'removed' },
  { word: 'declared unmappable', tone: 'changed' },
  { word: 'named only', tone: 'added' },
] as const
