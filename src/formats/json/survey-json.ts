import type { PlaceBranch } from '../places.js'
import { readString, skipString } from './scan-json.js'

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
}

/** How deep the branches are whose values a survey places. */
const PLACED_DEPTH = 2

/**
 * The depth of a JSON text, the numbers of its members and values, and the places of the outer ones: a quick pass that protects what
 * follows from hostile texts, and finds repeated names, since parsed objects then have fewer members. Ends after `mostValues`.
 */
export function surveyJson(text: string, mostValues = Number.POSITIVE_INFINITY): JsonSurvey {
  let depth = 0
  let deepest = 0
  let members = 0
  let longest = 0
  // Each comma separates two values, and each list or object that is not empty has a first.
  let values = 1
  let isOpened = false
  let root: PlaceBranch | undefined
  /** The branches that are open, and the innermost if its values are placed; whether a value, or its name, begins next. */
  const open: PlaceBranch[] = []
  let branch: PlaceBranch | undefined
  let isNext = true
  let at = 0
  while (at < text.length && values <= mostValues) {
    const code = text.charCodeAt(at)
    if (code <= 0x20) {
      at += 1
      continue
    }
    const isClosing = code === 0x7d || code === 0x5d
    if (isOpened && !isClosing) values += 1
    isOpened = false
    if (code === 0x22) {
      const end = skipString(text, at)
      if (end < 0) break
      if (end - at - 2 > longest) longest = end - at - 2
      if (isNext && branch) {
        isNext = false
        if (branch.keys && branch.keys.length === branch.items.length) branch.keys.push(readString(text, at, end))
        else branch.items.push(at)
      }
      at = end
      continue
    }
    if (code === 0x3a) {
      members += 1
      isNext = true
    } else if (code === 0x2c) {
      values += 1
      isNext = true
    } else if (code === 0x7b || code === 0x5b) {
      depth += 1
      if (depth > deepest) deepest = depth
      isOpened = true
      if (depth <= PLACED_DEPTH) {
        const opened: PlaceBranch = code === 0x7b ? { at, keys: [], items: [] } : { at, items: [] }
        if (branch) branch.items.push(opened)
        else root ??= opened
        open.push(opened)
        branch = opened
      } else {
        if (isNext && branch) branch.items.push(at)
        branch = undefined
      }
      isNext = true
    } else if (isClosing) {
      if (depth <= PLACED_DEPTH) open.pop()
      depth -= 1
      if (depth <= PLACED_DEPTH) branch = open.at(-1)
      isNext = false
    } else if (isNext && branch) {
      branch.items.push(at)
      isNext = false
    }
    at += 1
  }
  return { depth: deepest, members, values, longest, root }
}
