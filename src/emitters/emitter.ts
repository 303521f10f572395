import type { AttackIndex } from '../attack/attack-index.js'
import type { Diagnostic, Report } from '../diagnostics/diagnostic.js'
import type { ResolvedSet } from '../model/mapping-set.js'
import type { LegendEntry, ReportTable } from '../model/report-table.js'
import type { SchemaId } from '../schemas/schema-errors.js'
import type { FileKind } from '../validation/file-kind.js'

/** An option of an emitter: a flag of the command line, `--<name>`, and a key of the config file. */
export type OptionSpec =
  | { readonly kind: 'choice'; readonly values: readonly string[]; readonly default: string; readonly description: string }
  | { readonly kind: 'boolean'; readonly default: boolean; readonly description: string }
  | { readonly kind: 'number'; readonly default: number; readonly description: string }
export type OptionSpecs = Readonly<Record<string, OptionSpec>>

/** The values of an emitter's options, all set. */
export type OptionValues<Specs extends OptionSpecs> = {
  readonly [Name in keyof Specs]: Specs[Name] extends { kind: 'choice'; values: readonly (infer Value)[] }
    ? Value
    : Specs[Name] extends { kind: 'boolean' }
      ? boolean
      : Specs[Name] extends { kind: 'number' }
        ? number
        : OptionValue
}

/**
 * Draws SVG as PNG, so many pixels wide. Only SVG of ours: text in DejaVu Sans, nothing from elsewhere. Same picture, same bytes.
 */
export type Rasterise = (svg: string, width: number) => Uint8Array

/** Everything that an emitter needs beside its sets. */
export interface EmitContext {
  readonly attack: AttackIndex
  readonly report: Report
  readonly tool: { readonly name: string; readonly version: string }
  /** A date (2024-12-31) that the user supplies where the documents state none. */
  readonly created?: string
  /** What has been said so far, for formats that have room for it. */
  readonly diagnostics: readonly Diagnostic[]
  /** Base name of the artifacts: "aws-12.12.2024_attack-16.1-enterprise". */
  readonly baseName: string
  /** The artifacts are those of all sets of a run together (`--combine`), even where the run has one set. */
  readonly combined?: true
  /** Tables that belong beside a set, such as the changes of an upgrade; for formats that have room for them. */
  readonly extraTables?: ReadonlyMap<ResolvedSet, ExtraTables>
  /** Loads what draws pixels, which is large; undefined where it is not installed. Absent where there is none. */
  readonly openRasteriser?: () => Promise<Rasterise | undefined>
}

/** Tables of an analysis, and the words of their `change` columns. */
export interface ExtraTables {
  readonly tables: readonly ReportTable[]
  readonly legend: readonly LegendEntry[]
}

/** Writes mapping sets in a target format. Pure: same set, same bytes. Losses are reported as `emit/not-representable`. */
export interface Emitter<Id extends string = string, Specs extends OptionSpecs = OptionSpecs> {
  readonly id: Id
  readonly title: string
  /** What artifact names end in, with the leading dot: ".layer.json". */
  readonly extension: string
  readonly schema: SchemaId
  /** What the format cannot carry, in words, for `crosswalk formats` and the docs. */
  readonly loses: string
  readonly options: Specs
  /** Takes long, so that `--to all` leaves it out. */
  readonly onlyWhenNamed?: true
  /**
   * The kinds of the files that it writes: `crosswalk validate` recognises and validates them by these. Empty, with the reason, where
   * nothing can recognise the files.
   */
  readonly writes: readonly FileKind[]
  /** The artifacts of one set, or of several together. Texts of sets and of ATT&CK have no lone surrogates. */
  emit(sets: readonly ResolvedSet[], context: EmitContext, options: OptionValues<Specs>): Promise<readonly Artifact[]>
}

/** Keeps an emitter's own types while the registry forgets them. */
export function defineEmitter<const Id extends string, const Specs extends OptionSpecs>(emitter: Emitter<Id, Specs>): Emitter<Id, Specs> {
  return emitter
}

export type OptionValue = string | number | boolean

/** The values of an emitter's options: those asked for, the defaults for the rest. Values are of the spec's kind. */
export function resolveOptionValues(specs: OptionSpecs, asked: Readonly<Record<string, OptionValue>>): Record<string, OptionValue> {
  return Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => {
      const value = Object.hasOwn(asked, name) ? asked[name] : undefined
      return [name, value !== undefined && isValid(spec, value) ? value : spec.default]
    }),
  )
}

function isValid(spec: OptionSpecs[string], value: OptionValue): boolean {
  if (spec.kind === 'choice') return spec.values.some((choice) => choice === value)
  return typeof value === spec.kind
}

/** A file to be written: `value` is judged by `schema` first, and only then rendered. */
export interface Artifact {
  /** A plain file name, safe on every system; never a path. */
  readonly name: string
  /** The id of the emitter that made it. */
  readonly emitter: string
  readonly schema: SchemaId
  /** What the schema judges: the document itself, or the rows of a table. */
  readonly value: unknown
  /** What the artifact holds, for the manifest: rows, objects, techniques. */
  readonly counts: Readonly<Record<string, number>>
  render(): Uint8Array | Promise<Uint8Array>
}
