import { type DecodedDocument, isList, isObject, type TreeDocument, type TreeValue } from './decoded.js'

/** The value of a field; undefined if the value is not an object or lacks the field. Inherited fields are not read. */
export function fieldOf(value: TreeValue | undefined, name: string): TreeValue | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
}

/** The value of a field if it is a string. */
export function textOf(value: TreeValue | undefined, name: string): string | undefined {
  const text = fieldOf(value, name)
  return typeof text === 'string' ? text : undefined
}

/** The items of a field if it is a list; empty otherwise. */
export function itemsOf(value: TreeValue | undefined, name: string): readonly TreeValue[] {
  const items = fieldOf(value, name)
  return isList(items) ? items : []
}

/** The document if it is JSON or YAML. */
export function treeOf(document: DecodedDocument): TreeDocument | undefined {
  return document.container === 'json' || document.container === 'yaml' ? document : undefined
}
