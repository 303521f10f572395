import type { Mapping } from '../model/mapping.js'
import type { Named } from './agreement.js'
import type { Candidates, Found } from './candidates.js'
import { contentKey, groupRows, pairKey } from './keys.js'

/** Whether a row is one of the candidates: none of them, one, or any of several with different content. */
export type RowMatch =
  | { readonly kind: 'none' }
  | { readonly kind: 'one'; readonly candidate: Mapping }
  | Several

interface Several {
  readonly kind: 'several'
  readonly count: number
  /** The candidates that were open when the row was matched. To be called before other rows are matched; the same list for rows with the same. */
  readonly list: () => readonly Mapping[]
}

/**
 * Finds the candidate that each row is, and closes it: the one with the same pair and no contradicting value. Equal rows that have as many
 * candidates are matched in order, since the resulting set is the same in any order. Never guesses. `relations`: the mapping types of the
 * rows. Takes time in proportion to the rows and candidates, however many of them are of one pair.
 */
export function matchRows(rows: readonly Mapping[], candidates: Candidates, relations: Named): ReadonlyMap<Mapping, RowMatch> {
  const matches = new Map<Mapping, RowMatch>()
  for (const [pair, ofPair] of groupRows(rows, pairKey)) {
    const known = candidates.ofPair(pair)
    const groups = known ? groupRows(ofPair, contentKey) : new Map<string, readonly Mapping[]>()
    // Exact matches first, so that rows that state less don't compete for their candidates.
    for (const [content, group] of groups) if (known) matchGroup(group, known.alike(content), matches)
    for (const group of groups.values()) {
      const open = group.filter((row) => !matches.has(row))
      const [first] = open
      if (known && first) matchGroup(open, known.agreeing(first, relations), matches)
    }
    for (const row of ofPair) if (!matches.has(row)) matches.set(row, { kind: 'none' })
  }
  return matches
}

/** Matches a group of rows with equal content. */
function matchGroup(group: readonly Mapping[], found: Found, matches: Map<Mapping, RowMatch>): void {
  const { count, isAlike } = found
  if (count !== group.length && !isAlike) {
    if (count > 0) for (const row of group) matches.set(row, { kind: 'several', count, list: found.list })
    return
  }
  const taken = found.take(group.length)
  for (const [index, row] of group.entries()) {
    const candidate = taken[index]
    if (candidate) matches.set(row, { kind: 'one', candidate })
  }
}
