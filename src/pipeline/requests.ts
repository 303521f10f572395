import type { AttackIndex } from '../attack/attack-index.js'
import type { AttackSources } from '../attack/load-attack.js'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import type { DocumentFile } from '../formats/decoded.js'
import type { Limits } from '../formats/limits.js'
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
  /**
   * Also what of adversaries' techniques is covered, in formats that can show it: ids, names or aliases of groups, campaigns and software.
   * Needs `attackBundle`, a bundle of MITRE.
   */
  readonly against?: readonly string[]
  /** Removes artifacts of documents that are not in this run. */
  readonly prune?: boolean
  /** The creation date (2024-12-31) of sets whose documents state none. */
  readonly created?: string
  /** How many sets are emitted at once, in workers of the host; 1 by default. Neither artifacts nor messages depend on it. */
  readonly jobs?: number
  /** Makes only a share of the artifacts, in an output of their own, which `mergeShards` unites with the others. */
  readonly shard?: Shard
}

/** One of several runs that together do the work of one: the `nth`, from 1, `of` so many. */
export interface Shard {
  readonly nth: number
  readonly of: number
}

/** A document and the sets read from it. */
export interface UnderstoodDocument extends ReadDocument {
  readonly file: DocumentFile
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

/** The other documents of a run, by name. */
export interface Companions {
  has(name: string): boolean | Promise<boolean>
  find(name: string): DocumentFile | undefined | Promise<DocumentFile | undefined>
}

/** A document to read apart from the others, in a worker. Plain data. */
export interface ApartTask extends Pick<UnderstandRequest, 'from' | 'statements'> {
  readonly file: DocumentFile
  readonly limits: Limits
  /** The run has other documents, whose objects this one may need. */
  readonly hasOthers: boolean
}

/** What became of a document that was read apart. Plain data. */
export type ApartResult =
  | { readonly understood: Omit<UnderstoodDocument, 'file'>; readonly diagnostics: readonly Diagnostic[] }
  /** It refers to objects of other documents: it has to be read where they are. */
  | { readonly because: 'needs-others' }
  | StopResult

/** Reading was stopped: `limit` in words, `flag` with a value that raises it. */
export interface StopResult {
  readonly because: 'stopped'
  readonly limit: string
  readonly flag: string
}

/** Reads documents in workers, within limits of time and memory. Several may be read at once. */
export interface ApartReader {
  /** Whether a document is read in a worker: small ones take less time than sending them there. */
  wants(file: DocumentFile): boolean
  /** Rejects if Crosswalk fails, as reading it here would. */
  read(task: ApartTask, companions: Companions): Promise<ApartResult>
  /** Begins to measure a document that is read in the thread of the caller, step by step: returns what says whether it has reached a limit. */
  readonly watch?: (file: DocumentFile) => () => StopResult | undefined
  /** Ends the workers that have no task. */
  close(): void
}
