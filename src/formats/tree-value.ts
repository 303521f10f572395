import type { TreeValue } from './decoded.js'

/** An object of JSON or YAML. */
export type TreeObject = { readonly [key: string]: TreeValue }

/** Whether a value is an object: neither null nor a list. */
export function isObject(value: TreeValue | undefined): value is TreeObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether a value is a list. */
export function isList(value: TreeValue | undefined): value is readonly TreeValue[] {
  return Array.isArray(value)
}
