import { setTitle } from '../../emitters/table/set-title.js'
import type { Bridge } from './bridge-sets.js'

/** What stands on every row of a derived table. */
export const derivedMark = 'derived by Crosswalk'

/** What a bridge is, and what it is not: stands wherever its results do. */
export function derivation({ left, right }: Pick<Bridge, 'left' | 'right'>): string {
  return `Derived by Crosswalk from the mappings of ${setTitle(left)} and of ${setTitle(right)}: two capabilities are related `
    + 'where they bear on the same techniques. Neither CTID nor the owners of the frameworks state these relations.'
}
