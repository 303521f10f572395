import { isObject, textOf, type TreeObject, type TreeValue } from '../../formats/decoded.js'
import type { FaultLog, Site } from './fault-log.js'
import type { TimeOrder } from './type-rules.js'

/** An object with an id and a type, and its index in the bundle's `objects`. */
export interface PlacedObject {
  readonly index: number
  readonly id: string
  readonly type: string
  readonly object: TreeObject
}

/** The objects of a bundle, for the checks that relate objects to one another. */
export interface BundleGraph {
  readonly objects: readonly PlacedObject[]
  /** By id: the first object that has it. */
  readonly byId: ReadonlyMap<string, PlacedObject>
}

/** Collects the objects that have an id and a type. */
export function createBundleGraph(values: readonly TreeValue[]): BundleGraph {
  const objects: PlacedObject[] = []
  const byId = new Map<string, PlacedObject>()
  for (let index = 0; index < values.length; index += 1) {
    const object = values[index]
    const [id, type] = [textOf(object, 'id'), textOf(object, 'type')]
    if (!isObject(object) || id === undefined || type === undefined) continue
    const placed = { index, id, type, object }
    objects.push(placed)
    if (!byId.has(id)) byId.set(id, placed)
  }
  return { objects, byId }
}

/** A platform that imports bundles; `check` reports what its import refuses, drops, merges or changes. */
export interface Platform {
  readonly id: string
  readonly title: string
  readonly check: (graph: BundleGraph, log: FaultLog) => void
}

const versions: TimeOrder = ['created', 'modified', 'not after']

/** Checks the order of an object's timestamps: `created` and `modified`, and the pairs of its type. */
export function checkTimes(object: TreeObject, orders: readonly TimeOrder[] = [], site: Site): void {
  checkOrder(object, versions, site)
  for (const order of orders) checkOrder(object, order, site)
}

function checkOrder(object: TreeObject, [earlier, later, relation]: TimeOrder, site: Site): void {
  const [first, second] = [textOf(object, earlier), textOf(object, later)]
  if (first === undefined || second === undefined || !isStixTime(first) || !isStixTime(second)) return
  const difference = compareStixTimes(first, second)
  if (difference < 0 || (difference === 0 && relation !== 'before')) return
  site.report({
    code: relation === 'not after by custom' ? 'verify/doubtful' : 'verify/meaning',
    message: `${later} is ${difference === 0 ? 'the same time as' : 'before'} ${earlier}`,
    found: second.slice(0, 100),
    expected: `a time ${relation === 'before' ? 'after' : 'not before'} ${first.slice(0, 100)}`,
    steps: [later],
  })
}

const shape = /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?Z$/

/** Whether a text is a STIX timestamp (STIX 2.1, section 2.16): RFC 3339, in UTC, ending in Z, on a day of the calendar. */
export function isStixTime(text: string): boolean {
  const found = shape.exec(text)
  if (!found) return false
  const [, year = '', month = '', day = ''] = found
  return Number(day) <= daysOf(Number(year), Number(month))
}

function daysOf(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** Compares two STIX timestamps at any precision: negative when the first is earlier. */
function compareStixTimes(first: string, second: string): number {
  const [a, b] = [withoutZeros(first), withoutZeros(second)]
  return a < b ? -1 : a === b ? 0 : 1
}

/** The text without Z and trailing zeros of the fraction, so that text order is time order. */
function withoutZeros(text: string): string {
  const seconds = 19
  if (text[seconds] !== '.') return text.slice(0, seconds)
  let end = text.length - 1
  while (text[end - 1] === '0') end -= 1
  return end === seconds + 1 ? text.slice(0, seconds) : text.slice(0, end)
}
