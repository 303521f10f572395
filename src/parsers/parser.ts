import type { AttackIndex } from '../attack/attack-index.js'
import type { Report } from '../diagnostics/diagnostic.js'
import type { ContainerId, DecodedDocument, DocumentFile, TreeObject } from '../formats/decoded.js'
import type { Limits } from '../formats/limits.js'
import type { SeenRow } from '../formats/rows.js'
import type { MappingSet } from '../model/mapping-set.js'
import type { Domain } from '../model/mapping.js'

/** Facts from the user that documents leave out. They never override a document: a conflict is `parse/stated-otherwise`. */
export interface Statements {
  readonly framework?: string
  readonly frameworkVersion?: string
  readonly attackVersion?: string
  readonly domain?: Domain
  /**
   * Columns of tables by field (`technique`, `capability_id`): a title, or a letter if the table has no header row. Several columns
   * of one field are read together.
   */
  readonly columns?: Readonly<Record<string, string | readonly string[]>>
  /** Blank cells of tables mean "as above". */
  readonly fillDown?: boolean
  /** What separates several capabilities in a cell of a table. */
  readonly split?: { readonly capability?: string }
}

/** A column of a table: the field that it is read as, and why. */
export interface ColumnReading {
  /** '' for CSV. */
  readonly sheet: string
  /** The letters of the column; '' if the row is one of a matrix or another layout. */
  readonly column: string
  readonly title: string
  /** The field as `--columns` takes it, or "not read". */
  readonly field: string
  readonly why: string
  /** Of a column of techniques. */
  readonly cells?: CellCounts
}

/** How many cells of a column of techniques were understood, and how. Blank cells are not counted. */
export interface CellCounts {
  /** One technique, perhaps with its name. */
  readonly whole: number
  /** Several techniques, listed one by one. */
  readonly split: number
  /** Written out: expressions, short sub-technique ids, wildcards, ranges. */
  readonly expanded: number
  /** Understood in part: the rest is reported. */
  readonly left: number
  /** Without a valid technique id: the row is left out, or the cell declares that it maps nothing. */
  readonly unread: number
}

/** What a document shares with the others of a run: its objects by id, and the ids that it refers to and lacks. */
export interface SharedObjects {
  readonly objects: ReadonlyMap<string, TreeObject>
  readonly missing: ReadonlySet<string>
}

/** The other documents of a run, as far as their parsers share objects. */
export interface OtherDocuments {
  /** The object with this id in another document. If several have one, `isNewer` decides; then the first by name counts. */
  find(id: string, isNewer: (value: TreeObject, than: TreeObject) => boolean): OtherObject | undefined
  /** The other documents that refer to the id and lack its object. */
  neededBy(id: string): readonly DocumentFile[]
}

/** An object of another document. */
export interface OtherObject {
  readonly value: TreeObject
  readonly file: DocumentFile
}

/** Inputs of a parser besides its document. */
export interface ParseContext {
  readonly statements: Statements
  readonly report: Report
  /** The pipeline checks what a document makes of its rows; a parser may refuse more rows than `mappings` before it reads them. */
  readonly limits?: Limits
  /** Resolves techniques that documents name only by STIX id. Absent if no ATT&CK data is loaded. */
  readonly attack?: AttackIndex
  /** Another document of the same run, by name: a table's metadata file, for example. Undefined if there is none. */
  readonly companion?: (name: string) => Promise<DecodedDocument | undefined>
  /** Whether there is another document of that name, without decoding it. */
  readonly hasCompanion?: (name: string) => Promise<boolean>
  /** The other documents of the run whose parsers share objects. Decodes them on first use; absent if there are none. */
  readonly others?: () => Promise<OtherDocuments>
  /**
   * Receives the rows that the container has where the parser looks for mappings, as `src/formats/rows.ts` counts them: not by the code
   * that makes mappings of them. The pipeline checks that each becomes a mapping or is reported.
   */
  readonly seen?: (rows: Iterable<SeenRow>) => void
  /** To be called for each row of a table, before its mappings are made: throws where the reading of a large document must end. */
  readonly check?: (mappings: number) => void
  /** Receives how the columns of a table are read, for `crosswalk inspect`. */
  readonly explain?: (columns: readonly ColumnReading[]) => void
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
  /**
   * The name of the list that it reads item by item, in the object that a document is: of large documents its items are only in
   * `TreeDocument.longList`. Detection must not need them.
   */
  readonly longList?: string
  sniff(document: DecodedDocument, statements?: Statements): Sniff
  parse(document: DecodedDocument, context: ParseContext): Promise<readonly MappingSet[]>
  /** The objects that other documents of a run may refer to: bundles that are given together are read together. */
  share?(document: DecodedDocument): Promise<SharedObjects>
}
