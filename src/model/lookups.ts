/** Values by two keys. A key made of both would have to be written for each look-up. */
export interface PairMap<First, Second, Value> {
  /** All values, in the order in which they were added. */
  readonly values: readonly Value[]
  get(first: First, second: Second): Value | undefined
  /** Adds and returns a value for keys that have none. */
  add(first: First, second: Second, value: Value): Value
}

/** Creates an empty map. */
export function createPairMap<First, Second, Value>(): PairMap<First, Second, Value> {
  const byFirst = new Map<First, Map<Second, Value>>()
  const values: Value[] = []
  return {
    values,
    get: (first, second) => byFirst.get(first)?.get(second),
    add(first, second, value) {
      const bySecond = byFirst.get(first) ?? new Map<Second, Value>()
      byFirst.set(first, bySecond.set(second, value))
      values.push(value)
      return value
    },
  }
}

/** Items in order of appearance, each once by its key. */
export interface Numbered<Key, Item = Key> {
  readonly items: readonly Item[]
  /** The number of the item with this key, from 0; `create` makes it if it is new. */
  numberOf(key: Key, create: (number: number) => Item): number
}

/** Creates an empty list. */
export function createNumbered<Key, Item = Key>(): Numbered<Key, Item> {
  const numbers = new Map<Key, number>()
  const items: Item[] = []
  return {
    items,
    numberOf(key, create) {
      const known = numbers.get(key)
      if (known !== undefined) return known
      const number = items.push(create(items.length)) - 1
      numbers.set(key, number)
      return number
    },
  }
}

/** Makes a value when it is first asked for, and no second time. */
export function once<Value extends object>(make: () => Value): () => Value {
  let made: Value | undefined
  return () => (made ??= make())
}
