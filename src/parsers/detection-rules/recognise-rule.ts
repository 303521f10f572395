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

/** The rules of Microsoft Sentinel in a template of Azure's Resource Manager; undefined for other documents. */
export function findTemplateRules(value: TreeValue | undefined): TreeObject[] | undefined {
  const resources = fieldOf(value, 'resources')
  if (!isList(resources)) return undefined
  const rules = resources.filter(isObject).filter(isTemplateRule)
  return rules.length === 0 ? undefined : rules
}

/** Whether a resource of a template is a rule of Microsoft Sentinel: a type that says so, and the properties of a rule. */
export function isTemplateRule(resource: TreeObject): boolean {
  return typeof resource.type === 'string' && /(?:alertRules|alertRuleTemplates)$/i.test(resource.type) && isObject(resource.properties)
    && (has(resource.properties, 'query') || has(resource.properties, 'techniques') || has(resource.properties, 'displayName'))
}

const graders: readonly (readonly [RuleKind, (value: TreeObject) => number])[] = [
  ['atomic', (value) => (isList(value.atomic_tests) ? sum(has(value, 'attack_technique'), true) : flat(value, has(value, 'attack_technique')))],
  ['sigma', (value) => flat(value, isObject(value.logsource) || value.action === 'global', has(value, 'detection') || isObject(value.correlation))],
  ['elastic', (value) => {
    const rule = isObject(value.rule) ? value.rule : value
    const hasBody = isList(rule.threat) || (has(rule, 'risk_score') && (has(rule, 'type') || has(rule, 'query') || rule !== value))
    return flat(value, has(rule, 'rule_id'), hasBody)
  }],
  ['splunk', (value) => sum(
    has(value.tags, 'mitre_attack_id') || has(value.tags, 'analytic_story'),
    has(value, 'search') && (has(value, 'how_to_implement') || has(value, 'data_source') || has(value, 'known_false_positives')),
  )],
  ['sentinel', (value) => flat(value, has(value, 'relevantTechniques'), has(value, 'query') && has(value, 'tactics'))],
]

function has(value: TreeValue | undefined, name: string): boolean {
  return fieldOf(value, name) !== undefined
}

/** Both marks of a kind are sure; one may be another's. */
function sum(first: boolean, second: boolean): number {
  return first && second ? 0.95 : first || second ? 0.6 : 0
}

/** As `sum`; but a record of texts and numbers with one mark is rather a row of somebody's table. */
function flat(value: TreeObject, first: boolean, second = false): number {
  const confidence = sum(first, second)
  return confidence === 0.6 && Object.values(value).every((field) => !isObject(field) && !(isList(field) && field.some(isObject))) ? 0.2 : confidence
}
