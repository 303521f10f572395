import { readRuleText, readTechniqueList, type Rule, type RuleSource } from './rule-rows.js'

/** An analytics rule or hunting query of Microsoft Sentinel: `relevantTechniques`, and the sub-techniques in a field of their own. */
export function readSentinel(source: RuleSource): readonly Rule[] {
  const { value, pointer, reader } = source
  return [{
    ...readRuleText(source, { id: 'id', name: 'name', facts: ['status', 'severity'] }),
    techniques: ['relevantTechniques', 'techniques', 'subTechniques']
      .flatMap((field) => readTechniqueList(value[field], `${pointer}/${field}`, reader)),
  }]
}
