/** Keeps each thing once, and says at which index. */
export interface Interner<Item> {
  /** The index of the thing with this key; `create` makes it when it is new. */
  index(key: string, create: () => Item): number
  readonly items: readonly Item[]
}

/** An interner that holds nothing yet. */
export function createInterner<Item>(): Interner<Item> {
  const indices = new Map<string, number>()
  const items: Item[] = []
  return {
    items,
    index(key, create) {
      const known = indices.get(key)
      if (known !== undefined) return known
      indices.set(key, items.length)
      return items.push(create()) - 1
    },
  }
}
