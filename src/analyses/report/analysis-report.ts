import type { ResolvedSet } from '../../model/mapping-set.js'
import type { LegendEntry, ReportTable } from '../../model/report-table.js'
import type { SchemaId } from '../../schemas/schema-errors.js'

/** A label and its value: a count, or a fact such as a release. */
export interface ReportFact {
  readonly label: string
  readonly value: string | number
}

/**
 * The result of an analysis, before it is rendered as text, JSON, CSV or a workbook.
 *
 * A new analysis is a pure function from mapping sets (and the ATT&CK index) to this type: it fills `counts` and `facts`, makes each
 * table from items and columns with `createReportTable`, and sets `value` to its JSON form, which has a schema in schemas/.
 * `reportArtifacts` renders the files (text, JSON, CSV, workbook), each validated by its schema before it is written;
 * `renderReportText` renders the text for terminals, and `reportLayerArtifact` a layer. In src/cli, `addDeliveryOptions` and
 * `deliverReport` add the flags, and write to stdout or files.
 *
 * ```ts
 * const techniques = createReportTable({ name: 'techniques', title: 'Techniques' }, found, [
 *   { key: 'technique', title: 'Technique', kind: 'id', cell: ({ id }) => id },
 *   { key: 'change', title: 'Change', kind: 'change', cell: ({ change }) => change },
 * ])
 * ```
 */
export interface AnalysisReport {
  /** The analysis: "diff". File names are `baseName`.`kind`.extension. */
  readonly kind: string
  /** The start of file names, safe on every file system, such as the `artifactBaseName` of a set. */
  readonly baseName: string
  readonly title: string
  /** Sentences that every format shows: how the results were derived, and their limits. */
  readonly about: readonly string[]
  readonly counts: readonly ReportFact[]
  readonly facts: readonly ReportFact[]
  /** The words of `change` columns; empty if there is no such column. */
  readonly legend: readonly LegendEntry[]
  readonly tables: readonly ReportTable[]
  /** A date (2024-12-31) of the mapping sets, for the workbook's properties; never today's, so that output is reproducible. */
  readonly date?: string
  readonly schema: SchemaId
  /** The JSON form, which `schema` describes. Made when it is first read, if that takes long. */
  readonly value: unknown
}

/** Identifies a mapping set in the JSON of an analysis. */
interface SetHead {
  readonly framework: ResolvedSet['framework']
  readonly attack: ResolvedSet['attack']
  readonly rows: number
  readonly documents: readonly string[]
}

/** Describes a mapping set by its releases, number of rows, and documents. */
export function describeSetHead({ framework, attack, mappings, sources }: ResolvedSet): SetHead {
  return { framework, attack, rows: mappings.length, documents: sources.map(({ name }) => name) }
}

/** The names of a set's documents, separated by commas. */
export function listDocuments({ sources }: Pick<ResolvedSet, 'sources'>): string {
  return sources.map(({ name }) => name).join(', ')
}
