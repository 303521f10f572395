import type { AttackIndex } from '../attack/attack-index.js'
import type { Report, ReportAt } from '../diagnostics/diagnostic.js'
import { type DecodedDocument, type DocumentFile, fieldOf, treeOf } from '../formats/decoded.js'
import type { SchemaId } from '../schemas/schema-errors.js'
import type { PlatformId } from './stix/platforms/platforms.js'

/** Counts of a document's content, by name, for the summary: `{ objects: 12, relationships: 4 }`. */
export type Counts = Readonly<Record<string, number>>

/** Everything that the validation of a document needs beside the document. */
export interface ValidationContext {
  readonly attack: AttackIndex
  readonly report: Report
  /** Reports at the place of a JSON pointer in a tree; at the whole document in other containers. */
  readonly reportAt: ReportAt
  /** All files of this run, by path: a manifest is compared with the artifacts beside it. */
  readonly files: ReadonlyMap<string, DocumentFile>
  /** The platforms that a STIX bundle is validated for. */
  readonly platforms: readonly PlatformId[]
  /** Parses an artifact by Crosswalk as `convert` does, and compares its rows with ATT&CK; notes of the parser are left out. */
  readonly checkRows: (document: DecodedDocument) => Promise<void>
  /** Parses any document as `convert` does, and reports everything that the parser and the rules find. Counts sets and rows. */
  readonly readRows: (document: DecodedDocument) => Promise<Counts>
}

/** A kind of file: how to recognise and validate it. Emitters list the kinds that they write (`Emitter.writes`). */
export interface FileKind {
  /** Lower case with hyphens, unique among all kinds. */
  readonly id: string
  readonly title: string
  /** Only for artifacts that no parser reads: the name in messages ("a report"). `convert` skips such files without an error. */
  readonly unread?: string
  /** Whether a document is of this kind, valid or not. Called for every file: must be cheap and load nothing. */
  recognise(document: DecodedDocument): boolean
  /** Reports everything that is invalid; never throws. Loads its implementation by `import()`. */
  validate(document: DecodedDocument, context: ValidationContext): Promise<Counts>
}

/** A kind of JSON file that its schema describes completely. */
interface JsonKind extends Pick<FileKind, 'id' | 'title' | 'unread'> {
  readonly schema: SchemaId
  /** Fields of the root that no other kind has together. */
  readonly fields: readonly string[]
  /** Path of field names from the root to the list that is counted as `entries`. */
  readonly counted: readonly string[]
}

/** Creates a kind of JSON file that is recognised by fields of its root and validated only by a schema. */
export function jsonKind({ schema, fields, counted, ...kind }: JsonKind): FileKind {
  return {
    ...kind,
    recognise: (document) => fields.every((name) => fieldOf(treeOf(document)?.value, name) !== undefined),
    async validate(document, context) {
      const { reportSchemaError } = await import('./report-schema-error.js')
      const value = treeOf(document)?.value
      await reportSchemaError(schema, value, context)
      const list = counted.reduce((parent, name) => fieldOf(parent, name), value)
      return { entries: Array.isArray(list) ? list.length : 0 }
    },
  }
}
