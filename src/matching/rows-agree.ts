import type { Mapping } from '../model/mapping.js'
import type { Relation } from '../model/mapping-set.js'
import { foldName, foldSpace } from './fold-text.js'

/** How to tell that two mapping types are one: a page prints the name of what a file calls by its id. */
export interface RelationNames {
  readonly left: ReadonlyMap<string, Relation>
  readonly right: ReadonlyMap<string, Relation>
}

/**
 * Whether two rows of one pair contradict each other in nothing that both state. An auditor's verdict is about the row, not of it: two
 * auditors who disagree speak of one row.
 */
export function rowsAgree(left: Mapping, right: Mapping, names: RelationNames): boolean {
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
