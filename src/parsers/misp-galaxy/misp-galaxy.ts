import { fieldOf, isList, isObject, type TreeValue } from '../../formats/decoded.js'
import type { Parser, Sniff } from '../parser.js'

/**
 * The clusters of a MISP galaxy: those that Crosswalk writes, with the rows that they list, and any others whose clusters are related to
 * techniques of ATT&CK. docs/misp.md specifies what is read back.
 */
export const mispGalaxy: Parser<'misp-galaxy'> = {
  id: 'misp-galaxy',
  title: 'MISP galaxy clusters',
  extensions: ['json'],
  containers: ['json', 'yaml'],
  sniff: (document) => ('value' in document ? sniffValue(document.value) : { confidence: 0, reason: 'not JSON' }),
  async parse(document, context) {
    if (!('value' in document)) return []
    const { parseGalaxy } = await import('./parse-galaxy.js')
    return parseGalaxy(document, context)
  },
}

/** Whether a document is an export of events: `{"response": [{"Event": …}]}`, one event, or a list of them. */
export function isEventExport(value: TreeValue): boolean {
  const response = fieldOf(value, 'response') ?? value
  const [first] = isList(response) ? response : [response]
  const event = fieldOf(first, 'Event')
  return isObject(event) && ['info', 'Attribute', 'Galaxy', 'Tag', 'Object'].some((name) => name in event)
}

function sniffValue(value: TreeValue): Sniff {
  if (isEventExport(value)) return { confidence: 0.9, reason: 'is an export of MISP events' }
  if (!isObject(value) || typeof value.type !== 'string') return { confidence: 0, reason: 'is no object with a type' }
  const marks = ['authors', 'category', 'source', 'uuid', 'version'].filter((name) => name in value).length
  if (isList(value.values)) {
    const [first] = value.values
    const isCluster = first === undefined || (isObject(first) && 'value' in first)
    return isCluster && marks >= 2
      ? { confidence: 0.95, reason: 'has the values of a galaxy' }
      : { confidence: 0, reason: 'has values that are not clusters' }
  }
  return 'namespace' in value && 'icon' in value && 'uuid' in value
    ? { confidence: 0.8, reason: 'is the head of a galaxy' }
    : { confidence: 0, reason: 'has no values' }
}
