import type { Code } from '../../src/diagnostics/catalogue.js'
import type { DiagnosticDetails } from '../../src/diagnostics/diagnostic.js'
import { decodeDocument } from '../../src/formats/decode-document.js'
import type { KnownCapabilities } from '../../src/frameworks/known-capabilities.js'
import type { Statements } from '../../src/parsers/parser.js'
import { parseHtmlPage } from '../../src/parsers/html-page/parse-html-page.js'
import type { ReadPage } from './read-text-page.js'

/** Reads HTML, or bytes, as a page named page.html. A file that is told to be something else gives no rows. */
export async function readHtmlPage(
  page: string | Uint8Array, options: { readonly statements?: Statements, readonly known?: KnownCapabilities } = {},
): Promise<ReadPage> {
  const diagnostics: (DiagnosticDetails & { readonly code: Code })[] = []
  const report = (code: Code, details: DiagnosticDetails = {}): void => void diagnostics.push({ code, ...details })
  const bytes = typeof page === 'string' ? new TextEncoder().encode(page) : page
  const document = await decodeDocument({ name: 'page.html', path: 'page.html', bytes, sha256: '0'.repeat(64) }, report)
  const context = { statements: options.statements ?? {}, report }
  const sets = document?.container === 'html' ? await parseHtmlPage(document, context, options.known) : []
  return { sets, rows: sets.flatMap((set) => set.mappings), diagnostics, codes: diagnostics.map(({ code }) => code) }
}
