import { isList, type TreeValue } from '../../formats/decoded.js'
import { fieldOf, itemsOf, textOf, type TreeObject } from '../../formats/tree-fields.js'
import { showValue, type Site } from './fault-log.js'

/** What a marking definition says (STIX 2.1, section 7.2.1): a statement, one of the four TLP markings, or an extension. */
export function checkMarking(object: TreeObject, site: Site): void {
  const type = fieldOf(object, 'definition_type')
  const hasExtensions = fieldOf(object, 'extensions') !== undefined
  for (const name of ['definition_type', 'definition']) {
    if (!hasExtensions && fieldOf(object, name) === undefined) site.tell({
      code: 'verify/schema', message: `${name} is missing, and there are no extensions`,
    })
  }
  if (type === 'statement' && textOf(fieldOf(object, 'definition'), 'statement') === undefined) {
    site.tell({ code: 'verify/schema', message: 'definition.statement is missing', steps: ['definition'] })
  }
  if (type === 'tlp') checkTlp(object, site)
}

/** The specification defines the objects of TLP 1 to the letter: with another id, one level is two markings. */
function checkTlp(object: TreeObject, site: Site): void {
  const level = textOf(fieldOf(object, 'definition'), 'tlp')
  const id = level === undefined ? undefined : tlpMarkingIds.get(level)
  if (id === undefined) {
    site.tell({
      code: 'verify/schema', message: 'definition.tlp is no level of TLP 1', found: showValue(level ?? null),
      steps: ['definition'],
      expected: [...tlpMarkingIds.keys()].join(', '),
    })
    return
  }
  if (textOf(object, 'id') !== id) {
    site.tell({
      code: 'verify/schema', message: 'id is not that of this level of TLP', found: showValue(textOf(object, 'id') ?? null),
      expected: id, steps: ['id'],
    })
  }
  if (site.version === '2.0') return
  const asDefined = { created: '2017-01-20T00:00:00.000Z', name: `TLP:${level?.toUpperCase() ?? ''}` }
  for (const [name, expected] of Object.entries(asDefined)) {
    const found = textOf(object, name)
    if (found !== expected) {
      site.tell({
        code: 'verify/doubtful', message: `${name} is not as the specification defines this marking`,
        found: showValue(found ?? null), expected,
      })
    }
  }
  const known = new Set(['type', 'id', 'spec_version', 'created', 'name', 'definition', 'definition_type'])
  if (Object.keys(object).some((name) => !known.has(name))) {
    site.tell({ code: 'verify/doubtful', message: 'a TLP marking has more properties than the specification gives it' })
  }
}

/** The TLP markings that the specification defines, by level: a bundle need not repeat them (STIX 2.1, section 7.2.1.4). */
export const tlpMarkingIds: ReadonlyMap<string, string> = new Map([
  ['white', 'marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9'],
  ['green', 'marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da'],
  ['amber', 'marking-definition--f88d31f6-486f-44da-b317-01333bde0b82'],
  ['red', 'marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed'],
])

/**
 * Granular markings mark what there is (STIX 2.1, section 7.2.3): every selector leads to a property or an item of the object.
 */
export function checkSelectors(object: TreeObject, site: Site): void {
  for (const [nth, marking] of itemsOf(object, 'granular_markings').entries()) {
    for (const [index, selector] of itemsOf(marking, 'selectors').entries()) {
      if (typeof selector !== 'string' || leads(object, selector)) continue
      site.tell({
        code: 'verify/meaning', message: 'granular_markings.selectors leads to nothing in the object', found: showValue(selector),
        steps: ['granular_markings', nth, 'selectors', index],
      })
    }
  }
}

function leads(object: TreeObject, selector: string): boolean {
  let value: TreeValue | undefined = object
  for (const step of selector.split('.')) {
    const position = /^\[(\d{1,9})\]$/.exec(step)?.[1]
    if (position === undefined) value = fieldOf(value, step)
    else value = isList(value) ? value[Number(position)] : undefined
    if (value === undefined) return false
  }
  return true
}
