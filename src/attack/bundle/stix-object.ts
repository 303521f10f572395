/** A JSON object of which nothing is known yet. */
export type StixObject = Readonly<Record<string, unknown>>

/** Whether a value is a JSON object. */
export function isStixObject(value: unknown): value is StixObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A property's text; undefined when it is absent, empty or something else. */
export function textOf(object: StixObject, property: string): string | undefined {
  const value = object[property]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** The JSON objects in a property that is a list; empty when it is none. */
export function objectsOf(object: StixObject, property: string): readonly StixObject[] {
  const value = object[property]
  return Array.isArray(value) ? value.filter(isStixObject) : []
}

/** The texts in a property that is a list; empty when it is none. */
export function textsOf(object: StixObject, property: string): readonly string[] {
  const value = object[property]
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : []
}
