import type { AttackIndex } from '../attack/attack-index.js'
import type { Against } from '../coverage/cover-against.js'
import type { Diagnostic, Report } from '../diagnostics/diagnostic.js'
import type { ResolvedSet } from '../model/mapping-set.js'
import type { LegendEntry, ReportTable } from '../model/report-table.js'
import type { SchemaId } from '../schemas/schema-errors.js'
import type { FileKind } from '../validation/file-kind.js'

/** An option of an emitter: a flag of the command line, `--<name>`, and a key of the config file. */
export type OptionSpec =
  | { readonly kind: 'choice'; readonly values: readonly string[]; readonly default: string; readonly description: string }
  | { readonly kind: 'boolean'; readonly default: boolean; readonly description: string }
  | {
    readonly kind: 'number'
    readonly default: number
    readonly description: string
    /** The least and the greatest value; one beyond is replaced by it, and reported. */
    readonly min?: number
    readonly max?: number
  }
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
 * Renders SVG as PNG, `width` pixels wide. Only for SVG by Crosswalk: text in DejaVu Sans, no external resources. Deterministic.
 */
export type Rasterise = (svg: string, width: number) => Uint8Array

/** Everything that an emitter needs beside sets and options. */
export interface EmitContext {
  readonly attack: AttackIndex
  readonly report: Report
  readonly tool: { readonly name: string; readonly version: string }
  /** Date (2024-12-31) supplied by the user for documents that state none. */
  readonly created?: string
  /** Diagnostics reported so far, for formats that include them. */
  readonly diagnostics: readonly Diagnostic[]
  /** Base name of the artifacts: "aws-12.12.2024_attack-16.1-enterprise". */
  readonly baseName: string
  /** The artifacts are those of all sets of a run together (`--combine`), even if the run has only one set. */
  readonly combined?: true
  /** Additional tables of a set, such as the changes of an upgrade, for formats that include them. */
  readonly extraTables?: ReadonlyMap<ResolvedSet, ExtraTables>
  /** Adversaries whose techniques formats show as covered or not, if they can (`--against`). */
  readonly against?: Against
  /** Loads the rasteriser, which is large; undefined if it is not installed. Absent on hosts without one. */
  readonly openRasteriser?: () => Promise<Rasterise | undefined>
}

/** Tables of an analysis, and the meanings of the words in their `change` columns. */
export interface ExtraTables {
  readonly tables: readonly ReportTable[]
  readonly legend: readonly LegendEntry[]
}

/** Writes mapping sets in a target format. Deterministic: same sets, same bytes. Losses are reported as `emit/not-representable`. */
export interface Emitter<Id extends string = string, Specs extends OptionSpecs = OptionSpecs> {
  readonly id: Id
  readonly title: string
  /** Ending of artifact names, with the leading dot: ".layer.json". */
  readonly extension: string
  readonly schema: SchemaId
  /** What the format cannot represent, in words, for `crosswalk formats`. */
  readonly loses: string
  readonly options: Specs
  /** Slow, so `--to all` leaves it out. */
  readonly onlyWhenNamed?: true
  /**
   * The kinds of the files that it writes, by which `crosswalk validate` recognises and validates them. Empty, with the reason in a
   * comment, if the files cannot be recognised.
   */
  readonly writes: readonly FileKind[]
  /** Creates the artifacts of one set, or of several together. Texts of sets and of ATT&CK have no lone surrogates. */
  emit(sets: readonly ResolvedSet[], context: EmitContext, options: OptionValues<Specs>): Promise<readonly Artifact[]>
}

/** Returns the emitter with the exact types of its id and options. */
export function defineEmitter<const Id extends string, const Specs extends OptionSpecs>(emitter: Emitter<Id, Specs>): Emitter<Id, Specs> {
  return emitter
}

export type OptionValue = string | number | boolean

/** The values of an emitter's options: the requested ones if they are valid, else the defaults. */
export function resolveOptionValues(specs: OptionSpecs, requested: Readonly<Record<string, OptionValue>>): Record<string, OptionValue> {
  return Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => {
      const value = Object.hasOwn(requested, name) ? requested[name] : undefined
      return [name, value !== undefined && isValid(spec, value) ? limitValue(spec, value) : spec.default]
    }),
  )
}

/** A number within the limits of its option; other values as they are. */
export function limitValue(spec: OptionSpecs[string], value: OptionValue): OptionValue {
  if (spec.kind !== 'number' || typeof value !== 'number') return value
  return Math.min(Math.max(value, spec.min ?? -Infinity), spec.max ?? Infinity)
}

function isValid(spec: OptionSpecs[string], value: OptionValue): boolean {
  if (spec.kind === 'choice') return spec.values.some((choice) => choice === value)
  return typeof value === spec.kind
}

/** A file to be written. `value` is validated by `schema` before it is rendered. */
export interface Artifact {
  /** A plain file name, safe on every system; never a path. */
  readonly name: string
  /** Id of its emitter. */
  readonly emitter: string
  readonly schema: SchemaId
  /** The value that the schema validates: the document itself, or the rows of a table. */
  readonly value: unknown
  /** Counts of the content, for the manifest: rows, objects, techniques. */
  readonly counts: Readonly<Record<string, number>>
  render(): Uint8Array | Promise<Uint8Array>
  /** The same piece by piece, for artifacts that may be large; `value` is made only when it is read, then. */
  readonly parts?: ArtifactParts
}

/** A piece of an artifact, as text or as bytes, and the items of its list that are in it. Joined, the pieces are the artifact. */
export type ArtifactPiece = PieceContent & ({ readonly text: string; readonly bytes?: undefined } | { readonly bytes: Uint8Array })

interface PieceContent {
  readonly items: readonly unknown[]
  /** Texts of a list, named by `list`, that goes on in other pieces and must not have a text twice: its schema sees one piece at a time. */
  readonly distinct?: { readonly list: string; readonly texts: readonly string[] }
}

/**
 * An artifact that is mostly one list (a bundle's objects, the rows of a mapping file), made piece by piece: a piece is validated, encoded
 * and dropped before the next is made, so that neither the value nor the text is ever in memory as a whole. V8 has no string of more than
 * 512 million characters.
 */
export interface ArtifactParts {
  /** The documents of the artifact without the items of their lists; a list that must not be empty has one. */
  readonly head: unknown
  /** The same pieces at every call. */
  readonly pieces: () => Iterable<ArtifactPiece>
}
