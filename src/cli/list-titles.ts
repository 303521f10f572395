import { setTitle } from '../emitters/table/set-title.js'
import type { ResolvedSet } from '../model/mapping-set.js'

/** What sets are, in a sentence: "AWS 12/12/2024 and Enterprise ATT&CK 16.1, Azure and …". */
export function listTitles(sets: readonly ResolvedSet[]): string {
  return sets.map(setTitle).join(', ')
}
