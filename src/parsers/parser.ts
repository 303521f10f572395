import type { AttackIndex } from '../attack/attack-index.js'
import type { Report } from '../diagnostics/diagnostic.js'
import type { ContainerId, DecodedDocument } from '../formats/decoded.js'
import type { MappingSet } from '../model/mapping-set.js'
import type { Domain } from '../model/mapping.js'

/** What the user states that documents leave out. It never overrides a document: a conflict is `parse/stated-otherwise`. */
export interface Statements {
  readonly framework?: string
  readonly frameworkVersion?: string
  readonly attackVersion?: string
  readonly domain?: Domain
  /** What the columns of tables hold: a field (`technique`, `capability_id`) by its column's title, or letter where there are no titles. */
  readonly columns?: Readonly<Record<string, string>>
}

/** What a parser is given beside its document. */
export interface ParseContext {
  readonly statements: Statements
  readonly report: Report
  /** What is known of ATT&CK: documents may name techniques by their STIX ids alone. Absent where a parser is called without one. */
  readonly attack?: AttackIndex
  /** Another document that was given, by its name: for what stands beside a document, such as a table's metadata. */
  readonly companion?: (name: string) => Promise<DecodedDocument | undefined>
}

/** How sure a parser is that a document is its own: 0 (no) to 1, and why, for `crosswalk inspect`. */
export interface Sniff {
  readonly confidence: number
  readonly reason: string
}

/**
 * Gives a dialect its meaning. `sniff` is cheap and looks at the content, not the name alone. `parse` never throws on
 * bad input: it reports, and returns what it could read. Every mapping has an origin in this document.
 */
export interface Parser<Id extends string = string> {
  readonly id: Id
  readonly title: string
  /** File extensions, without the dot, as people know them. */
  readonly extensions: readonly string[]
  readonly containers: readonly ContainerId[]
  /** Only for documents that the user says are its own: its extensions are read out of folders, and taken at their word, only then. */
  readonly onlyWhenNamed?: true
  sniff(document: DecodedDocument): Sniff
  parse(document: DecodedDocument, context: ParseContext): Promise<readonly MappingSet[]>
}
