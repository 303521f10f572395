import type { PlaceBranch, PlaceNode } from '../place-tree.js'
import { skipNumber, skipSpace, skipString, skipWord } from './json-tokens.js'

/** The first thing that is wrong with a JSON text. */
export interface JsonProblem {
  readonly kind: 'syntax' | 'depth'
  readonly at: number
  readonly expected: string
}

/** What a scan finds: the places of all values, or the first problem. */
export interface JsonScan {
  readonly root?: PlaceNode
  readonly problem?: JsonProblem
}

/**
 * Walks a JSON text once, without recursion, by the grammar of RFC 8259. It finds places and problems, not values:
 * `JSON.parse` is quicker at those, but says nothing of places, and words its errors differently in every engine.
 */
export function scanJson(text: string, depthLimit: number): JsonScan {
  const open: PlaceBranch[] = []
  let root: PlaceNode | undefined
  let at = skipSpace(text, 0)

  for (;;) {
    // A value, after its name where it stands in an object.
    let parent = open.at(-1)
    if (parent?.keys) {
      if (text[at] !== '"') return fail(at, `a name in double quotes${parent.keys.length === 0 ? ', or }' : ''}`)
      const end = skipString(text, at)
      if (end < 0) return fail(~end, insideString(text, ~end))
      addKey(parent.keys, text.slice(at, end))
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

    // What follows a value: the ends of what is complete, then a comma or the end of the text.
    for (parent = open.at(-1); parent && text[at] === closer(parent); parent = open.at(-1)) {
      open.pop()
      at = skipSpace(text, at + 1)
    }
    if (!parent) return at < text.length || root === undefined ? fail(at, 'the end of the file') : { root }
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
  if (at >= text.length) return 'the closing quote of a text'
  return text[at - 1] === '\\'
    ? 'an escape that JSON knows, such as \\n or \\u00e9'
    : 'an escape such as \\n for a control character'
}

function addKey(keys: string[], quoted: string): void {
  keys.push(quoted.includes('\\') ? String(JSON.parse(quoted)) : quoted.slice(1, -1))
}
