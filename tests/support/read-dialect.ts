import type { Diagnostic } from '../../src/diagnostics/diagnostic.js'
import { createDiagnosticLog } from '../../src/diagnostics/diagnostic-log.js'
import { decodeDocument } from '../../src/formats/decode-document.js'
import type { MappingSet } from '../../src/model/mapping-set.js'
import type { Parser, Statements } from '../../src/parsers/parser.js'
import { testFile } from './read-tree.js'

/** What a parser makes of a document, and all that was said on the way. */
export interface DialectReading {
  readonly sets: readonly MappingSet[]
  readonly diagnostics: readonly Diagnostic[]
}

/** Decodes a document as the pipeline does, and gives it to one parser. Throws when it can't be decoded. */
export async function readDialect(
  parser: Parser, name: string, content: string | Uint8Array, statements: Statements = {},
): Promise<DialectReading> {
  const log = createDiagnosticLog()
  const decoded = await decodeDocument(testFile(name, content), log.report)
  if (!decoded) throw new Error(`${name} could not be decoded`)
  return { sets: await parser.parse(decoded, { statements, report: log.report }), diagnostics: log.entries }
}
