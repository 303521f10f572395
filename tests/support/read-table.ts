import { createDiagnosticLog, type Diagnostic } from '../../src/diagnostics/diagnostic.js'
import { decodeDocument } from '../../src/formats/decode-document.js'
import type { TableDocument } from '../../src/formats/decoded.js'
import type { MappingSet } from '../../src/model/mapping-set.js'
import type { Statements } from '../../src/parsers/parser.js'
import { table } from '../../src/parsers/table/table.js'
import { testFile } from './read-tree.js'

/** Decodes a file as the pipeline does; no document when it is refused or taken for something else than a table. */
export async function decodeTable(name: string, content: string | Uint8Array) {
  const log = createDiagnosticLog()
  const decoded = await decodeDocument(testFile(name, content), log.report)
  const document: TableDocument | undefined = decoded && 'sheets' in decoded ? decoded : undefined
  return { document, container: decoded?.container, diagnostics: log.entries }
}

/** Decodes and parses a table; `beside` are the files that were given with it, by their names. */
export async function readTable(
  name: string,
  content: string | Uint8Array,
  statements: Statements = {},
  beside: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<{ readonly sets: readonly MappingSet[]; readonly diagnostics: readonly Diagnostic[] }> {
  const { document, diagnostics } = await decodeTable(name, content)
  if (!document) return { sets: [], diagnostics }
  const log = createDiagnosticLog()
  const companion = async (asked: string) => {
    const found = Object.hasOwn(beside, asked) ? beside[asked] : undefined
    return found === undefined ? undefined : decodeDocument(testFile(asked, found), log.report)
  }
  const sets = await table.parse(document, { statements, report: log.report, companion })
  return { sets, diagnostics: [...diagnostics, ...log.entries] }
}

/** Rows of a set as "capability > technique (relation)", for reading at a glance. */
export function summariseRows(set: MappingSet | undefined): readonly string[] {
  return (set?.mappings ?? []).map((mapping) => {
    const left = mapping.kind === 'unmapped-technique' ? '-' : mapping.capability.id
    const right = mapping.kind === 'unmapped-capability' ? '-' : mapping.technique.id
    return `${left} > ${right}${mapping.relation === undefined ? '' : ` (${mapping.relation})`}`
  })
}

/** Joins the lines of a text. */
export const lines = (...rows: readonly string[]) => rows.join('\n')

/** Reads CSV (a text) or a workbook: its rows, and the codes of errors and warnings but for an unknown framework. */
export async function readNoted(text: string | Uint8Array, statements = {}) {
  const { sets, diagnostics } = await readTable(typeof text === 'string' ? 'x.csv' : 'x.xlsx', text, statements)
  const noteworthy = diagnostics.filter(({ severity }) => severity !== 'info')
  return {
    sets,
    rows: sets.flatMap((set) => summariseRows(set)),
    codes: noteworthy.map(({ code }) => code).filter((code) => code !== 'parse/unknown-framework'),
    diagnostics,
  }
}
