import type { Report } from '../diagnostics/diagnostic.js'
import type { DocumentFile } from './decoded.js'

/** A step of a JSON pointer (RFC 6901), escaped, with its slash. */
export function pointerStep(step: string | number): string {
  return typeof step === 'number' ? `/${step}` : `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`
}

/** The address of a cell in A1 style: row 13 and column 1, counted from 0, are "B14". */
export function cellAddress(row: number, column: number): string {
  return `${columnLetters(column)}${row + 1}`
}

/** The letters of a column in a spreadsheet: 0 is "A", 26 is "AA". */
export function columnLetters(column: number): string {
  let letters = ''
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  }
  return letters
}

/** A line and a column, both from 1; columns count UTF-16 code units. */
export interface Position {
  readonly line: number
  readonly column: number
}

/**
 * Converts offsets in a text to positions: one pass over the text at first use, then logarithmic time. Lines end at \r\n, \n and \r. `lines`:
 * the offsets at which they start, if they are known.
 */
export function positionFinder(text: string, lines?: ArrayLike<number>): (offset: number) => Position {
  let starts = lines
  return (offset) => {
    starts ??= lineStarts(text)
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 }
  }
}

function lineStarts(text: string): number[] {
  const starts = [0]
  if (text.includes('\r')) {
    for (const { 0: end, index } of text.matchAll(/\r\n|[\n\r]/g)) starts.push(index + end.length)
    return starts
  }
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

/** A position in a text that begins at another position. */
export function shiftPosition({ line, column }: Position, from: Position): Position {
  return { line: from.line + line - 1, column: line === 1 ? from.column + column - 1 : column }
}

/** Where a value of a tree document starts: the offset of a scalar, or the branch of an object or list. */
export type PlaceNode = number | PlaceBranch

/** An object, which has `keys` parallel to `items`, or a list. */
export interface PlaceBranch {
  readonly at: number
  readonly keys?: string[]
  readonly items: PlaceNode[]
}

/**
 * Finds the offset of the value at a JSON pointer; undefined if there is none. Objects are indexed on first use. The last of
 * repeated names counts, as it does for values. `expand` finds the branches of a value whose offset alone is known. With `item`, finds that item
 * of the list at the pointer.
 */
export function placeFinder(
  root: PlaceNode, expand?: (at: number) => PlaceNode | undefined,
): (pointer: string, item?: number) => number | undefined {
  const indexes = new Map<PlaceBranch, Map<string, number>>()
  // Rows of a list are asked for one after the other.
  let last: { readonly pointer: string; readonly branch: PlaceBranch | undefined } | undefined
  return (pointer, item) => {
    if (item !== undefined) {
      const branch = branchAt(pointer)
      return branch?.keys ? undefined : offsetOf(branch?.items[item])
    }
    const end = pointer.lastIndexOf('/')
    if (end < 0) return pointer === '' ? offsetOf(root) : undefined
    const branch = branchAt(pointer.slice(0, end))
    return branch && offsetOf(branch.items[positionIn(branch, unescapeStep(pointer.slice(end + 1)))])
  }

  function branchAt(pointer: string): PlaceBranch | undefined {
    if (last?.pointer !== pointer) last = { pointer, branch: findBranch(pointer) }
    return last.branch
  }

  function findBranch(pointer: string): PlaceBranch | undefined {
    const steps = pointerSteps(pointer)
    let branch = steps && typeof root === 'object' ? root : undefined
    for (const step of steps ?? []) {
      if (!branch) return undefined
      const position = positionIn(branch, step)
      let node = branch.items[position]
      if (typeof node === 'number' && expand) branch.items[position] = node = expand(node) ?? node
      branch = typeof node === 'object' ? node : undefined
    }
    return branch
  }

  function positionIn(branch: PlaceBranch, step: string): number {
    return branch.keys ? indexOf(branch, branch.keys, indexes).get(step) ?? -1 : listPosition(step)
  }
}

/**
 * Finds the position of the value at a JSON pointer; undefined if there is none. `root`, and what the pointers find in it, are asked for when
 * the first position is.
 */
export function placeLocator(
  root: () => PlaceNode, positionOf: (offset: number) => Position, expand?: (at: number) => PlaceNode | undefined,
): (pointer: string, item?: number) => Position | undefined {
  let find: ((pointer: string, item?: number) => number | undefined) | undefined
  return (pointer, item) => {
    find ??= placeFinder(root(), expand)
    const offset = find(pointer, item)
    return offset === undefined ? undefined : positionOf(offset)
  }
}

function offsetOf(node: PlaceNode | undefined): number | undefined {
  return typeof node === 'object' ? node.at : node
}

/** The steps of a JSON pointer (RFC 6901), unescaped; undefined if it is not a pointer. */
function pointerSteps(pointer: string): readonly string[] | undefined {
  if (pointer === '') return []
  if (!pointer.startsWith('/')) return undefined
  return pointer.slice(1).split('/').map(unescapeStep)
}

function unescapeStep(step: string): string {
  return step.includes('~') ? step.replaceAll('~1', '/').replaceAll('~0', '~') : step
}

function indexOf(
  branch: PlaceBranch, keys: readonly string[], indexes: Map<PlaceBranch, Map<string, number>>,
): ReadonlyMap<string, number> {
  let index = indexes.get(branch)
  if (!index) {
    index = new Map(keys.map((key, position) => [key, position]))
    indexes.set(branch, index)
  }
  return index
}

/** The position in a list that a step of a pointer means; -1 if it means none. */
export function listPosition(step: string): number {
  return /^(?:0|[1-9][0-9]{0,9})$/.test(step) ? Number(step) : -1
}

/** A name that is repeated in one object, and the offset of its later value. */
export interface Duplicate {
  readonly at: number
  readonly key: string
}

/** The repeated names of all objects, in the order of the text. */
export function findDuplicates(root: PlaceNode): readonly Duplicate[] {
  const duplicates: Duplicate[] = []
  visit(root)
  return duplicates

  function visit(node: PlaceNode): void {
    if (typeof node === 'number') return
    const seen = new Set(node.keys)
    const repeats = node.keys !== undefined && seen.size < node.keys.length
    for (const [position, item] of node.items.entries()) {
      const key = node.keys?.[position]
      if (repeats && key !== undefined && !seen.delete(key)) {
        duplicates.push({ at: typeof item === 'number' ? item : item.at, key })
      }
      visit(item)
    }
  }
}

/** Limit of repeated names that are reported one by one; the last counts the rest. */
const NAMED = 10

/** Reports repeated names (`read/duplicate-name`). */
export function reportDuplicates(
  duplicates: readonly Duplicate[], positionOf: (offset: number) => Position, file: DocumentFile, report: Report,
): void {
  for (const [index, { at, key }] of duplicates.slice(0, NAMED).entries()) {
    report('read/duplicate-name', {
      origin: { document: file.name, place: { kind: 'text', ...positionOf(at) } },
      found: JSON.stringify(key.slice(0, 80)),
      ...(index === NAMED - 1 && { count: duplicates.length - index }),
    })
  }
}
