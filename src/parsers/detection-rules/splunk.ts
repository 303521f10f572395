import { isObject } from '../../formats/decoded.js'
import { readRuleText, readTechniqueList, type Rule, type RuleSource } from './rule-rows.js'

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
