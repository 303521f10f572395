import { isList, isObject, type TreeObject, type TreeValue } from '../../formats/decoded.js'
import { stated } from '../../model/stated.js'
import { describeValue, type FileReader } from '../reading/file-reader.js'
import { readField } from '../reading/read-text.js'
import { readAttackTag, readRuleText, type Rule, type RuleSource, type RuleTechnique } from './rule-rows.js'

/**
 * A detection rule of Elastic, as TOML (`[rule]`, `[[rule.threat]]`) or as Kibana exports it. Each `technique` and each `subtechnique` in
 * it is one; threats of other frameworks than MITRE ATT&CK are reported.
 */
export function readElastic({ value, pointer, reader }: RuleSource): readonly Rule[] {
  const isNested = isObject(value.rule)
  const rule = isObject(value.rule) ? value.rule : value
  const at = isNested ? `${pointer}/rule` : pointer
  const isNumbered = rule.rule_id !== undefined && rule.rule_id !== null
  return [{
    ...readRuleText({ value: rule, pointer: at, reader }, { id: isNumbered ? 'rule_id' : 'id', name: 'name', facts: ['severity'] }),
    techniques: itemsWith(rule.threat, `${at}/threat`).flatMap(([threat, place]) => readThreat(threat, place, reader)),
  }]
}

function readThreat(threat: TreeValue, pointer: string, reader: FileReader): readonly RuleTechnique[] {
  if (!isObject(threat)) return []
  const techniques = itemsWith(threat.technique, `${pointer}/technique`)
  const framework = readField(threat, 'framework', pointer, 'threat.', reader)
  if (framework !== undefined && !/att&?ck/i.test(framework)) {
    const message = 'A threat is of another framework than MITRE ATT&CK; its techniques were not read'
    const details = { message, found: framework, expected: 'MITRE ATT&CK', count: Math.max(1, techniques.length) }
    reader.report('parse/unknown-value', `${pointer}/framework`, details)
    return []
  }
  return techniques.flatMap(([technique, at]) => {
    if (!isObject(technique)) return reportTechnique(technique, at, reader)
    const subs = itemsWith(technique.subtechnique, `${at}/subtechnique`)
    return [
      ...readTechnique(technique, at, reader),
      ...subs.flatMap(([sub, place]) => (isObject(sub) ? readTechnique(sub, place, reader) : reportTechnique(sub, place, reader))),
    ]
  })
}

function readTechnique(technique: TreeObject, pointer: string, reader: FileReader): readonly RuleTechnique[] {
  const tag = typeof technique.id === 'string' ? readAttackTag(technique.id) : { kind: 'malformed' } as const
  if (tag.kind !== 'techniques') return reportTechnique(technique.id, `${pointer}/id`, reader)
  const name = tag.ids.length === 1 ? readField(technique, 'name', pointer, 'technique.', reader) : undefined
  return tag.ids.map((id) => ({ id, pointer, ...stated({ name }) }))
}

function reportTechnique(value: TreeValue | undefined, pointer: string, reader: FileReader): readonly RuleTechnique[] {
  reader.report('parse/malformed-technique', pointer, { found: describeValue(value), expected: 'a technique, such as T1059.001' })
  return []
}

/** The items of a list with their places; a value by itself is one. */
function itemsWith(value: TreeValue | undefined, pointer: string): readonly (readonly [TreeValue, string])[] {
  if (value === undefined || value === null) return []
  return isList(value) ? value.map((item, index) => [item, `${pointer}/${index}`]) : [[value, pointer]]
}
