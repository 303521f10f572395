import { isList, isObject, type TreeValue } from '../../formats/decoded.js'
import type { Parser, Sniff } from '../parser.js'

/**
 * ATT&CK Navigator layers, formats 1.0 to 4.5, one or a list of them in a file: those of Crosswalk, with their summary
 * of rows; those of CTID and mapex; and any others. docs/navigator.md specifies what is read back.
 */
export const navigatorLayer: Parser<'navigator-layer'> = {
  id: 'navigator-layer',
  title: 'ATT&CK Navigator layer (1.0 to 4.5)',
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
  if ('file_type' in layer) return { confidence: 0, reason: 'states a file type, which layers do not' }
  const { techniques, versions, version, domain } = layer
  const hasDomain = typeof domain === 'string' && /^(?:mitre-)?(?:enterprise|mobile|ics)(?:-attack)?$/.test(domain)
  const hasVersion = (isObject(versions) && 'layer' in versions) || (typeof version === 'string' && hasDomain)
  if (!isList(techniques)) {
    return hasVersion && hasDomain
      ? { confidence: 0.6, reason: 'has the domain and version of a layer, but no techniques' }
      : { confidence: 0, reason: 'has no techniques' }
  }
  if (hasVersion) return { confidence: 0.98, reason: 'has techniques and the version of a layer' }
  const first = techniques[0]
  const hasTechniqueId = isObject(first) && 'techniqueID' in first
  return hasTechniqueId
    ? { confidence: 0.9, reason: 'its techniques have a techniqueID' }
    : { confidence: 0, reason: 'its techniques have no techniqueID' }
}
