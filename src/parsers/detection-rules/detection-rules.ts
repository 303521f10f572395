import { isList, type TreeValue } from '../../formats/decoded.js'
import type { Parser, Sniff } from '../parser.js'
import { findTemplateRules, recogniseRule, ruleNames } from './recognise-rule.js'

/**
 * Detection rules and tests as mappings: Sigma, Elastic, Splunk, Microsoft Sentinel and Atomic Red Team, one or several in a
 * file. The rule is the capability, and detects or tests the techniques that it names. docs/detection-rules.md specifies what is read.
 */
export const detectionRules: Parser<'detection-rules'> = {
  id: 'detection-rules',
  title: 'Detection rules (Sigma, Elastic, Splunk, Sentinel) and Atomic Red Team tests',
  extensions: ['yml', 'yaml', 'toml', 'json'],
  containers: ['yaml', 'toml', 'json'],
  sniff: (document) => ('value' in document ? sniffValue(document.value) : { confidence: 0, reason: 'not YAML, TOML or JSON' }),
  async parse(document, context) {
    if (!('value' in document)) return []
    const { parseRules } = await import('./parse-rules.js')
    return parseRules(document, context)
  },
}

/** Items of a list that are looked at. */
const most = 20

function sniffValue(value: TreeValue): Sniff {
  if (findTemplateRules(value)) return { confidence: 0.95, reason: 'is an Azure template with rules of Microsoft Sentinel' }
  const items = isList(value) ? value.slice(0, most) : [value]
  for (const item of items) {
    const found = recogniseRule(item)
    if (found) return { confidence: found.confidence, reason: `has the fields of ${ruleNames[found.kind]}` }
  }
  return { confidence: 0, reason: 'has the fields of no known kind of rule' }
}
