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
  let changed = 0
  const mended = mend(set)
  return { set: changed === 0 ? set : mended, changed }

  function mend<Value>(value: Value): Value
  function mend(value: unknown): unknown {
    if (typeof value === 'string') return mendText(value)
    if (value instanceof Map) return new Map(Array.from(value, ([key, item]) => [mend(key), mend(item)]))
    if (Array.isArray(value)) return value.map((item) => mend(item))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mend(item)]))
  }

  function mendText(text: string): string {
    if (text.isWellFormed()) return text
    changed += 1
    return text.toWellFormed()
  }
}
