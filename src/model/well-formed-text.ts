/** A value whose texts are well-formed Unicode, and how many of its texts and keys were changed. */
interface WellFormed<Value> {
  readonly value: Value
  readonly changed: number
}

/**
 * Replaces lone surrogates by U+FFFD in all texts and keys of a value of records, lists and maps: they are not characters, and UTF-8
 * cannot encode them. Returns the value itself if it has none.
 */
export function toWellFormed<Value>(value: Value): WellFormed<Value> {
  const changed = countIllFormed(value)
  return { value: changed === 0 ? value : replaceInside(value), changed }
}

function replaceInside<Value>(value: Value): Value
function replaceInside(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed()
  if (value instanceof Map) return new Map(Array.from(value, ([key, item]) => [replaceInside(key), replaceInside(item)]))
  if (Array.isArray(value)) return value.map((item) => replaceInside(item))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [replaceInside(key), replaceInside(item)]))
}

/** Texts and keys with a lone surrogate. Nearly always 0, so that nothing needs to be copied. */
export function countIllFormed(value: unknown): number {
  if (typeof value === 'string') return value.isWellFormed() ? 0 : 1
  if (typeof value !== 'object' || value === null) return 0
  let count = 0
  for (const [key, item] of value instanceof Map ? value : Object.entries(value)) count += countIllFormed(key) + countIllFormed(item)
  return count
}

/** The text in at most `most` UTF-16 units, ending in "…" if something was cut; white space before the "…" is removed. */
export function shortenText(text: string, most: number): string {
  return text.length <= most ? text : `${cutText(text, most - 1).trimEnd()}…`
}

/** The first `most` UTF-16 units of a text, or one less where the cut would split a surrogate pair. */
export function cutText(text: string, most: number): string {
  return text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '')
}
