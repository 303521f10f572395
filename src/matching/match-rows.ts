import type { Mapping } from '../model/mapping.js'
import { contentKey, groupRows, pairKey } from './row-key.js'
import { rowsAgree, sameComments, type RelationNames } from './rows-agree.js'

/** What a row is, among candidates: one of them, one of several that say different things, or none. */
export type RowMatch =
  | { readonly kind: 'none' }
  | { readonly kind: 'one'; readonly candidate: Mapping }
  | { readonly kind: 'several'; readonly candidates: readonly Mapping[] }

/** Candidates by `pairKey`. */
export type RowsByPair = ReadonlyMap<string, Iterable<Mapping>>

/**
 * Finds for each row the candidate that it is: the same pair, contradicting it in nothing. Rows that say the same, as many as
 * there are candidates for them, are matched one to one in order: whichever is which, the set comes out the same. Never guesses.
 */
export function matchRows(rows: readonly Mapping[], candidates: RowsByPair, names: RelationNames): ReadonlyMap<Mapping, RowMatch> {
  const matches = new Map<Mapping, RowMatch>()
  for (const [pair, ofPair] of groupRows(rows, pairKey)) {
    const left = new Set(candidates.get(pair))
    const groups = [...groupRows(ofPair, contentKey).values()]
    // Rows that a candidate repeats word for word are settled first, so that vaguer rows don't compete for it.
    for (const group of groups) matchGroup(group, [...left].filter((candidate) => contentKey(candidate) === keyOf(group)), left, matches)
    for (const group of groups) {
      const open = group.filter((row) => !matches.has(row))
      matchGroup(open, preferSameComments(open, [...left].filter((candidate) => agrees(open, candidate, names))), left, matches)
    }
    for (const row of ofPair) if (!matches.has(row)) matches.set(row, { kind: 'none' })
  }
  return matches
}

/** All rows of a group say the same. */
function matchGroup(group: readonly Mapping[], found: readonly Mapping[], left: Set<Mapping>, matches: Map<Mapping, RowMatch>): void {
  const [first] = found
  if (!first || group.length === 0) return
  const alike = found.every((candidate) => contentKey(candidate) === contentKey(first))
  for (const [index, row] of group.entries()) {
    const candidate = found.length === group.length || alike ? found[index] : undefined
    if (candidate) {
      matches.set(row, { kind: 'one', candidate })
      left.delete(candidate)
    } else if (!alike) {
      matches.set(row, { kind: 'several', candidates: found })
    }
  }
}

/** A row without comments is rather the candidate without comments than one of those with. */
function preferSameComments([row]: readonly Mapping[], found: readonly Mapping[]): readonly Mapping[] {
  const same = row ? found.filter((candidate) => sameComments(row, candidate)) : []
  return same.length > 0 ? same : found
}

function agrees([row]: readonly Mapping[], candidate: Mapping, names: RelationNames): boolean {
  return row !== undefined && rowsAgree(row, candidate, names)
}

function keyOf([row]: readonly Mapping[]): string | undefined {
  return row && contentKey(row)
}
