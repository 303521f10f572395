import type { Report } from './diagnostics/diagnostic.js'
import type { DecodedDocument } from './formats/decoded.js'
import type { Parser, Sniff } from './parsers/parser.js'
import { parsers } from './parsers/registry.js'

/** The parser chosen for a document, and why. */
export interface Detection {
  readonly parser: Parser
  readonly sniff: Sniff
}

const notesHint = 'Name the parser with --from. Notes and Markdown are read with --from notes, which is never taken unasked.'

/** The parser that is surest of a document, or the one that the user names; undefined, and reported, when there is none. */
export function detectParser(document: DecodedDocument, from: string | undefined, report: Report): Detection | undefined {
  const candidates = parsers.filter((parser: Parser) => parser.containers.includes(document.container))
  const named: Parser | undefined = candidates.find((parser) => parser.id === from)
  if (named) return { parser: named, sniff: { confidence: 1, reason: 'named by the user' } }

  let best: Detection | undefined
  if (from === undefined) {
    for (const parser of candidates) {
      const sniff = parser.sniff(document)
      if (sniff.confidence > (best?.sniff.confidence ?? 0)) best = { parser, sniff }
    }
  }
  if (!best) {
    report('parse/unknown-format', {
      origin: { document: document.file.name, place: { kind: 'file' } },
      found: `${document.container} that no parser recognises`,
      ...(document.container === 'text' && from === undefined && { hint: notesHint }),
      expected: from === undefined ? `one of ${parsers.map(({ id }: Parser) => id).join(', ')}` : `a document for the parser ${from}`,
    })
  }
  return best
}
