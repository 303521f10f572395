import type { TreeValue } from '../../formats/decoded.js'
import { isList } from '../../formats/tree-value.js'
import { fieldOf, itemsOf, type TreeObject } from '../tree-fields.js'
import { showValue } from './show-value.js'
import type { Site } from './site.js'

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
