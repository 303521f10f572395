import { pairKey } from '../../matching/row-key.js'
import type { Mapping } from '../../model/mapping.js'
import { techniqueOf, type RowChange } from './row-change.js'

/**
 * Says of each row that got another technique whether one that had a different technique before now maps the same capability to
 * the same technique, by the same mapping type and score category.
 */
export function noteSameRows(changes: readonly RowChange[]): readonly RowChange[] {
  const changed = changes.filter(hasOtherTechnique)
  if (changed.length === 0) return changes
  // Few techniques are new in a set: only their rows are compared. Of each former technique the first row counts.
  const ids = new Set(changed.map(({ after }) => techniqueOf(after)?.id))
  const groups = new Map<string, Map<string | undefined, Mapping>>()
  for (const { before, after } of changes) {
    if (!after || !ids.has(techniqueOf(after)?.id)) continue
    const key = sameKey(after)
    const firsts = groups.get(key) ?? new Map<string | undefined, Mapping>()
    groups.set(key, firsts)
    const former = techniqueOf(before)?.id
    if (!firsts.has(former)) firsts.set(former, after)
  }
  return changes.map((change) => {
    if (!change.after || !hasOtherTechnique(change)) return change
    const former = techniqueOf(change.before)?.id
    const [, sameAs] = [...groups.get(sameKey(change.after)) ?? []].find(([id]) => id !== former) ?? []
    return sameAs ? { ...change, sameAs } : change
  })
}

function hasOtherTechnique({ before, after }: RowChange): boolean {
  return after !== undefined && techniqueOf(before)?.id !== techniqueOf(after)?.id
}

function sameKey(row: Mapping): string {
  return JSON.stringify([pairKey(row), row.relation, row.score?.category, row.release?.domain])
}
