import { foldName, foldSpace } from '../model/compare-text.js'
import type { Relation } from '../model/mapping-set.js'
import type { Mapping } from '../model/mapping.js'
import { contentKey, groupRows, pairKey } from './keys.js'

/** What a row is, among candidates: one of them, one of several that say different things, or none. */
export type RowMatch =
  | { readonly kind: 'none' }
  | { readonly kind: 'one'; readonly candidate: Mapping }
  | { readonly kind: 'several'; readonly candidates: readonly Mapping[] }

/** Candidates by `pairKey`. */
type RowsByPair = ReadonlyMap<string, Iterable<Mapping>>

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
      matchGroup(open, preferSameComments(open, [...left].filter((candidate) => agreesWith(open, candidate, names))), left, matches)
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

function agreesWith([row]: readonly Mapping[], candidate: Mapping, names: RelationNames): boolean {
  return row !== undefined && rowsAgree(row, candidate, names)
}

function keyOf([row]: readonly Mapping[]): string | undefined {
  return row && contentKey(row)
}

/** How to tell that two mapping types are one: a page prints the name of what a file calls by its id. */
interface RelationNames {
  readonly left: ReadonlyMap<string, Relation>
  readonly right: ReadonlyMap<string, Relation>
}

/**
 * Whether two rows of one pair contradict each other in nothing that both state. An auditor's verdict is about the row, not of it: two
 * auditors who disagree speak of one row.
 */
function rowsAgree(left: Mapping, right: Mapping, names: RelationNames): boolean {
  return (
    relationsAgree(left.relation, right.relation, names) &&
    agree(left.comments, right.comments, sameWords) &&
    agree(left.group, right.group) &&
    agree(left.status, right.status) &&
    agree(left.score?.category, right.score?.category) &&
    agree(left.score?.value, right.score?.value) &&
    agree(left.score?.related, right.score?.related) &&
    agree(left.references, right.references, sameLists) &&
    agree(left.author, right.author, sameContent) &&
    agree(left.release, right.release, sameContent)
  )
}

/** Whether two rows print the same comments, or both none, whatever the white space. */
export function sameComments(left: Mapping, right: Mapping): boolean {
  return sameWords(left.comments ?? '', right.comments ?? '')
}

function agree<Value>(left: Value | undefined, right: Value | undefined, same: (left: Value, right: Value) => boolean = Object.is): boolean {
  return left === undefined || right === undefined || same(left, right)
}

function relationsAgree(left: string | undefined, right: string | undefined, names: RelationNames): boolean {
  if (left === undefined || right === undefined || left === right) return true
  const leftNames = [left, names.left.get(left)?.name ?? left].map(foldName)
  const rightNames = new Set([right, names.right.get(right)?.name ?? right].map(foldName))
  return leftNames.some((name) => rightNames.has(name))
}

function sameWords(left: string, right: string): boolean {
  return foldSpace(left) === foldSpace(right)
}

function sameLists(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((item, index) => item === right[index])
}

function sameContent(left: object, right: object): boolean {
  const entries = Object.entries(right)
  const other = new Map<string, unknown>(entries)
  return Object.keys(left).length === entries.length && Object.entries(left).every(([key, value]) => other.get(key) === value)
}
