import type { DecodedDocument, TreeDocument, TreeValue } from './decoded.js'

/** A mapping of JSON or YAML. */
export type TreeObject = { readonly [key: string]: TreeValue }

/** Whether a value is a mapping, not a list. */
export function isTreeObject(value: TreeValue | undefined): value is TreeObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A field's value; undefined where the value is no mapping or has none of that name. Never one that was inherited. */
export function fieldOf(value: TreeValue | undefined, name: string): TreeValue | undefined {
  return isTreeObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
}

/** A field's value where it is text. */
export function textOf(value: TreeValue | undefined, name: string): string | undefined {
  const text = fieldOf(value, name)
  return typeof text === 'string' ? text : undefined
}

/** A field's items where it is a list; none otherwise. */
export function itemsOf(value: TreeValue | undefined, name: string): readonly TreeValue[] {
  const items = fieldOf(value, name)
  return Array.isArray(items) ? items : []
}

/** The document, where it is a tree of JSON or YAML. */
export function treeOf(document: DecodedDocument): TreeDocument | undefined {
  return document.container === 'json' || document.container === 'yaml' ? document : undefined
}
