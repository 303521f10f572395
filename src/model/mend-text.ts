import type { ResolvedSet } from './mapping-set.js'

/** A set whose text is fit for every reader of JSON, and how many of its texts were not. */
interface MendedSet {
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

/**
 * The same value with halves of surrogate pairs, in names and texts, replaced by U+FFFD: they are no characters, and neither
 * UTF-8 nor most readers of JSON and YAML can hold them. Returns the value itself when it has none, as nearly always.
 */
export function mendHalves<Value>(value: Value): { readonly value: Value; readonly changed: number } {
  if (countHalves(value) === 0) return { value, changed: 0 }
  let changed = 0
  const text = JSON.stringify(value).replaceAll(/\\ud[89a-f][0-9a-f]{2}/g, (escape, offset: number, whole: string) => {
    // JSON.stringify escapes halves alone (ECMA-262, 25.5.2.3); an escaped backslash before it makes it plain text.
    if (!isEscape(whole, offset)) return escape
    changed += 1
    return '\uFFFD'
  })
  const mended: Value = JSON.parse(text)
  return { value: mended, changed }
}

/** Whether the backslash here is one that escapes: preceded by an even number of backslashes. */
function isEscape(text: string, offset: number): boolean {
  let start = offset
  while (text[start - 1] === '\\') start -= 1
  return (offset - start) % 2 === 0
}

function countHalves(value: unknown): number {
  if (typeof value === 'string') return value.isWellFormed() ? 0 : 1
  if (typeof value !== 'object' || value === null) return 0
  let count = 0
  for (const [key, item] of Object.entries(value)) count += (key.isWellFormed() ? 0 : 1) + countHalves(item)
  return count
}
