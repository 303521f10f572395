import { isList, isObject, type TreeObject, type TreeValue } from '../../formats/decoded.js'
import { stated } from '../../model/stated.js'
import { describeValue, type FileReader } from '../reading/file-reader.js'
import { listOf, readField } from '../reading/read-text.js'
import { readAttackTag, readRuleText, readTechniqueList, type Rule, type RuleSource, type RuleTechnique } from './rule-rows.js'

/**
 * A file of Atomic Red Team: tests of one technique. Each test is a capability; without a GUID its id is the technique's with the number of
 * the test, as Atomic Red Team counts them ("T1003-2").
 */
export function readAtomic({ value, pointer, reader }: RuleSource): readonly Rule[] {
  const named = readTechniqueList(value.attack_technique, `${pointer}/attack_technique`, reader)
  const [only, ...others] = named
  const name = only && others.length === 0 ? readField(value, 'display_name', pointer, '', reader) : undefined
  const tests = listOf(value.atomic_tests, `${pointer}/atomic_tests`, 'a list of tests', reader)
  if (tests.length === 0) reader.count('parse/unreadable-row', 'a technique without tests', pointer)
  return tests.flatMap((test, index): readonly Rule[] => {
    const at = `${pointer}/atomic_tests/${index}`
    if (!isObject(test)) {
      reader.report('parse/unreadable-row', at, { found: describeValue(test), expected: 'a test with a name' })
      return []
    }
    const text = readRuleText({ value: test, pointer: at, reader }, { id: 'auto_generated_guid', name: 'name' })
    const hasId = readField(test, 'auto_generated_guid', at, '', reader) !== undefined
    const id = hasId || !only ? text.id : `${only.id}-${index + 1}`
    const techniques = named.map((technique) => ({ ...technique, pointer: at, ...stated({ name }) }))
    return [{ ...text, ...stated({ id }), techniques }]
  })
}

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

/**
 * An analytics rule or hunting query of Microsoft Sentinel: `relevantTechniques`, and the sub-techniques in a field of their own. As a resource of
 * a template, its fields are in `properties`, and its id is the last part of its name.
 */
export function readSentinel(source: RuleSource): readonly Rule[] {
  const { value: resource, pointer: at, reader } = source
  const isResource = isObject(resource.properties)
  const value = isObject(resource.properties) ? resource.properties : resource
  const pointer = isResource ? `${at}/properties` : at
  const text = readRuleText({ value, pointer, reader }, { id: 'id', name: isResource ? 'displayName' : 'name', facts: ['status', 'severity'] })
  const id = isResource ? idOfResource(readField(resource, 'name', at, '', reader)) : undefined
  return [{
    ...text,
    ...(id !== undefined && { id }),
    techniques: ['relevantTechniques', 'techniques', 'subTechniques']
      .flatMap((field) => readTechniqueList(value[field], `${pointer}/${field}`, reader)),
  }]
}

/** "[concat(parameters('workspace'),'/Microsoft.SecurityInsights/0a1b…')]" names the rule 0a1b…; undefined if the last part is an expression. */
function idOfResource(name: string | undefined): string | undefined {
  const [, last] = /\/([\w-]{1,80})(?:'?\)?\])?$/.exec(name ?? '') ?? []
  return last ?? (name !== undefined && /^[\w-]{1,80}$/.test(name) ? name : undefined)
}

/**
 * A Sigma rule (specification 2.1, "Tags"): `tags` such as `attack.t1059.001` are techniques; those of tactics, groups and software are no
 * techniques, and those of other namespaces (`cve.`, `car.`, `tlp.`) are not about ATT&CK. Correlations are rules too. The tags of a
 * document `action: global` are those of every rule of its file.
 */
export function readSigma(source: RuleSource): readonly Rule[] {
  const { value, pointer, reader, shared } = source
  const whole = shared ? { ...shared.value, ...value } : value
  return [{
    ...readRuleText({ ...source, value: whole }, { id: 'id', name: 'title', facts: ['status', 'level'] }),
    techniques: [
      ...readTechniqueList(value.tags, `${pointer}/tags`, reader, true),
      ...(shared ? readTechniqueList(shared.value.tags, `${shared.pointer}/tags`, reader, true) : []),
    ],
  }]
}

/** A detection of Splunk's security content: `tags.mitre_attack_id`, in older ones also `tags.mitre_technique_id`. */
export function readSplunk(source: RuleSource): readonly Rule[] {
  const { value, pointer, reader } = source
  const tags = isObject(value.tags) ? value.tags : {}
  return [{
    ...readRuleText(source, { id: 'id', name: 'name', facts: ['status', 'type'] }),
    techniques: [
      ...readTechniqueList(tags.mitre_attack_id, `${pointer}/tags/mitre_attack_id`, reader),
      ...readTechniqueList(tags.mitre_technique_id, `${pointer}/tags/mitre_technique_id`, reader),
    ],
  }]
}
