/** An object without its undefined properties: in the model, absent means "not stated". */
type Stated<Values extends object> = { [Name in keyof Values]?: Exclude<Values[Name], undefined> }

/** Drops the properties that are undefined. */
export function stated<Values extends object>(values: Values): Stated<Values> {
  const kept: { [Name in keyof Values]?: Exclude<Values[Name], undefined> } = {}
  for (const name in values) {
    const value = values[name]
    if (isStated(value)) kept[name] = value
  }
  return kept
}

/** A shape whose fields can be set: of an object that is still being made. */
export type Own<Shape> = { -readonly [Name in keyof Shape]: Shape[Name] }

function isStated<Value>(value: Value): value is Exclude<Value, undefined> {
  return value !== undefined
}

/** Whether a value is an object, and neither null nor an array. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * Converts 12/31/2024, 2024-12-31 or an ISO date and time to an ISO date (2024-12-31); undefined for anything else. With slashes
 * the month comes first, as in CTID's files and the Mappings Editor.
 */
export function readDate(text: string): string | undefined {
  const [, month, day, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text) ?? []
  if (year !== undefined) return checkDate(year, month ?? '', day ?? '')
  const [, isoYear, isoMonth, isoDay] = /^(\d{4})-(\d{2})-(\d{2})(?:[T ][\d:.+Z-]*)?$/.exec(text) ?? []
  return isoYear === undefined ? undefined : checkDate(isoYear, isoMonth ?? '', isoDay ?? '')
}

function checkDate(year: string, month: string, day: string): string | undefined {
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  const exists = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day) && Number(year) >= 1000
  return exists ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : undefined
}

/** Appends a value to the list of a key, and creates the list if the key has none. */
export function addToList<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}

/** Whether two lists of texts, which may be absent, are the same. */
export function haveSameTexts(left: readonly string[] | undefined, right: readonly string[] | undefined): boolean {
  return left === right || (left !== undefined && left.length === right?.length && left.every((text, index) => text === right[index]))
}

/** Whether two records have equal values, whatever the order of their properties, but for those that are named in `except`. Makes no lists of entries. */
export function haveSameEntries(left: object, right: object, except: ReadonlySet<string> = nothing): boolean {
  if (!isRecord(left) || !isRecord(right)) return false
  let more = 0
  for (const key in left) {
    if (except.has(key)) continue
    if (!Object.hasOwn(right, key) || !isSame(left[key], right[key])) return false
    more += 1
  }
  for (const key in right) if (!except.has(key)) more -= 1
  return more === 0
}

const nothing: ReadonlySet<string> = new Set()

function isSame(left: unknown, right: unknown): boolean {
  if (left === right) return true
  if (Array.isArray(left) && Array.isArray(right)) return left.length === right.length && left.every((item, index) => isSame(item, right[index]))
  return isRecord(left) && isRecord(right) && haveSameEntries(left, right)
}
