import type { ResolvedSet } from '../../model/mapping-set.js'

/** A set whose text is fit for every reader of JSON, and how many of its texts were not. */
export interface MendedSet {
  readonly set: ResolvedSet
  readonly changed: number
}

/**
 * Replaces halves of surrogate pairs by U+FFFD: they are no characters, and UTF-8 cannot hold them. Before anything is made of
 * the set, so that names and labels are told apart by what is written. Gives the set itself when there are none.
 */
export function mendSet(set: ResolvedSet): MendedSet {
  const changed = countHalved(set)
  return { set: changed === 0 ? set : mend(set), changed }
}

function mend<Value>(value: Value): Value
function mend(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed()
  if (value instanceof Map) return new Map(Array.from(value, ([key, item]) => [mend(key), mend(item)]))
  if (Array.isArray(value)) return value.map((item) => mend(item))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mend(item)]))
}

/** How many texts hold half of a pair. Nearly always none, and nothing needs to be copied. */
function countHalved(value: unknown): number {
  if (typeof value === 'string') return value.isWellFormed() ? 0 : 1
  if (typeof value !== 'object' || value === null) return 0
  let count = 0
  if (value instanceof Map) {
    for (const [key, item] of value) count += countHalved(key) + countHalved(item)
  } else {
    for (const item of Object.values(value)) count += countHalved(item)
  }
  return count
}
