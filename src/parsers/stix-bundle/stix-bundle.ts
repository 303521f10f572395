import { isList, isObject, type TreeValue } from '../../formats/decoded.js'
import type { Parser, Sniff } from '../parser.js'

/**
 * STIX 2.0 and 2.1 bundles: Crosswalk's, without loss if they have its extension; mapex's; CTID's of NIST 800-53; ATT&CK's, for
 * their mitigations; and any with relationships from controls, vulnerabilities or products to techniques. docs/stix.md describes
 * the rules.
 */
export const stixBundle: Parser<'stix-bundle'> = {
  id: 'stix-bundle',
  title: 'STIX bundle (2.0, 2.1)',
  extensions: ['json', 'stix'],
  containers: ['json', 'yaml'],
  sniff: (document) => ('value' in document ? sniffValue(document.value) : { confidence: 0, reason: 'is not JSON or YAML' }),
  async parse(document, context) {
    if (!('value' in document)) return []
    const { parseBundle } = await import('./parse-bundle.js')
    return parseBundle(document, context)
  },
  async share(document) {
    const { shareObjects } = await import('./bundle-index.js')
    return shareObjects(document)
  },
}

function sniffValue(value: TreeValue): Sniff {
  if (!isObject(value)) return { confidence: 0, reason: 'is not an object' }
  if (value.type === 'bundle' && isList(value.objects)) return { confidence: 0.98, reason: 'is a STIX bundle' }
  const { id, objects } = value
  if (value.type === 'bundle' && typeof id === 'string') return { confidence: 0.8, reason: 'is a STIX bundle without objects' }
  const first = isList(objects) && isObject(objects[0]) ? objects[0] : {}
  const isStix = typeof first.id === 'string' && typeof first.type === 'string' && first.id.startsWith(`${first.type}--`)
  return isStix ? { confidence: 0.9, reason: 'has a list of STIX objects' } : { confidence: 0, reason: 'has no STIX objects' }
}
