import { loadAttackIndex } from '../../src/attack/load-attack.js'
import { createDiagnosticLog, type Diagnostic } from '../../src/diagnostics/diagnostic.js'
import { decodeDocument } from '../../src/formats/decode-document.js'
import type { MappedRow } from '../../src/model/mapping.js'
import type { MappingSet } from '../../src/model/mapping-set.js'
import { parseNotes } from '../../src/parsers/notes/parse-notes.js'
import type { Statements } from '../../src/parsers/parser.js'
import { testFile } from './read-tree.js'

/** What reading notes gave, and all that was said. */
export interface ReadNotes {
  readonly sets: readonly MappingSet[]
  readonly rows: readonly MappedRow[]
  /** "capability > technique", row by row. */
  readonly pairs: readonly string[]
  readonly diagnostics: readonly Diagnostic[]
  /** How many ids a code's diagnostics stand for. */
  readonly counted: (code: Diagnostic['code']) => number
}

/** Reads a text as notes.md, of "Our controls" unless something else is stated. */
export async function readNotes(text: string, statements: Statements = { framework: 'Our controls' }): Promise<ReadNotes> {
  const { report, entries } = createDiagnosticLog()
  const document = await decodeDocument(testFile('notes.md', text), report, 'text')
  const sets = document?.container === 'text' ? await parseNotes(document, { statements, report, attack: await loadAttackIndex() }) : []
  const rows = sets.flatMap(({ mappings }) => mappings.flatMap((mapping) => (mapping.kind === 'mapped' ? [mapping] : [])))
  return {
    sets,
    rows,
    pairs: rows.map(({ capability, technique }) => `${capability.id} > ${technique.id}`),
    diagnostics: entries,
    counted: (code) => entries.reduce((sum, entry) => sum + (entry.code === code ? (entry.count ?? 1) : 0), 0),
  }
}
