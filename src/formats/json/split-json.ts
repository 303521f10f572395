import { markLength } from '../decode-characters.js'
import type { Position } from '../places.js'

/** A JSON document in UTF-8 whose long list is apart from the rest: the bytes before its items, after them, and of some items at a time. */
export interface SplitJson {
  /** The name of the list in the document, which is an object. */
  readonly name: string
  /** The number of its items. */
  readonly length: number
  /** Where the document begins, after a byte order mark, and where the first item may begin. */
  readonly start: number
  readonly open: number
  /** The bracket that closes the list. */
  readonly close: Mark
  readonly parts: readonly JsonPart[]
}

/** A place in bytes, and its line and column in UTF-16 units. */
interface Mark extends Position {
  readonly at: number
}

/** Bytes of items, with the commas between them; the first and the number of these items. */
export interface JsonPart extends Mark {
  readonly end: number
  readonly first: number
  readonly items: number
}

/** Sizes in bytes: from which on a part ends after an item, how large one may be, and how large what is before and after the list. */
export interface SplitSizes {
  readonly part: number
  readonly most: number
  readonly rest: number
}

/**
 * Splits a document at its first list that has one of the names. Undefined if there is none, or something else is large: an item, or what
 * is around the list. It follows strings and brackets only: the document is well-formed if its parts, each within brackets, and what is
 * before and after them are. Linear, and takes no memory but for the parts.
 */
export function splitJson(bytes: Uint8Array, names: ReadonlySet<string>, sizes: SplitSizes): SplitJson | undefined {
  const start = markLength(bytes)
  let line = 1
  // Where the line would start if all of its characters so far had one byte for each UTF-16 unit.
  let lineStart = start
  let depth = 0
  let [nameStart, nameEnd] = [0, 0]
  let list: { readonly name: string; readonly open: number } | undefined
  let close: Mark | undefined
  const parts: JsonPart[] = []
  let part = { at: 0, line: 0, column: 0, first: 0 }
  let items = 0
  const mark = (at: number): Mark => ({ at, line, column: at - lineStart + 1 })
  const endPart = (end: number): boolean => {
    parts.push({ ...part, end, items: items - part.first })
    part = { ...mark(end + 1), first: items }
    return end - (parts.at(-1)?.at ?? 0) <= sizes.most
  }

  for (let at = start; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0
    const isListed = list !== undefined && close === undefined
    if (byte === 0x22) {
      const opening = at
      for (at += 1; bytes[at] !== 0x22; at += 1) {
        const inside = bytes[at]
        if (inside === undefined || inside < 0x20) return undefined
        if (inside === 0x5c) at += 1
        else if (inside >= 0x80) lineStart += inside < 0xc0 ? 1 : inside < 0xf0 ? 0 : -1
      }
      if (depth === 1) [nameStart, nameEnd] = [opening, at + 1]
    } else if (byte === 0x2c) {
      if (!isListed || depth !== 2) continue
      items += 1
      if (at - part.at >= sizes.part && !endPart(at)) return undefined
    } else if (byte === 0x7b || byte === 0x5b) {
      depth += 1
      if (depth !== 2 || byte !== 0x5b || list) continue
      const name = nameOf(bytes.subarray(nameStart, nameEnd))
      if (!names.has(name)) continue
      list = { name, open: at + 1 }
      part = { ...mark(at + 1), first: 0 }
    } else if (byte === 0x7d || byte === 0x5d) {
      depth -= 1
      if (!isListed || depth !== 1) continue
      // A list without items has no parts.
      if (items > 0 || !isBlank(bytes.subarray(part.at, at))) {
        items += 1
        if (!endPart(at)) return undefined
      }
      close = mark(at)
    } else if (byte === 0x0a || (byte === 0x0d && bytes[at + 1] !== 0x0a)) {
      line += 1
      lineStart = at + 1
    }
    if (!isListed && at - (close?.at ?? start) > sizes.rest) return undefined
  }
  return list && close && { ...list, length: items, start, close, parts }
}

/** The text of a string; '' if it is malformed. */
function nameOf(bytes: Uint8Array): string {
  try {
    return String(JSON.parse(new TextDecoder().decode(bytes)))
  } catch {
    return ''
  }
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09)
}
