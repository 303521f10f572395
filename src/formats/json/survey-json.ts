import type { PlaceBranch } from '../places.js'
import { readString } from './scan-json.js'

/** What a survey of a JSON text counts, and where its outer values are. Exact for well-formed texts only. */
export interface JsonSurvey {
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
  /** The numbers of members in the objects and lists that `root` has, but no branches for, in the order of the text. */
  readonly inside: readonly number[]
  /** The offsets at which lines start. */
  readonly lines: ArrayLike<number>
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
  const cursor = startOf(bytes, mostValues)
  let root: PlaceBranch | undefined
  /** The branches that are open; whether a value of the innermost, or its name, begins next. */
  const open: PlaceBranch[] = []
  const inside: number[] = []
  let isNext = false
  while (cursor.at < bytes.length && cursor.values <= mostValues) {
    const branch = open.at(-1)
    const byte = bytes[cursor.at] ?? 0
    const place = cursor.at - cursor.surplus
    if (byte === quote) {
      if (!skipString(cursor)) break
      if (isNext && branch && !addString(branch, place, text, cursor.at - cursor.surplus)) break
      isNext = false
    } else if (byte === 0x7b || byte === 0x5b) {
      enter(cursor)
      isNext = cursor.depth <= placedDepth
      if (isNext) {
        const opened: PlaceBranch = byte === 0x7b ? { at: place, keys: [], items: [] } : { at: place, items: [] }
        root ??= opened
        branch?.items.push(opened)
        open.push(opened)
      } else {
        branch?.items.push(place)
        const { members } = cursor
        if (!skipInside(cursor)) break
        inside.push(cursor.members - members)
      }
    } else {
      if (byte === 0x2c || byte === 0x3a) isNext = true
      else if (byte === 0x7d || byte === 0x5d) {
        open.pop()
        cursor.depth -= 1
        isNext = false
      } else if (byte > 0x20 && isNext && branch) {
        branch.items.push(place)
        isNext = false
      }
      skipByte(cursor, byte)
    }
  }
  const { deepest, members, values, longest } = cursor
  return { depth: deepest, members, values, longest, root, inside, lines: cursor.lines.subarray(0, cursor.lineCount) }
}

/** Adds the name of a member, or the place of a string, to a branch; false if it is malformed. */
function addString(branch: PlaceBranch, start: number, text: string, end: number): boolean {
  if (branch.keys?.length !== branch.items.length) {
    branch.items.push(start)
    return true
  }
  const name = nameAt(text, start, end)
  if (name !== undefined) branch.keys.push(name)
  return name !== undefined
}

/** How far a text is read, and what was counted. */
interface Cursor {
  readonly bytes: Uint8Array
  readonly mostValues: number
  at: number
  depth: number
  deepest: number
  members: number
  /** Each comma separates two values, and each list or object that is not empty has a first. */
  values: number
  longest: number
  /** Bytes that the characters so far have beyond one for each UTF-16 unit. */
  surplus: number
  /** The first `lineCount` are filled. */
  lines: Int32Array
  lineCount: number
}

function startOf(bytes: Uint8Array, mostValues: number): Cursor {
  // The first line starts at 0.
  return { bytes, mostValues, at: 0, depth: 0, deepest: 0, members: 0, values: 1, longest: 0, surplus: 0, lines: new Int32Array(256), lineCount: 1 }
}

const quote = 0x22

/**
 * Skips what is left of the object or list that was entered: nearly all of a text. Apart from what makes places, so that V8 optimises this once, and not anew
 * for each kind of place. False if a string is malformed. Also ends after the most values.
 */
function skipInside(cursor: Cursor): boolean {
  const { bytes, mostValues } = cursor
  const floor = cursor.depth
  while (cursor.depth >= floor && cursor.at < bytes.length && cursor.values <= mostValues) {
    const byte = bytes[cursor.at] ?? 0
    if (byte === quote) {
      if (!skipString(cursor)) return false
    } else if (byte === 0x7b || byte === 0x5b) {
      enter(cursor)
    } else {
      if (byte === 0x7d || byte === 0x5d) cursor.depth -= 1
      skipByte(cursor, byte)
    }
  }
  return true
}

/** Skips a byte outside of strings, and the indentation after a line's end. */
function skipByte(cursor: Cursor, byte: number): void {
  const { bytes } = cursor
  let at = cursor.at + 1
  if (byte === 0x2c) cursor.values += 1
  else if (byte === 0x3a) cursor.members += 1
  else if (byte === 0x0a || (byte === 0x0d && bytes[at] !== 0x0a)) addLine(cursor, at - cursor.surplus)
  else if (byte >= 0x80) cursor.surplus += surplusOf(byte)
  while (at < bytes.length && bytes[at] === 0x20) at += 1
  cursor.at = at
}

function addLine(cursor: Cursor, start: number): void {
  if (cursor.lineCount === cursor.lines.length) {
    const lines = new Int32Array(cursor.lineCount * 2)
    lines.set(cursor.lines)
    cursor.lines = lines
  }
  cursor.lines[cursor.lineCount] = start
  cursor.lineCount += 1
}

/** Enters an object or a list, whose bracket is next. */
function enter(cursor: Cursor): void {
  const { bytes } = cursor
  cursor.at += 1
  cursor.depth += 1
  if (cursor.depth > cursor.deepest) cursor.deepest = cursor.depth
  let first = cursor.at
  while (first < bytes.length && (bytes[first] ?? 0) <= 0x20) first += 1
  const byte = bytes[first]
  if (byte !== undefined && byte !== 0x7d && byte !== 0x5d) cursor.values += 1
}

/** Skips a string; false if a control character, or the end of the text, comes before its end. */
function skipString(cursor: Cursor): boolean {
  const { bytes } = cursor
  const start = cursor.at
  let at = start + 1
  let bits = 0
  let byte = bytes[at] ?? 0
  while (byte !== quote && byte >= 0x20) {
    bits |= byte
    at += byte === 0x5c ? 2 : 1
    byte = bytes[at] ?? 0
  }
  if (byte !== quote) return false
  const before = cursor.surplus
  if (bits >= 0x80) for (let inside = start + 1; inside < at; inside += 1) cursor.surplus += surplusOf(bytes[inside] ?? 0)
  const length = at - start - 1 - (cursor.surplus - before)
  if (length > cursor.longest) cursor.longest = length
  cursor.at = at + 1
  return true
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
