import type { AttackIndex } from '../attack/attack-index.js'
import type { Report, ReportAt } from '../diagnostics/diagnostic.js'
import { type DecodedDocument, type DocumentFile, fieldOf, treeOf } from '../formats/decoded.js'
import type { SchemaId } from '../schemas/schema-errors.js'
import type { PlatformId } from './stix/platforms/platforms.js'

/** Numbers of what a document contains, by name, for the summary: `{ objects: 12, relationships: 4 }`. */
export type Counts = Readonly<Record<string, number>>

/** Everything that validation of a document needs beside the document. */
export interface ValidationContext {
  readonly attack: AttackIndex
  readonly report: Report
  /** Reports at the place of a JSON pointer in a tree, or of the whole document in other containers. */
  readonly reportAt: ReportAt
  /** All files of this run, by path: a manifest is compared with the artifacts beside it. */
  readonly files: ReadonlyMap<string, DocumentFile>
  /** The platforms that a STIX bundle is validated for. */
  readonly platforms: readonly PlatformId[]
  /** Parses an artifact of ours as `convert` does and compares its rows with ATT&CK; notes of the parser are left out. */
  readonly checkRows: (file: DocumentFile) => Promise<void>
  /** Parses any document as `convert` does, and reports all that the parser and the rules find. Counts sets and rows. */
  readonly readRows: (file: DocumentFile) => Promise<Counts>
}

/** A kind of file: how to recognise and how to validate it. Emitters list the kinds that they write (`Emitter.writes`). */
export interface FileKind {
  /** Lower case with hyphens, unique among all kinds. */
  readonly id: string
  readonly title: string
  /** For an artifact that no parser reads: its name in messages ("a report"). `convert` skips such a file without an error. */
  readonly unread?: string
  /** Whether a document is meant to be of this kind, broken or not. Called for every file: cheap, and loads nothing. */
  recognise(document: DecodedDocument): boolean
  /** Reports everything that is invalid and never throws; loads its implementation by `import()`. */
  validate(document: DecodedDocument, context: ValidationContext): Promise<Counts>
}

/** A kind of JSON file that its schema describes completely. */
interface JsonKind extends Pick<FileKind, 'id' | 'title' | 'unread'> {
  readonly schema: SchemaId
  /** Fields of the root that, together, no other kind has. */
  readonly fields: readonly string[]
  /** The way from the root to the list that is counted as `entries`: names of fields. */
  readonly counted: readonly string[]
}

/** The kind of JSON files that have certain fields and are validated by a schema alone. */
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
