import { fieldOf, isList, itemsOf, textOf, type TreeObject, type TreeValue } from '../../formats/decoded.js'
import { showValue, type Site } from './fault-log.js'

/** Checks the content of a marking definition (STIX 2.1, section 7.2.1): a statement, a TLP 1 marking, or an extension. */
export function checkMarking(object: TreeObject, site: Site): void {
  const type = fieldOf(object, 'definition_type')
  const hasExtensions = fieldOf(object, 'extensions') !== undefined
  for (const name of ['definition_type', 'definition']) {
    if (!hasExtensions && fieldOf(object, name) === undefined) site.report({
      code: 'verify/schema', message: `${name} is missing, and so is extensions`,
    })
  }
  if (type === 'statement' && textOf(fieldOf(object, 'definition'), 'statement') === undefined) {
    site.report({ code: 'verify/schema', message: 'definition.statement is missing', steps: ['definition'] })
  }
  if (type === 'tlp') checkTlp(object, site)
}

/** The specification defines the TLP 1 markings literally: with another id, platforms have two markings of one level. */
function checkTlp(object: TreeObject, site: Site): void {
  const level = textOf(fieldOf(object, 'definition'), 'tlp')
  const id = levels.find(([name]) => name === level)?.[1]
  if (id === undefined) {
    site.report({
      code: 'verify/schema', message: 'definition.tlp is not a TLP 1 level', found: showValue(level ?? null),
      steps: ['definition'],
      expected: levels.map(([name]) => name).join(', '),
    })
    return
  }
  if (textOf(object, 'id') !== id) {
    site.report({
      code: 'verify/schema', message: 'id is not the one that the specification defines for this TLP level',
      found: showValue(textOf(object, 'id') ?? null), expected: id, steps: ['id'],
    })
  }
  if (site.version === '2.0') return
  const asDefined = { created: '2017-01-20T00:00:00.000Z', name: `TLP:${level?.toUpperCase() ?? ''}` }
  for (const [name, expected] of Object.entries(asDefined)) {
    const found = textOf(object, name)
    if (found !== expected) {
      site.report({
        code: 'verify/doubtful', message: `${name} is not the one that the specification defines for this TLP level`,
        found: showValue(found ?? null), expected,
      })
    }
  }
  const known = new Set(['type', 'id', 'spec_version', 'created', 'name', 'definition', 'definition_type'])
  if (Object.keys(object).some((name) => !known.has(name))) {
    site.report({ code: 'verify/doubtful', message: 'a TLP marking has properties that the specification does not define for it' })
  }
}

/** The ids of the TLP 1 markings by level (STIX 2.1, section 7.2.1.4). A bundle may refer to them without containing them. */
export const tlpMarkingIds = {
  white: 'marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9',
  green: 'marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da',
  amber: 'marking-definition--f88d31f6-486f-44da-b317-01333bde0b82',
  red: 'marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed',
} as const
const levels = Object.entries(tlpMarkingIds)

/** Checks that every selector of granular markings selects a property or list item of the object (STIX 2.1, section 7.2.3). */
export function checkSelectors(object: TreeObject, site: Site): void {
  for (const [nth, marking] of itemsOf(object, 'granular_markings').entries()) {
    for (const [index, selector] of itemsOf(marking, 'selectors').entries()) {
      if (typeof selector !== 'string' || selectsSomething(object, selector)) continue
      site.report({
        code: 'verify/meaning', message: 'granular_markings: a selector matches nothing in the object', found: showValue(selector),
        steps: ['granular_markings', nth, 'selectors', index],
      })
    }
  }
}

function selectsSomething(object: TreeObject, selector: string): boolean {
  let value: TreeValue | undefined = object
  for (const step of selector.split('.')) {
    const position = /^\[(\d{1,9})\]$/.exec(step)?.[1]
    if (position === undefined) value = fieldOf(value, step)
    else value = isList(value) ? value[Number(position)] : undefined
    if (value === undefined) return false
  }
  return true
}
