import { isRecord } from './stated.js'

/** Orders text by UTF-16 code units: the same on every machine, unlike a locale's order. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Orders text with numbers by value: "/mapping_objects/9" before "/mapping_objects/10", "AC-2" before "AC-10". */
export function compareNaturally(a: string, b: string): number {
  if (a === b) return 0
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

/**
 * Whether every engine reads the text as an http(s) URL. They disagree about hosts with escapes: Chromium reads `https://%20host/`, Node.js
 * does not, as the standard says (WHATWG URL, section 4.3); artifacts must not depend on it.
 */
export function isHttpUrl(text: string): boolean {
  if (!/^https?:\/\/[^/?#%\\\s]+(?:[/?#]|$)/i.test(text)) return false
  try {
    // Not `URL.canParse`: once Node.js 20 has optimised it, it rejects hosts with letters of Latin 1.
    return new URL(text).host !== ''
  } catch {
    return false
  }
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
  let count = 0
  if (Array.isArray(value)) {
    for (const item of value) count += countIllFormed(item)
  } else if (value instanceof Map) {
    for (const [key, item] of value) count += countIllFormed(key) + countIllFormed(item)
  } else if (isRecord(value)) {
    // A list of the keys or values of each object would take longer than all the rest.
    for (const key in value) count += countIllFormed(key) + countIllFormed(value[key])
  }
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

/** Names of devices of Windows, which no file or folder can have there, with any extension. */
const deviceName = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[\d\u00B9\u00B2\u00B3])(?=[ ]*(?:\.|$))/i
/** In bytes of UTF-8; file systems take 255. */
const longestName = 200

/**
 * A text as one name of a file or folder, on every file system: never empty, nothing that leads to another folder, hides it or names a
 * device, no run of dots, at most 200 bytes. A text that is such a name already stays as it is.
 */
export function safeFileName(text: string): string {
  const plain = withoutControls(text).replaceAll(/[<>:"/\\|?*]/g, '_').replaceAll(/\.{2,}/g, '.')
  const cut = cutBytes(plain.replace(/^[. ]/, '_'), longestName)
  const last = cut.at(-1)
  const ended = last === '.' || last === ' ' ? `${cut.slice(0, -1)}_` : cut
  if (ended === '') return '_'
  return deviceName.test(ended) ? `_${ended}` : ended
}

/** A text with "_" for control characters and those that turn the direction of what follows, so that a name shows what it is. */
export function withoutControls(text: string): string {
  // eslint-disable-next-line no-control-regex -- these are the characters
  return text.toWellFormed().replaceAll(/[\u0000-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, '_')
}

/** The longest beginning of a text that has at most so many bytes in UTF-8. */
function cutBytes(text: string, most: number): string {
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(most))
  return text.slice(0, read)
}
