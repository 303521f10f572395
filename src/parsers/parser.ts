import type { AttackIndex } from '../attack/attack-index.js'
import type { Report } from '../diagnostics/diagnostic.js'
import type { ContainerId, DecodedDocument } from '../formats/decoded.js'
import type { MappingSet } from '../model/mapping-set.js'
import type { Domain } from '../model/mapping.js'

/** Facts from the user that documents leave out. They never override a document: a conflict is `parse/stated-otherwise`. */
export interface Statements {
  readonly framework?: string
  readonly frameworkVersion?: string
  readonly attackVersion?: string
  readonly domain?: Domain
  /** Columns of tables by field (`technique`, `capability_id`): a title, or a letter if the table has no header row. */
  readonly columns?: Readonly<Record<string, string>>
}

/** Inputs of a parser besides its document. */
export interface ParseContext {
  readonly statements: Statements
  readonly report: Report
  /** Resolves techniques that documents name only by STIX id. Absent if no ATT&CK data is loaded. */
  readonly attack?: AttackIndex
  /** Another document of the same run, by name: a table's metadata file, for example. Undefined if there is none. */
  readonly companion?: (name: string) => Promise<DecodedDocument | undefined>
  /** Whether there is another document of that name, without decoding it. */
  readonly hasCompanion?: (name: string) => boolean
}

/** How confident a parser is that it can read a document, from 0 (it cannot) to 1. `crosswalk inspect` prints the reason. */
export interface Sniff {
  readonly confidence: number
  readonly reason: string
}

/**
 * Reads one dialect. `sniff` is cheap and examines the content, not just the file name; what the user states may say more. `parse` never throws on bad input: it
 * reports diagnostics and returns what it could read. Every mapping has an origin in the document.
 */
export interface Parser<Id extends string = string> {
  readonly id: Id
  readonly title: string
  /** Usual file extensions, without the dot. */
  readonly extensions: readonly string[]
  readonly containers: readonly ContainerId[]
  /** Used only if the user names it with `--from`. Only then are its extensions read from folders, and trusted over the content. */
  readonly onlyWhenNamed?: true
  sniff(document: DecodedDocument, statements?: Statements): Sniff
  parse(document: DecodedDocument, context: ParseContext): Promise<readonly MappingSet[]>
}
