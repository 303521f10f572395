import { isObject, type TreeValue } from '../../formats/decoded.js'
import type { Parser, Sniff } from '../parser.js'

/**
 * CTID's VERIS mapping files of 2021 to 2023, which list the same pairs twice: by technique and by VERIS id. The files that map
 * ATT&CK groups to VERIS have the same shape. docs/legacy.md describes how they are read.
 */
export const verisJson: Parser<'veris-json'> = {
  id: 'veris-json',
  title: 'CTID mappings of VERIS (JSON of 2021 to 2023)',
  extensions: ['json'],
  containers: ['json', 'yaml'],
  sniff: (document) => ('value' in document ? sniffValue(document.value) : { confidence: 0, reason: 'is not JSON or YAML' }),
  async parse(document, context) {
    if (!('value' in document)) return []
    const { parseVeris } = await import('./parse-veris.js')
    return parseVeris(document, context)
  },
}

function sniffValue(value: TreeValue): Sniff {
  if (!isObject(value)) return { confidence: 0, reason: 'is not an object' }
  const trees = ['attack_to_veris', 'veris_to_attack'].filter((key) => isObject(value[key]))
  if (trees.length === 0) return { confidence: 0, reason: 'has neither attack_to_veris nor veris_to_attack' }
  return { confidence: trees.length === 2 ? 0.98 : 0.9, reason: `has ${trees.join(' and ')}` }
}
