/** Orders text by UTF-16 code units: the same on every machine, unlike a locale's order. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Orders text with numbers by value: "/mapping_objects/9" before "/mapping_objects/10", "AC-2" before "AC-10". */
export function compareNaturally(a: string, b: string): number {
  const left = a.match(/\d+|\D+/g) ?? []
  const right = b.match(/\d+|\D+/g) ?? []
  for (const [index, part] of left.entries()) {
    const other = right[index]
    if (other === undefined) return 1
    const order = Number(part) - Number(other)
    const step = Number.isNaN(order) ? compareText(part, other) : order
    if (step !== 0) return step
  }
  return left.length - right.length
}

/** Orders ids naturally; ids that differ only in leading zeros ("AC-2", "AC-02") by their text. */
export function compareIds(a: string, b: string): number {
  return compareNaturally(a, b) || compareText(a, b)
}

/** The letters and digits of a name, in lower case: "Technique Scores" and "technique_scores" are both "techniquescores". */
export function foldName(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
}

/** The text on one line, with single spaces between words. */
export function foldSpace(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

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
