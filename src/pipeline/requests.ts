import type { AttackIndex } from '../attack/attack-index.js'
import type { AttackSources } from '../attack/load-attack.js'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import type { OptionValue } from '../emitters/emitter.js'
import type { EmitterId } from '../emitters/registry.js'
import type { ResolvedSet } from '../model/mapping-set.js'
import type { Sniff, Statements } from '../parsers/parser.js'
import type { ManifestArtifact, ReadDocument } from './manifest.js'

/** What to read, and how to take it. */
export interface UnderstandRequest extends AttackSources {
  /** Files, folders, globs, or "-" for standard input; what they mean is the host's business. */
  readonly inputs: readonly string[]
  /** The id of the parser to use, instead of telling it by the content. */
  readonly from?: string
  /** What the documents do not state. */
  readonly statements?: Statements
  /** No merging across documents: each gets a folder of its own. */
  readonly perDocument?: boolean
  /** ATT&CK, where it is loaded already; the sources of it do not count then. */
  readonly attack?: AttackIndex
  /** Mapping files that complete what pages leave out: scores, references, groups, versions. Named as inputs are. */
  readonly catalog?: readonly string[]
}

/** What to write. */
export interface ConvertRequest extends UnderstandRequest {
  readonly emitters: readonly EmitterId[]
  /** Values of emitter options by their flag names; the defaults for the rest. */
  readonly options?: Readonly<Record<string, OptionValue>>
  /** Beside the artifacts of each set, one of each for all sets together. */
  readonly combine?: boolean
  /** A date (2024-12-31) for sets whose documents state none. */
  readonly created?: string
}

/** A document and what was understood of it. */
export interface UnderstoodDocument extends ReadDocument {
  /** Why the parser was chosen. */
  readonly sniff?: Sniff
  readonly sets: readonly ResolvedSet[]
}

/** A set and the folder, below the output, that its artifacts go to: "" but for `perDocument`. */
export interface PlacedSet {
  readonly folder: string
  readonly set: ResolvedSet
}

/** What documents say, before anything is written. */
export interface Understanding {
  readonly attack: AttackIndex
  readonly documents: readonly UnderstoodDocument[]
  /** The mapping files that completed them. */
  readonly catalog: readonly UnderstoodDocument[]
  readonly sets: readonly PlacedSet[]
  /** In the order of the stages, and of the documents' names within each. */
  readonly diagnostics: readonly Diagnostic[]
}

/** What a conversion did. */
export interface ConvertReport extends Understanding {
  readonly artifacts: readonly ManifestArtifact[]
}
