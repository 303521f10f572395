import type { Capability } from '../../model/mapping-set.js'
import type { Mapping } from '../../model/mapping.js'
import type { Origin } from '../../model/origin.js'
import { stated } from '../../model/stated.js'
import type { FileReader } from '../reading/file-reader.js'
import type { Rule, RuleTechnique } from './rule.js'

/** A row of a rule. */
export type RuleRow = Exclude<Mapping, { kind: 'unmapped-technique' }>

/**
 * The rows of a rule: one for each technique, with several places if the rule names it for several tactics. A rule without a technique is
 * a capability without one; a rule without id and name is reported as unreadable.
 */
export function buildRuleRows(rule: Rule, relation: string, reader: FileReader): readonly RuleRow[] {
  const { id, name, pointer, techniques, comments, references, author } = rule
  if (id === undefined) {
    const count = Math.max(1, techniques.length)
    reader.report('parse/unreadable-row', pointer, { found: 'a rule without an id or a name', expected: 'an id or a name', count })
    return []
  }
  const capability = { id, ...stated({ description: name }) }
  const facts = stated({ comments, references, author: author === undefined ? undefined : { name: author } })
  if (techniques.length === 0) {
    reader.count('parse/missing-technique', 'a rule that names no technique', pointer)
    return [{ kind: 'unmapped-capability', origins: [reader.origin(pointer)], capability, ...facts }]
  }
  return mergeTechniques(techniques, reader).map(({ technique, origins }) =>
    ({ kind: 'mapped', origins, capability, technique, relation, ...facts }))
}

function mergeTechniques(techniques: readonly RuleTechnique[], reader: FileReader) {
  const merged = new Map<string, { readonly technique: { readonly id: string; readonly name?: string }; readonly origins: Origin[] }>()
  for (const { id, name, pointer } of techniques) {
    const key = JSON.stringify([id, name])
    const known = merged.get(key)
    if (known) known.origins.push(reader.origin(pointer))
    else merged.set(key, { technique: { id, ...stated({ name }) }, origins: [reader.origin(pointer)] })
  }
  return [...merged.values()]
}

/** The rule in the list of capabilities; none if it has neither id nor name. */
export function listRuleCapability({ id, name, description }: Rule): readonly Omit<Capability, 'groups'>[] {
  return id === undefined ? [] : [{ id, ...stated({ name, description }) }]
}
