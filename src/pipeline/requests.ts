import type { AttackIndex } from '../attack/attack-index.js'
import type { AttackSources } from '../attack/load-attack.js'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import type { OptionValue } from '../emitters/emitter.js'
import type { EmitterId } from '../emitters/registry.js'
import type { PlacedSet, ResolvedSet } from '../model/mapping-set.js'
import type { ColumnReading, Sniff, Statements } from '../parsers/parser.js'
import type { ManifestArtifact, ReadDocument } from './manifest.js'

/** The documents to read, and how. */
export interface UnderstandRequest extends AttackSources {
  /** Files, folders, globs, or "-" for standard input, as the host interprets them. */
  readonly inputs: readonly string[]
  /** The id of the parser to use; detected from the content if absent. */
  readonly from?: string
  /** Values for what the documents do not state. */
  readonly statements?: Statements
  /** Does not merge documents: the artifacts of each are in a folder of its own. */
  readonly perDocument?: boolean
  /** ATT&CK, if it is loaded already; its sources are ignored then. */
  readonly attack?: AttackIndex
  /** Mapping files that add what pages leave out: scores, references, groups, versions. In the form of `inputs`. */
  readonly catalog?: readonly string[]
}

/** The documents to read, and the artifacts to write. */
export interface ConvertRequest extends UnderstandRequest {
  readonly emitters: readonly EmitterId[]
  /** Values of emitter options by flag name; others have their defaults. */
  readonly options?: Readonly<Record<string, OptionValue>>
  /** Values of the options of single emitters, by flag name. They count before `options`. */
  readonly emitterOptions?: Readonly<Partial<Record<EmitterId, Readonly<Record<string, OptionValue>>>>>
  /** Also writes artifacts for all sets together, or only those. */
  readonly combine?: boolean | 'only'
  /** Removes artifacts of documents that are not in this run. */
  readonly prune?: boolean
  /** The creation date (2024-12-31) of sets whose documents state none. */
  readonly created?: string
}

/** A document and the sets read from it. */
export interface UnderstoodDocument extends ReadDocument {
  /** Why the parser was chosen. */
  readonly sniff?: Sniff
  /** How the columns of a table are read. */
  readonly columns?: readonly ColumnReading[]
  readonly sets: readonly ResolvedSet[]
}

/** The content of documents, before anything is written. */
export interface Understanding {
  readonly attack: AttackIndex
  readonly documents: readonly UnderstoodDocument[]
  /** The mapping files given as `catalog`. */
  readonly catalog: readonly UnderstoodDocument[]
  readonly sets: readonly PlacedSet[]
  /** In the order of the stages; within a stage in the order of document names. */
  readonly diagnostics: readonly Diagnostic[]
}

/** The result of a conversion. */
export interface ConvertReport extends Understanding {
  readonly artifacts: readonly ManifestArtifact[]
}
