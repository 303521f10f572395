import type { ResolvedSet } from '../../model/mapping-set.js'
import type { SchemaId } from '../../schemas/schema-errors.js'

/**
 * What a column's cells are. `id` and `change` stay whole in text as long as can be, `text` and `url` are shortened first;
 * `number` stands at the right; `share` is a part of a whole from 0 to 1, in text a percentage with a bar where there is room,
 * in Excel likewise; `change` is one of the legend's words and takes its colour.
 */
export type ColumnKind = 'text' | 'number' | 'share' | 'id' | 'url' | 'change'

/** Nothing is null, never the empty text. */
export type ReportCell = string | number | null

export interface ReportColumn {
  /** The column's name in CSV: lower case with underscores. */
  readonly key: string
  /** The column's name for people. */
  readonly title: string
  readonly kind: ColumnKind
  /**
   * Digits after the point of a `number`; a whole number when absent. Text and workbook round to it, CSV has the number whole.
   */
  readonly digits?: number
  /** Where the column stands: everywhere when absent. Terminals get fewer and shorter columns than files. */
  readonly only?: 'text' | 'files'
  /** What the cells hold, and what a blank one means: the workbook's first sheet says it. */
  readonly holds?: string
}

/** Rows of cells, in the order of the columns. */
export interface ReportTable {
  /** Part of a file name: lower case with dashes, unique in the report. */
  readonly name: string
  /** A heading, and the name of a sheet: at most 31 characters, none of []:*?/\'. */
  readonly title: string
  /** A sentence on what the rows are. */
  readonly about?: string
  /** Where the table stands: everywhere when absent. */
  readonly only?: 'files'
  /** Where the last row is a total, the heading doesn't say how many rows there are. */
  readonly uncounted?: true
  readonly columns: readonly ReportColumn[]
  readonly rows: readonly (readonly ReportCell[])[]
}

/** A label and its value: a count, or a fact such as a release. */
export interface ReportFact {
  readonly label: string
  readonly value: string | number
}

/** What a colour says: something came, went, changed, wants attention, or stayed as it is; three steps of a strength. */
export type ReportTone = 'added' | 'removed' | 'changed' | 'attention' | 'same' | 'weak' | 'middling' | 'strong'

/** A word that `change` columns use. */
export interface LegendEntry {
  readonly word: string
  readonly tone: ReportTone
  readonly meaning: string
}

/**
 * What an analysis found, before anything is rendered: one value that text, JSON, CSV and a workbook are made of.
 *
 * A new analysis is a pure function from mapping sets (and the ATT&CK index) to this: it fills `counts` and `facts`, makes
 * each table with `createReportTable` from its items and columns, and gives as `value` a JSON value of its own, with a schema
 * in schemas/. Then `reportArtifacts(report, format, say)` makes the files (text, JSON, CSV, workbook), each judged by its
 * schema before it is written, and `renderReportText(report, { width, palette })` what a terminal shows. A layer comes from
 * `reportLayerArtifact`. In src/cli, `addDeliveryOptions` and `deliverReport` do the rest: flags, stdout or files, messages.
 *
 * ```ts
 * const techniques = createReportTable({ name: 'techniques', title: 'Techniques' }, found, [
 *   { key: 'technique', title: 'Technique', kind: 'id', cell: ({ id }) => id },
 *   { key: 'change', title: 'Change', kind: 'change', cell: ({ change }) => change },
 * ])
 * ```
 */
export interface AnalysisReport {
  /** The analysis: "diff". Ends the base name of its files. */
  readonly kind: string
  /** What file names start with, safe on every system; `artifactBaseName` of a set, say. */
  readonly baseName: string
  readonly title: string
  /** Sentences that must stand wherever the results do: how they were derived, what they are not. */
  readonly about: readonly string[]
  readonly counts: readonly ReportFact[]
  readonly facts: readonly ReportFact[]
  /** The words of `change` columns; empty where there is no such column. */
  readonly legend: readonly LegendEntry[]
  readonly tables: readonly ReportTable[]
  /** A date (2024-12-31) of the mapping sets, for the workbook's properties; never the clock's. */
  readonly date?: string
  readonly schema: SchemaId
  /** The JSON form; `schema` judges it. */
  readonly value: unknown
}

/** A column that knows how to get its cell out of an item; undefined and the empty text become a blank. */
export interface ColumnOf<Item> extends ReportColumn {
  readonly cell: (item: Item) => ReportCell | undefined
}

/** Makes a table of items: a row each, in their order. */
export function createReportTable<Item>(
  head: Pick<ReportTable, 'name' | 'title' | 'about' | 'only' | 'uncounted'>,
  items: Iterable<Item>,
  columns: readonly ColumnOf<Item>[],
): ReportTable {
  return {
    ...head,
    columns: columns.map(({ cell: _cell, ...column }) => column),
    rows: Array.from(items, (item) => columns.map((column) => blankAsNull(column.cell(item)))),
  }
}

function blankAsNull(cell: ReportCell | undefined): ReportCell {
  return cell === undefined || cell === '' ? null : cell
}

/** The table with the columns that stand in text, or in files. */
export function pickColumns(table: ReportTable, where: NonNullable<ReportColumn['only']>): ReportTable {
  return keepColumns(table, ({ only }) => only === undefined || only === where)
}

/** The table without the columns that are blank in every row. */
export function dropBlankColumns(table: ReportTable): ReportTable {
  return keepColumns(table, (_column, index) => table.rows.some((row) => (row[index] ?? null) !== null))
}

function keepColumns(table: ReportTable, keep: (column: ReportColumn, index: number) => boolean): ReportTable {
  const kept = table.columns.map(keep)
  const pick = <Value>(values: readonly Value[]): readonly Value[] => values.filter((_value, index) => kept[index])
  return { ...table, columns: pick(table.columns), rows: table.rows.map(pick) }
}

/** What names a mapping set in the JSON of an analysis. */
interface SetHead {
  readonly framework: ResolvedSet['framework']
  readonly attack: ResolvedSet['attack']
  readonly rows: number
  readonly documents: readonly string[]
}

/** Names a mapping set: its releases, its rows, the documents that it comes from. */
export function describeSetHead({ framework, attack, mappings, sources }: ResolvedSet): SetHead {
  return { framework, attack, rows: mappings.length, documents: sources.map(({ name }) => name) }
}
