/** The record without the fields that are undefined: in STIX, as in the model, what is not stated is absent. */
export function statedFields<Shape extends object>(record: { readonly [Key in keyof Shape]: Shape[Key] | undefined }): Shape
export function statedFields(record: Readonly<Record<string, unknown>>): object {
  const stated: Record<string, unknown> = {}
  for (const name of Object.keys(record)) {
    const value = record[name]
    if (value !== undefined) stated[name] = value
  }
  return stated
}

/** The list, or undefined when nothing is in it: STIX forbids empty lists (STIX 2.1, section 2.12). */
export function statedList<Item>(items: Iterable<Item>): readonly Item[] | undefined {
  const list = [...items]
  return list.length === 0 ? undefined : list
}
