import { fieldOf, isList, isObject, type TreeObject, type TreeValue } from '../../formats/decoded.js'
import type { RuleKind } from './rule-rows.js'

/** The kind of a rule, and how sure that is, from 0 to 1. */
export interface RecognisedRule {
  readonly kind: RuleKind
  readonly confidence: number
}

/** Names of the kinds, for messages. */
export const ruleNames: Readonly<Record<RuleKind, string>> = {
  sigma: 'a Sigma rule', elastic: 'an Elastic detection rule', splunk: 'a Splunk detection', sentinel: 'a Microsoft Sentinel rule',
  atomic: 'an Atomic Red Team test',
}

/** Recognises a rule by its fields; undefined for anything else. */
export function recogniseRule(value: TreeValue | undefined): RecognisedRule | undefined {
  if (!isObject(value)) return undefined
  for (const [kind, grade] of graders) {
    const confidence = grade(value)
    if (confidence > 0) return { kind, confidence }
  }
  return undefined
}

const graders: readonly (readonly [RuleKind, (value: TreeObject) => number])[] = [
  ['atomic', (value) => sum(has(value, 'attack_technique'), isList(value.atomic_tests))],
  ['sigma', (value) => sum(isObject(value.logsource) || value.action === 'global', has(value, 'detection') || isObject(value.correlation))],
  ['elastic', (value) => {
    const rule = isObject(value.rule) ? value.rule : value
    return sum(has(rule, 'rule_id'), isList(rule.threat) || has(rule, 'risk_score'))
  }],
  ['splunk', (value) => sum(
    has(value.tags, 'mitre_attack_id') || has(value.tags, 'analytic_story'),
    has(value, 'search') && (has(value, 'how_to_implement') || has(value, 'data_source') || has(value, 'known_false_positives')),
  )],
  ['sentinel', (value) => sum(has(value, 'relevantTechniques'), has(value, 'query') && has(value, 'tactics'))],
]

function has(value: TreeValue | undefined, name: string): boolean {
  return fieldOf(value, name) !== undefined
}

/** Both marks of a kind are sure; one may be another's. */
function sum(first: boolean, second: boolean): number {
  return first && second ? 0.95 : first || second ? 0.6 : 0
}
