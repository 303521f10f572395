import { type DecodedDocument, isList, isObject, type TreeDocument, type TreeValue } from '../../formats/decoded.js'
import type { MappingSet } from '../../model/mapping-set.js'
import type { ParseContext, Parser, Sniff } from '../parser.js'
import { readMappingFile } from './read-mapping-file.js'

/**
 * CTID's unified mapping files, as JSON or YAML: what mapex and the Mappings Editor write. A file may hold a list of them.
 * The shape is that of schemas/ctid-mappings.schema.json; docs/ctid-json.md tells what is normalised.
 */
export const ctidJson: Parser<'ctid-json'> = {
  id: 'ctid-json',
  title: 'CTID mapping file (unified JSON or YAML)',
  extensions: ['json', 'yaml', 'yml'],
  containers: ['json', 'yaml'],
  sniff: (document) => ('value' in document ? sniffValue(document.value) : { confidence: 0, reason: 'not JSON or YAML' }),
  parse: (document, context) => Promise.resolve(parseTree(document, context)),
}

function sniffValue(value: TreeValue): Sniff {
  const file = isList(value) ? value[0] : value
  if (!isObject(file)) return { confidence: 0, reason: 'neither an object nor a list of objects' }
  if (isList(file.mapping_objects)) return { confidence: 0.98, reason: 'has a list of mapping_objects' }
  if ('mapping_objects' in file) return { confidence: 0.7, reason: 'has mapping_objects' }
  if (isObject(file.metadata) && ('mapping_framework' in file.metadata || 'mapping_types' in file.metadata)) {
    return { confidence: 0.7, reason: 'has metadata of a mapping framework' }
  }
  return { confidence: 0, reason: 'has no mapping_objects' }
}

function parseTree(document: DecodedDocument, context: ParseContext): readonly MappingSet[] {
  if (!('value' in document)) return []
  const { value } = document
  const files: readonly { value: TreeValue; pointer: string }[] = isList(value)
    ? value.map((item, index) => ({ value: item, pointer: `/${index}` }))
    : [{ value, pointer: '' }]
  if (files.length === 0) report(document, context)
  return files.flatMap((file) => readMappingFile(file.value, file.pointer, document, context) ?? [])
}

function report(document: TreeDocument, context: ParseContext): void {
  const origin = { document: document.file.name, place: { kind: 'file' } } as const
  context.report('parse/no-mappings', { origin, found: 'an empty list' })
}
