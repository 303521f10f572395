import { isList, isObject, type TreeValue } from '../../../src/formats/decoded.js'
import type { Parser, Sniff } from '../../../src/parsers/parser.js'

/** A plain list of controls, each with the techniques that it mitigates, as JSON or YAML. */
export const controlList: Parser<'control-list'> = {
  id: 'control-list',
  title: 'List of controls and techniques',
  extensions: ['json', 'yaml', 'yml'],
  containers: ['json', 'yaml'],
  sniff: (document) => ('value' in document ? sniffValue(document.value) : { confidence: 0, reason: 'is not JSON or YAML' }),
  async parse(document, context) {
    if (!('value' in document)) return []
    const { parseControlList } = await import('./parse-control-list.js')
    return parseControlList(document, context)
  },
}

function sniffValue(value: TreeValue): Sniff {
  if (!isObject(value) || !isList(value.controls)) return { confidence: 0, reason: 'has no list of controls' }
  const [first] = value.controls
  if (isObject(first) && 'mitigates' in first) return { confidence: 0.9, reason: 'has controls that say what they mitigate' }
  return { confidence: 0.3, reason: 'has a list of controls' }
}
