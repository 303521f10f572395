import { catalogue, type Code } from '../../src/diagnostics/catalogue.js'
import type { CatalogueEntry } from '../../src/diagnostics/catalogue/entry.js'
import { createDiagnosticLog, type Diagnostic } from '../../src/diagnostics/diagnostic.js'
import { decodeDocument } from '../../src/formats/decode-document.js'
import type { DecodedDocument, DocumentFile } from '../../src/formats/decoded.js'
import type { SeenRow } from '../../src/formats/rows.js'
import { type MappingSet, toModelDocument } from '../../src/model/mapping-set.js'
import type { Parser, Statements } from '../../src/parsers/parser.js'
import { openAccount } from '../../src/pipeline/accounting.js'
import { schemaErrors } from '../../src/schemas/schema-errors.js'
import { testFile } from '../support/read-tree.js'
import type { RowCounter } from './count-rows.js'
import { type SampleDocument, spoilRows } from './spoil-rows.js'

/** A parser's result for a document, and its diagnostics. */
export interface Reading {
  readonly sets: readonly MappingSet[]
  readonly said: readonly Diagnostic[]
  /** The rows that the container has, as the parser had it count them. */
  readonly seen: readonly SeenRow[]
}

/** Parses a document and checks its account, as the pipeline does. */
export async function readSample(parser: Parser, document: DecodedDocument, statements: Statements = {}): Promise<Reading> {
  const log = createDiagnosticLog()
  const account = openAccount(document.file.name, log.report)
  const seen: SeenRow[] = []
  const sets = await parser.parse(document, {
    statements,
    report: account.report,
    seen: (rows) => {
      seen.push(...rows)
      account.seen(rows)
    },
  })
  account.check(sets)
  return { sets, said: log.entries, seen }
}

/** What is wrong with a reading, whatever the dialect; empty if nothing is. */
export async function findParserFlaws(parser: Parser, file: DocumentFile, { sets, said }: Pick<Reading, 'sets' | 'said'>): Promise<readonly string[]> {
  const flaws: string[] = []
  for (const set of sets) flaws.push(...(await checkSet(parser, file, set)))
  return [...flaws, ...said.flatMap((diagnostic) => checkDiagnostic(file, diagnostic))]
}

async function checkSet(parser: Parser, file: DocumentFile, set: MappingSet): Promise<readonly string[]> {
  const errors = await schemaErrors('model', toModelDocument(set))
  const source = set.sources.find(({ name }) => name === file.name)
  const strangers = set.mappings.filter(({ origins }) => !origins.some(({ document }) => document === file.name))
  const ofCapabilities = [...set.capabilities.values()].flatMap(({ groups }) => groups)
  const groups = [...set.mappings.flatMap(({ group }) => group ?? []), ...ofCapabilities]
  const relations = set.mappings.flatMap(({ relation }) => relation ?? [])
  return [
    ...errors.map(({ instancePath, message }) => `not of the model: ${instancePath} ${message ?? ''}`),
    ...strangers.map(() => 'a row has no origin in the document'),
    ...(source?.parser === parser.id && source.sha256 === file.sha256 ? [] : ['the set does not name its source']),
    ...(source && source.rows !== set.mappings.length ? [`the source counts ${source.rows} rows of ${set.mappings.length}`] : []),
    ...relations.filter((id) => !set.relations.has(id)).map((id) => `the mapping type ${id} has no entry`),
    ...groups.filter((group) => !set.groups.has(group)).map((group) => `the group ${group} has no entry`),
  ]
}

function checkDiagnostic(file: DocumentFile, { code, message, origin, count = 1 }: Diagnostic): readonly string[] {
  return [
    ...(/^(?:read|parse|normalise)\//.test(code) ? [] : [`${code} is not a code of parsers`]),
    ...(message.trim() !== '' && count > 0 ? [] : [`${code} says nothing`]),
    ...(origin?.document === file.name ? [] : [`${code} has no place in the document`]),
  ]
}

/** The rows that a reading accounts for: those in its sets, and those that it reports as left out. */
export function countAccounted({ sets, said }: Pick<Reading, 'sets' | 'said'>): { readonly mappings: number; readonly reported: number } {
  const mappings = sets.reduce((sum, set) => sum + set.mappings.length, 0)
  const reported = said.filter(({ code }) => leavesOut(code)).reduce((sum, { count = 1 }) => sum + count, 0)
  return { mappings, reported }
}

function leavesOut(code: Code): boolean {
  const entry: CatalogueEntry = catalogue[code]
  return entry.leavesOut === true
}

/** A document whose rows can be counted without its parser. */
export interface CountedDocument extends SampleDocument {
  readonly countRows: RowCounter
  readonly statements?: Statements
}

/**
 * The ways in which a parser loses rows of a sample in silence: as the sample is, and with each of its values missing in turn. A row
 * without an id or a title has to become a mapping or a diagnostic as any other; so has a control without techniques.
 */
export async function findLostRows(parser: Parser, sample: CountedDocument): Promise<readonly string[]> {
  const flaws: string[] = []
  for (const { name, content, missing } of [{ ...sample, missing: 'nothing is missing' }, ...spoilRows(sample)]) {
    const document = await decodeDocument(testFile(name, content), () => undefined)
    if (!document || !parser.containers.includes(document.container)) continue
    const counted = sample.countRows(content)
    const reading = await readSample(parser, document, sample.statements)
    const lost = reading.said.find(({ code }) => code === 'parse/unaccounted')
    if (lost) flaws.push(`unaccounted ${lost.found ?? ''}: ${missing}`)
    const { mappings, reported } = countAccounted(reading)
    if (mappings + reported < counted) flaws.push(`${counted} rows, ${mappings} mappings, ${reported} reported: ${missing}`)
  }
  return flaws
}
