import type { PlaceBranch } from '../places.js'
import { readString } from './scan-json.js'

/** What a survey of a JSON text counts, and where its outer values are. Exact for well-formed texts only. */
interface JsonSurvey {
  readonly depth: number
  /** Members of objects: a name and a value. */
  readonly members: number
  /** All values. */
  readonly values: number
  /** Length of the longest string, with its escapes. */
  readonly longest: number
  /**
   * The places of the document, if it is an object or a list, of its values and of their values: rows are that deep in mapping files, bundles
   * and layers. What is deeper has no branches.
   */
  readonly root: PlaceBranch | undefined
  /** The offsets at which lines start. */
  readonly lines: readonly number[]
}

/** How deep the branches are whose values a survey usually places. */
const usualDepth = 2

/**
 * The depth of a JSON text, the numbers of its members and values, and the places of the outer ones: a quick pass that protects what
 * follows from hostile texts, and finds repeated names, since parsed objects then have fewer members. Ends after `mostValues`. It reads the
 * text as UTF-8, several times as fast as character by character; offsets are those in the text. `bytes`: the text in UTF-8, if it is there.
 */
export function surveyJson(
  text: string, mostValues = Number.POSITIVE_INFINITY, placedDepth = usualDepth, bytes: Uint8Array = new TextEncoder().encode(text),
): JsonSurvey {
  let depth = 0
  let deepest = 0
  let members = 0
  let longest = 0
  // Each comma separates two values, and each list or object that is not empty has a first.
  let values = 1
  let root: PlaceBranch | undefined
  /** The branches that are open, and the innermost if its values are placed; whether one of these, or its name, begins next. */
  const open: PlaceBranch[] = []
  let branch: PlaceBranch | undefined
  let isNext = false
  const lines = [0]
  /** Bytes that the characters so far have beyond one for each UTF-16 unit. */
  let surplus = 0
  let at = 0
  // Strings and indentation, which are most of a text, have loops of their own; the tests are in the order of what is most frequent.
  while (at < bytes.length && values <= mostValues) {
    const byte = bytes[at] ?? 0
    if (byte === quote) {
      const start = at
      let bits = 0
      let next = bytes[++at] ?? 0
      while (next !== quote && next >= 0x20) {
        bits |= next
        at += next === 0x5c ? 2 : 1
        next = bytes[at] ?? 0
      }
      // A control character, or the end of the text: it is malformed.
      if (next !== quote) break
      const begin = start - surplus
      if (bits >= 0x80) for (let inside = start + 1; inside < at; inside += 1) surplus += surplusOf(bytes[inside] ?? 0)
      at += 1
      const end = at - surplus
      if (end - begin - 2 > longest) longest = end - begin - 2
      if (isNext && branch) {
        isNext = false
        if (branch.keys && branch.keys.length === branch.items.length) {
          const name = nameAt(text, begin, end)
          if (name === undefined) break
          branch.keys.push(name)
        } else branch.items.push(begin)
      }
      continue
    }
    at += 1
    if (byte === 0x20) continue
    if (byte === 0x2c) {
      values += 1
      isNext = branch !== undefined
    } else if (byte === 0x3a) {
      members += 1
      isNext = branch !== undefined
    } else if (byte < 0x20) {
      if (byte === 0x0a || (byte === 0x0d && bytes[at] !== 0x0a)) {
        lines.push(at - surplus)
        while (bytes[at] === 0x20) at += 1
      }
    } else if (byte === 0x7b || byte === 0x5b) {
      depth += 1
      if (depth > deepest) deepest = depth
      const place = at - 1 - surplus
      if (depth <= placedDepth) {
        const opened: PlaceBranch = byte === 0x7b ? { at: place, keys: [], items: [] } : { at: place, items: [] }
        if (branch) branch.items.push(opened)
        else root ??= opened
        open.push(opened)
        branch = opened
      } else {
        if (isNext && branch) branch.items.push(place)
        branch = undefined
      }
      isNext = branch !== undefined
      const first = firstAfter(bytes, at)
      if (first !== 0 && first !== 0x7d && first !== 0x5d) values += 1
    } else if (byte === 0x7d || byte === 0x5d) {
      if (depth <= placedDepth) open.pop()
      depth -= 1
      if (depth <= placedDepth) branch = open.at(-1)
      isNext = false
    } else {
      if (isNext && branch) {
        branch.items.push(at - 1 - surplus)
        isNext = false
      }
      surplus += surplusOf(byte)
    }
  }
  return { depth: deepest, members, values, longest, root, lines }
}

const quote = 0x22

/** The first byte from an offset on that is no white space; 0 at the end. */
function firstAfter(bytes: Uint8Array, from: number): number {
  let at = from
  while (at < bytes.length && (bytes[at] ?? 0) <= 0x20) at += 1
  return bytes[at] ?? 0
}

/** The name that a string is; undefined if it is malformed: what a survey then finds does not matter. */
function nameAt(text: string, start: number, end: number): string | undefined {
  try {
    return readString(text, start, end)
  } catch {
    return undefined
  }
}

/** Each byte of a character beyond the first is surplus, but that characters of four bytes are two UTF-16 units. */
function surplusOf(byte: number): number {
  if (byte < 0x80) return 0
  if (byte < 0xc0) return 1
  return byte >= 0xf0 ? -1 : 0
}
