import { isList, isObject, type TreeValue } from '../../formats/decoded.js'
import type { Parser, Sniff } from '../parser.js'

/**
 * Layers of the ATT&CK Navigator, formats 3.0 and 4.0 to 4.5, one or a list of them in a file: ours, with the summary of their
 * rows; CTID's and mapex's; and anyone's. docs/navigator.md tells what comes back.
 */
export const navigatorLayer: Parser<'navigator-layer'> = {
  id: 'navigator-layer',
  title: 'ATT&CK Navigator layer (3.0, 4.0 to 4.5)',
  extensions: ['json'],
  containers: ['json', 'yaml'],
  sniff: (document) => ('value' in document ? sniffValue(document.value) : { confidence: 0, reason: 'not JSON' }),
  async parse(document, context) {
    if (!('value' in document)) return []
    const { parseLayers } = await import('./parse-layers.js')
    return parseLayers(document, context)
  },
}

function sniffValue(value: TreeValue): Sniff {
  const layer = isList(value) ? value[0] : value
  if (!isObject(layer)) return { confidence: 0, reason: 'neither an object nor a list of objects' }
  const { techniques, versions, version, domain } = layer
  const isOfDomain = typeof domain === 'string' && /^(?:mitre-)?(?:enterprise|mobile|ics)(?:-attack)?$/.test(domain)
  const isVersioned = (isObject(versions) && 'layer' in versions) || (typeof version === 'string' && isOfDomain)
  if (!isList(techniques)) {
    return isVersioned && isOfDomain
      ? { confidence: 0.6, reason: 'has the domain and versions of a layer, and no techniques' }
      : { confidence: 0, reason: 'has no techniques' }
  }
  if (isVersioned) return { confidence: 0.98, reason: 'has techniques and the version of a layer' }
  const first = techniques[0]
  const isLayer = isObject(first) && 'techniqueID' in first
  return isLayer
    ? { confidence: 0.9, reason: 'its techniques have a techniqueID' }
    : { confidence: 0, reason: 'its techniques are none of a layer' }
}
