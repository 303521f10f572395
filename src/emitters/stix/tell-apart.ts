/**
 * Names that are each used once (regardless of case) within a kind: to those that would be shared the first detail is added that they don't
 * hold, in turn, as long as they are still shared. `details` are in the order in which they are tried.
 */
export function tellApart<Item>(
  items: readonly Item[],
  names: readonly string[],
  kindOf: (item: Item) => string,
  details: readonly ((item: Item) => string | undefined)[],
): readonly string[] {
  return details.reduce((known, detailOf) => addDetail(items, known, kindOf, detailOf), names)
}

function addDetail<Item>(
  items: readonly Item[],
  names: readonly string[],
  kindOf: (item: Item) => string,
  detailOf: (item: Item) => string | undefined,
): readonly string[] {
  const keys = items.map((item, index) => `${kindOf(item)} ${(names[index] ?? '').toLowerCase()}`)
  const uses = new Map<string, number>()
  for (const key of keys) uses.set(key, (uses.get(key) ?? 0) + 1)
  return items.map((item, index) => {
    const name = names[index] ?? ''
    const detail = detailOf(item)
    const isShared = (uses.get(keys[index] ?? '') ?? 0) > 1
    return isShared && detail !== undefined && !name.includes(detail) ? `${name} (${detail})` : name
  })
}
