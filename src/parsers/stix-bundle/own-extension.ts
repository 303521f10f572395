import { pointerStep } from '../../formats/json-pointer.js'
import { isList, isObject, type TreeObject } from '../../formats/tree-value.js'
import type { TreeValue } from '../../formats/decoded.js'
import type { BundleEntry } from './bundle-index.js'

/** The key of the property extension in which our bundles carry everything; schemas/stix-extension.schema.json is its schema. */
export const extensionKey = 'extension-definition--d302f792-7799-5d0b-905f-508ee3035542'

/** Our extension of an object, and its place. */
export interface OwnExtension {
  readonly value: TreeObject
  readonly pointer: string
}

/** Our extension of an object, where it has one. */
export function extensionOf({ value, pointer }: BundleEntry): OwnExtension | undefined {
  const extension = isObject(value.extensions) ? value.extensions[extensionKey] : undefined
  return isObject(extension) ? { value: extension, pointer: `${pointer}/extensions${pointerStep(extensionKey)}` } : undefined
}

/** The rows that an object carries in our extension, with their places; undefined where it carries none. */
export function carriedRows(entry: BundleEntry): readonly { readonly value: TreeValue; readonly pointer: string }[] | undefined {
  const extension = extensionOf(entry)
  const rows = extension?.value.rows
  if (!extension || !isList(rows)) return undefined
  return rows.map((value, index) => ({ value, pointer: `${extension.pointer}/rows/${index}` }))
}
