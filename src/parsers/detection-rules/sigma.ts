import { readRuleText, readTechniqueList, type Rule, type RuleSource } from './rule-rows.js'

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
