import type { AttackIndex } from '../../src/attack/attack-index.js'
import { createDiagnosticLog, type Diagnostic } from '../../src/diagnostics/diagnostic.js'
import { decodeDocument } from '../../src/formats/decode-document.js'
import { compareOrigins } from '../../src/model/origin.js'
import type { MappingSet } from '../../src/model/mapping-set.js'
import type { Parser, Statements } from '../../src/parsers/parser.js'
import { testFile } from './read-tree.js'

/** What a parser made of a document, and what was said of it. */
export interface ReadDocument {
  readonly sets: readonly MappingSet[]
  readonly diagnostics: readonly Diagnostic[]
  /** The codes that were reported, each with how many it stands for, in order of appearance. */
  readonly codes: Readonly<Record<string, number>>
}

/** How a test wants a document to be read. */
export interface ReadSettings {
  readonly attack?: AttackIndex
  readonly statements?: Statements
  readonly name?: string
}

/** Reads bytes, a text, or a value as JSON with one parser. */
export async function readDocument(parser: Parser, content: unknown, settings: ReadSettings = {}): Promise<ReadDocument> {
  const { attack, statements = {}, name = 'document.json' } = settings
  const log = createDiagnosticLog()
  const isText = typeof content === 'string' || content instanceof Uint8Array
  const decoded = await decodeDocument(testFile(name, isText ? content : JSON.stringify(content, null, 2)), log.report)
  const sets = decoded ? await parser.parse(decoded, { statements, report: log.report, ...(attack && { attack }) }) : []
  const codes: Record<string, number> = {}
  for (const { code, count = 1 } of log.entries) codes[code] = (codes[code] ?? 0) + count
  return { sets, diagnostics: log.entries, codes }
}

/** A set as it was before the document that carried it: without the origins and the source that it has there. */
export function withoutDocument(set: MappingSet, document: string): MappingSet {
  return {
    ...set,
    mappings: set.mappings.map((row) => ({ ...row, origins: row.origins.filter((origin) => origin.document !== document) })),
    sources: set.sources.filter(({ name }) => name !== document),
  }
}

/** A set whose rows have their origins in the order that the model asks for. */
export function withSortedOrigins(set: MappingSet): MappingSet {
  return { ...set, mappings: set.mappings.map((row) => ({ ...row, origins: row.origins.toSorted(compareOrigins) })) }
}
