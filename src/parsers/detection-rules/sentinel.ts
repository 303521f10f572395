import { isObject } from '../../formats/decoded.js'
import { readField } from '../reading/read-text.js'
import { readRuleText, readTechniqueList, type Rule, type RuleSource } from './rule-rows.js'

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
