import { isList, isObject, type TreeObject } from '../../formats/tree-value.js'
import type { BundleEntry } from './bundle-index.js'

/** Whether an object was revoked, or deprecated by MITRE. */
export function isWithdrawn({ value }: BundleEntry): boolean {
  return value.revoked === true || value.x_mitre_deprecated === true
}

/** A property's text; undefined when it is absent, empty or something else. */
export function textOf(object: TreeObject, property: string): string | undefined {
  const value = Object.hasOwn(object, property) ? object[property] : undefined
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** The texts in a property that is a list. */
export function textsOf(object: TreeObject, property: string): readonly string[] {
  const value = object[property]
  return isList(value) ? value.filter((item) => typeof item === 'string').filter((text) => text !== '') : []
}

/** The objects in a property that is a list. */
export function objectsOf(object: TreeObject, property: string): readonly TreeObject[] {
  const value = object[property]
  return isList(value) ? value.filter(isObject) : []
}

/** What the labels with a prefix say: "score:" of "score:partial". */
export function labelsOf(object: TreeObject, prefix: string): readonly string[] {
  return textsOf(object, 'labels')
    .filter((label) => label.startsWith(prefix) && label.length > prefix.length)
    .map((label) => label.slice(prefix.length))
}
