/** What a relation or group is called in a cell, by its id: its name, or its id where the name would not tell it from another. */
export function uniqueLabels(
  entries: ReadonlyMap<string, { readonly id: string; readonly name: string }>,
): ReadonlyMap<string, string> {
  const holders = new Map<string, number>()
  for (const { name } of entries.values()) holders.set(name, (holders.get(name) ?? 0) + 1)
  return new Map(
    Array.from(entries.values(), ({ id, name }) => {
      const ambiguous = holders.get(name) !== 1 || (name !== id && entries.has(name))
      return [id, ambiguous ? id : name]
    }),
  )
}
