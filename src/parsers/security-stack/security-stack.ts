import { isList, isObject, type TreeObject, type TreeValue } from '../../formats/decoded.js'
import type { Parser, Sniff } from '../parser.js'
import { detectFramework } from './parse-controls.js'

/**
 * CTID's Security Stack Mappings of 2021 to 2023: one security control per YAML file, with its scored techniques. The format is
 * defined by docs/mapping_format.md in center-for-threat-informed-defense/security-stack-mappings; docs/legacy.md describes how it
 * is read.
 */
export const securityStack: Parser<'security-stack'> = {
  id: 'security-stack',
  title: 'CTID Security Stack Mappings (YAML)',
  extensions: ['yaml', 'yml', 'json'],
  containers: ['json', 'yaml'],
  sniff: (document) => ('value' in document ? sniffValue(document.value) : { confidence: 0, reason: 'is not JSON or YAML' }),
  async parse(document, context) {
    if (!('value' in document)) return []
    const { parseControls } = await import('./parse-controls.js')
    return parseControls(document, context)
  },
}

function sniffValue(value: TreeValue): Sniff {
  const control = isList(value) ? value[0] : value
  if (!isObject(control)) return { confidence: 0, reason: 'is neither an object nor a list of objects' }
  const isHeaded = 'ATT&CK version' in control && 'platform' in control
  if (isHeaded && 'techniques' in control) return { confidence: 0.97, reason: 'has a platform, an ATT&CK version and techniques' }
  if (hasScores(control)) return { confidence: 0.9, reason: 'its techniques have technique-scores' }
  if (isHeaded) return { confidence: 0.7, reason: 'has an ATT&CK version and a platform' }
  if (isDescribed(control)) return { confidence: 0.6, reason: 'describes a control without mapping it' }
  return { confidence: 0, reason: 'lacks a platform, ATT&CK version and techniques' }
}

function hasScores({ techniques }: TreeObject): boolean {
  if (!isList(techniques)) return false
  const [first] = techniques
  return isObject(first) && ('technique-scores' in first || 'sub-techniques-scores' in first)
}

/** The files of Microsoft 365 contain only an id, a name and a description. */
function isDescribed(control: TreeObject): boolean {
  const { id, name, description } = control
  return [id, name, description].every((text) => typeof text === 'string') && detectFramework(control) !== undefined
}
