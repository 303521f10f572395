import { pairKey } from '../../matching/row-key.js'
import type { Mapping } from '../../model/mapping.js'
import { techniqueOf, type RowChange } from './row-change.js'

/**
 * Says of each row that got another technique whether one that had a different technique before now maps the same capability to the same
 * technique, by the same mapping type and score category.
 */
export function noteSameRows(changes: readonly RowChange[]): readonly RowChange[] {
  const groups = new Map<string, RowChange[]>()
  for (const change of changes) {
    if (!change.after) continue
    const key = sameKey(change.after)
    const group = groups.get(key)
    if (group) group.push(change)
    else groups.set(key, [change])
  }
  return changes.map((change) => {
    if (!change.after || techniqueOf(change.before)?.id === techniqueOf(change.after)?.id) return change
    const former = techniqueOf(change.before)?.id
    const other = groups.get(sameKey(change.after))?.find(({ before }) => techniqueOf(before)?.id !== former)
    return other?.after ? { ...change, sameAs: other.after } : change
  })
}

function sameKey(row: Mapping): string {
  return JSON.stringify([pairKey(row), row.relation, row.score?.category, row.release?.domain])
}
