/** An object whose undefined members are gone: absent means "not stated" throughout the model. */
export type Stated<Values extends object> = { [Name in keyof Values]?: Exclude<Values[Name], undefined> }

/** Drops the members that are undefined. */
export function stated<Values extends object>(values: Values): Stated<Values> {
  const kept: { [Name in keyof Values]?: Exclude<Values[Name], undefined> } = {}
  for (const name in values) {
    const value = values[name]
    if (isStated(value)) kept[name] = value
  }
  return kept
}

function isStated<Value>(value: Value): value is Exclude<Value, undefined> {
  return value !== undefined
}
