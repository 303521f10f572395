import { isList, isObject, type TreeValue } from '../../formats/decoded.js'
import type { Parser, Sniff } from '../parser.js'

/**
 * CTID's unified mapping files, JSON or YAML, as mapex and the Mappings Editor write them. A file may contain a list of them.
 * The schema is schemas/ctid-mappings.schema.json; docs/ctid-json.md describes what is normalised.
 */
export const ctidJson: Parser<'ctid-json'> = {
  id: 'ctid-json',
  title: 'CTID mapping file (unified JSON or YAML)',
  extensions: ['json', 'yaml', 'yml'],
  containers: ['json', 'yaml'],
  longList: 'mapping_objects',
  sniff: (document) => ('value' in document ? sniffValue(document.value) : { confidence: 0, reason: 'is not JSON or YAML' }),
  async parse(document, context) {
    if (!('value' in document)) return []
    const { parseMappingFiles } = await import('./read-mapping-file.js')
    return parseMappingFiles(document, context)
  },
}

function sniffValue(value: TreeValue): Sniff {
  const file = isList(value) ? value[0] : value
  if (!isObject(file)) return { confidence: 0, reason: 'is neither an object nor a list of objects' }
  if (isList(file.mapping_objects)) return { confidence: 0.98, reason: 'has a list of mapping_objects' }
  if ('mapping_objects' in file) return { confidence: 0.7, reason: 'has mapping_objects' }
  if (isObject(file.metadata) && ('mapping_framework' in file.metadata || 'mapping_types' in file.metadata)) {
    return { confidence: 0.7, reason: 'has metadata of a mapping framework' }
  }
  return { confidence: 0, reason: 'has no mapping_objects' }
}
