import type { PlaceBranch, PlaceNode } from '../places.js'

/** The first error of a JSON text. */
export interface JsonProblem {
  readonly kind: 'syntax' | 'depth'
  readonly at: number
  readonly expected: string
}

/** The places of all values, or the first problem. */
interface JsonScan {
  readonly root?: PlaceNode
  readonly problem?: JsonProblem
}

/**
 * Scans a JSON text once, without recursion, by the grammar of RFC 8259, for places and problems. `JSON.parse` is faster at values,
 * but gives no places, and its error messages depend on the engine. With `start`, only the value that begins there is scanned.
 */
export function scanJson(text: string, depthLimit: number, start?: number): JsonScan {
  const open: PlaceBranch[] = []
  let root: PlaceNode | undefined
  let at = skipSpace(text, start ?? 0)

  for (;;) {
    // A value, after its name if it is in an object.
    let parent = open.at(-1)
    if (parent?.keys) {
      if (text[at] !== '"') return fail(at, `a name in double quotes${parent.keys.length === 0 ? ', or }' : ''}`)
      const end = skipString(text, at)
      if (end < 0) return fail(~end, insideString(text, ~end))
      parent.keys.push(readString(text, at, end))
      at = skipSpace(text, end)
      if (text[at] !== ':') return fail(at, ':')
      at = skipSpace(text, at + 1)
    }
    const first = text[at]
    let node: PlaceNode = at
    if (first === '{' || first === '[') {
      if (open.length === depthLimit) return fail(at, `at most ${depthLimit} levels`, 'depth')
      node = first === '{' ? { at, keys: [], items: [] } : { at, items: [] }
      at += 1
    } else {
      const end = first === '"' ? skipString(text, at) : skipNumber(text, at) ?? skipWord(text, at)
      if (end === undefined) return fail(at, parent && !parent.keys && parent.items.length === 0 ? 'a value, or ]' : 'a value')
      if (end < 0) return fail(~end, insideString(text, ~end))
      at = end
    }
    if (parent) parent.items.push(node)
    else root = node
    at = skipSpace(text, at)
    if (typeof node !== 'number') {
      open.push(node)
      if (text[at] !== closer(node)) continue
    }

    // After a value: the ends of complete objects and lists, then a comma or the end of the text.
    for (parent = open.at(-1); parent && text[at] === closer(parent); parent = open.at(-1)) {
      open.pop()
      at = skipSpace(text, at + 1)
    }
    if (!parent) return (at < text.length && start === undefined) || root === undefined ? fail(at, 'the end of the file') : { root }
    if (text[at] !== ',') return fail(at, `, or ${closer(parent)}`)
    at = skipSpace(text, at + 1)
  }
}

function fail(at: number, expected: string, kind: JsonProblem['kind'] = 'syntax'): JsonScan {
  return { problem: { kind, at, expected } }
}

function closer(branch: PlaceBranch): string {
  return branch.keys ? '}' : ']'
}

function insideString(text: string, at: number): string {
  if (at >= text.length) return 'the closing quote of a string'
  return text[at - 1] === '\\'
    ? 'a valid escape, such as \\n or \\u00e9'
    : 'an escape such as \\n for a control character'
}

/** The text of a well-formed string from its opening quote to the offset after its closing one. */
export function readString(text: string, start: number, end: number): string {
  const inside = text.slice(start + 1, end - 1)
  return inside.includes('\\') ? String(JSON.parse(text.slice(start, end))) : inside
}

/** The offset of the next character that is not JSON's white space (RFC 8259, section 2). */
function skipSpace(text: string, start: number): number {
  let at = start
  for (;;) {
    const code = text.charCodeAt(at)
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return at
    at += 1
  }
}

/** The offset after the string that starts here; `~offset` of the first invalid character of a malformed one. */
function skipString(text: string, start: number): number {
  let at = start + 1
  for (;;) {
    const code = text.charCodeAt(at)
    if (code === 0x22) return at + 1
    if (code === 0x5c) {
      const length = escapeLength(text, at)
      if (length === 0) return ~(at + 1)
      at += length
    } else if (code >= 0x20) {
      at += 1
    } else {
      // A control character, or NaN: the end of the text.
      return ~at
    }
  }
}

const hexadecimal = /^[0-9a-fA-F]{4}$/

function escapeLength(text: string, at: number): number {
  const next = text[at + 1]
  if (next === undefined) return 0
  if (next === 'u') return hexadecimal.test(text.slice(at + 2, at + 6)) ? 6 : 0
  return '"\\/bfnrt'.includes(next) ? 2 : 0
}

const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y

/** The offset after the number that starts here, if one does. */
function skipNumber(text: string, start: number): number | undefined {
  number.lastIndex = start
  return number.test(text) ? number.lastIndex : undefined
}

/** The offset after `true`, `false` or `null`, if one of them starts here. */
function skipWord(text: string, start: number): number | undefined {
  const word = ['true', 'false', 'null'].find((candidate) => text.startsWith(candidate, start))
  return word === undefined ? undefined : start + word.length
}
