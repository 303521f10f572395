import type { Diagnostic } from '../../src/diagnostics/diagnostic.js'
import type { DocumentFile } from '../../src/formats/decoded.js'
import type { MappingSet } from '../../src/model/mapping-set.js'
import { toModelDocument } from '../../src/model/set-facts.js'
import type { Parser } from '../../src/parsers/parser.js'
import { schemaErrors } from '../../src/schemas/schema-errors.js'

/** What a parser made of a document, and what it said. */
export interface Reading {
  readonly sets: readonly MappingSet[]
  readonly said: readonly Diagnostic[]
}

/** What is wrong with a reading, whatever the dialect; nothing if all is well. */
export async function findParserFlaws(parser: Parser, file: DocumentFile, { sets, said }: Reading): Promise<readonly string[]> {
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
    ...(/^(?:read|parse|normalise)\//.test(code) ? [] : [`${code} is none of a parser's`]),
    ...(message.trim() !== '' && count > 0 ? [] : [`${code} says nothing`]),
    ...(origin?.document === file.name ? [] : [`${code} has no place in the document`]),
  ]
}
