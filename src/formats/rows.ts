import type { Place } from '../model/origin.js'
import { isList, isObject, type TableSheet, type TreeValue } from './decoded.js'
import { pointerStep, type Position } from './places.js'

/**
 * A row that a container has, whatever a parser makes of it: an item of a list, a record of a table, a line of a text. The pipeline
 * checks that each becomes a mapping or is reported.
 */
export interface SeenRow {
  readonly place: Place
  /** Where a row of text ends, exclusive; at the next row if absent. */
  readonly end?: Position
}

/** Gives the pointers of the items of a list, each made once: texts that are the same one in memory are compared at once. */
export function pointersOfItems(list: string): (index: number) => string {
  const made: string[] = []
  return (index) => (made[index] ??= `${list}/${index}`)
}

/** The items of a list of a tree by their pointers, made when they are asked for: there may be millions. */
export function itemsOfList(pointerOf: (index: number) => string, length: number): Iterable<SeenRow> {
  return {
    * [Symbol.iterator]() {
      for (let index = 0; index < length; index += 1) yield { place: { kind: 'pointer', pointer: pointerOf(index) } }
    },
  }
}

/**
 * The items at paths of a tree, such as `controls/[]/mitigates/[]`. The steps: a name, or several as `a|b`; `[]` for the items of a list,
 * where a single value is its own item; `*` for the items of a list or the members of an object. `at` is the pointer of `value`. An item
 * may contain others: `controls/[]` beside the path above, so that a control without techniques is not lost.
 */
export function itemsAt(value: TreeValue | undefined, at: string, ...paths: readonly string[]): readonly SeenRow[] {
  const found: SeenRow[] = []
  for (const path of paths) visit(value, at, path.split('/'), 0, found)
  return found
}

function visit(value: TreeValue | undefined, at: string, steps: readonly string[], depth: number, found: SeenRow[]): void {
  const step = steps[depth]
  if (step === undefined) found.push({ place: { kind: 'pointer', pointer: at } })
  else if (isList(value) && step === '[]') {
    for (let index = 0; index < value.length; index += 1) visit(value[index], `${at}/${index}`, steps, depth + 1, found)
  } else for (const [pointer, item] of below(value, at, step)) visit(item, pointer, steps, depth + 1, found)
}

type Placed = readonly [pointer: string, value: TreeValue]

function below(value: TreeValue | undefined, at: string, step: string): readonly Placed[] {
  if (value === undefined || value === null) return []
  if (step === '[]') return [[at, value]]
  if (isList(value)) return step === '*' ? value.map((item, index): Placed => [`${at}/${index}`, item]) : []
  if (!isObject(value)) return []
  if (step === '*') return Object.entries(value).map(([key, item]): Placed => [at + pointerStep(key), item])
  return step.split('|').flatMap((name): readonly Placed[] => {
    const item = Object.hasOwn(value, name) ? value[name] : undefined
    return item === undefined ? [] : [[at + pointerStep(name), item]]
  })
}

/** Beyond the columns of any table: the place of a cell there is that of its record. */
const BEYOND = 1_000_000

/**
 * The non-blank records of a sheet below its row of titles (-1 if it has none), without repetitions of the titles. Made when they are asked
 * for, as there may be millions.
 */
export function recordsBelow(sheet: TableSheet, titles: number): Iterable<SeenRow> {
  const title = sheet.rows[titles]?.join('\n')
  return {
    * [Symbol.iterator]() {
      for (let row = titles + 1; row < sheet.rows.length; row += 1) {
        const cells = sheet.rows[row] ?? []
        if (cells.every((cell) => cell.trim() === '') || (title !== undefined && cells.join('\n') === title)) continue
        yield { place: sheet.place(row, BEYOND) }
      }
    },
  }
}
