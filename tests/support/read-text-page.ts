import type { Code } from '../../src/diagnostics/catalogue.js'
import type { DiagnosticDetails } from '../../src/diagnostics/diagnostic.js'
import type { KnownCapabilities } from '../../src/frameworks/known-capabilities.js'
import { decodeDocument } from '../../src/formats/decode-document.js'
import type { Mapping } from '../../src/model/mapping.js'
import type { MappingSet } from '../../src/model/mapping-set.js'
import type { Statements } from '../../src/parsers/parser.js'
import { parseTextPage } from '../../src/parsers/text-page/parse-text-page.js'

/** What reading a page gave, with everything that was told. */
export interface ReadPage {
  readonly sets: readonly MappingSet[]
  /** The rows of all sets. */
  readonly rows: readonly Mapping[]
  readonly diagnostics: readonly (DiagnosticDetails & { readonly code: Code })[]
  readonly codes: readonly Code[]
}

/** Reads a text, or bytes, as a page named page.txt. */
export async function readTextPage(
  page: string | Uint8Array, options: { readonly statements?: Statements, readonly known?: KnownCapabilities } = {},
): Promise<ReadPage> {
  const diagnostics: (DiagnosticDetails & { readonly code: Code })[] = []
  const report = (code: Code, details: DiagnosticDetails = {}): void => void diagnostics.push({ code, ...details })
  const bytes = typeof page === 'string' ? new TextEncoder().encode(page) : page
  const document = await decodeDocument({ name: 'page.txt', path: 'page.txt', bytes, sha256: '0'.repeat(64) }, report, 'text')
  const context = { statements: options.statements ?? {}, report }
  const sets = document?.container === 'text' ? await parseTextPage(document, context, options.known) : []
  return { sets, rows: sets.flatMap((set) => set.mappings), diagnostics, codes: diagnostics.map(({ code }) => code) }
}

/** The headers of the mapping tables that pages print. */
export const headers = {
  relation: 'Capability ID Capability Description Mapping Type ATT&CK ID ATT&CK Name',
  relationNotes: 'Capability ID Capability Description Mapping Type ATT&CK ID ATT&CK Name Notes',
  score: 'Capability ID Capability Description Category Value ATT&CK ID ATT&CK Name Notes',
  enables: 'Capability ID Capability Description Enables Category Value ATT&CK ID ATT&CK Name Notes',
} as const
