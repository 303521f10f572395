import { foldName, foldSpace } from '../model/text.js'
import type { Relation } from '../model/mapping-set.js'
import type { Mapping } from '../model/mapping.js'
import { contentKey, groupRows, pairKey } from './keys.js'

/** Whether a row is one of the candidates: none of them, one, or any of several with different content. */
export type RowMatch =
  | { readonly kind: 'none' }
  | { readonly kind: 'one'; readonly candidate: Mapping }
  | { readonly kind: 'several'; readonly candidates: readonly Mapping[] }

/** Candidates by `pairKey`. */
type RowsByPair = ReadonlyMap<string, Iterable<Mapping>>

/**
 * Finds the candidate that each row is: the one with the same pair and no contradicting value. Equal rows that have as many
 * candidates are matched in order, since the resulting set is the same in any order. Never guesses.
 */
export function matchRows(rows: readonly Mapping[], candidates: RowsByPair, names: RelationNames): ReadonlyMap<Mapping, RowMatch> {
  const matches = new Map<Mapping, RowMatch>()
  for (const [pair, ofPair] of groupRows(rows, pairKey)) {
    const left = new Set(candidates.get(pair))
    const groups = [...groupRows(ofPair, contentKey).values()]
    // Exact matches first, so that rows that state less don't compete for their candidates.
    for (const group of groups) matchGroup(group, [...left].filter((candidate) => contentKey(candidate) === keyOf(group)), left, matches)
    for (const group of groups) {
      const open = group.filter((row) => !matches.has(row))
      matchGroup(open, preferSameComments(open, [...left].filter((candidate) => agreesWith(open, candidate, names))), left, matches)
    }
    for (const row of ofPair) if (!matches.has(row)) matches.set(row, { kind: 'none' })
  }
  return matches
}

/** Matches a group of rows with equal content. */
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

/** Narrows candidates to those with the row's comments, or without comments if it has none; keeps all if there are no such. */
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

/** Mapping types of both sides, for comparing by id or name: a page prints the name where a file has the id. */
interface RelationNames {
  readonly left: ReadonlyMap<string, Relation>
  readonly right: ReadonlyMap<string, Relation>
}

/**
 * Whether two rows of one pair agree in every field that both state. Reviews are not compared: a verdict is about a row, not part
 * of it, and two auditors may disagree about one row.
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

/** Whether two rows have the same comments apart from white space, or both none. */
export function sameComments(left: Mapping, right: Mapping): boolean {
  return sameWords(left.comments ?? '', right.comments ?? '')
}

function agree<Value>(
  left: Value | undefined, right: Value | undefined, same: (left: Value, right: Value) => boolean = Object.is,
): boolean {
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
