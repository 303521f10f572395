import { isList, isObject, type TreeObject, type TreeValue } from '../../formats/decoded.js'
import { describeValue, type FileReader } from '../reading/file-reader.js'

/** An object of a bundle and its place. */
export interface BundleEntry {
  readonly id: string
  /** As the id tells it: mapex has written objects that call themselves otherwise. */
  readonly type: string
  readonly value: TreeObject
  readonly pointer: string
}

/** A bundle whose objects are found by their ids; each is there once, in the order of the bundle. */
export type BundleIndex = ReadonlyMap<string, BundleEntry>

/** Types are shorter; texts may be hostile. */
const LONGEST_TYPE = 60

/**
 * Puts a bundle's objects under their ids. Of several versions of one object the last modified counts (STIX 2.1, section 3.6),
 * which is said. Undefined when the document has no list of objects.
 */
export function indexBundle(bundle: TreeValue, reader: FileReader): BundleIndex | undefined {
  const objects = isObject(bundle) ? bundle.objects : undefined
  if (!isList(objects)) {
    reader.report('parse/invalid-document', '/objects', {
      message: 'The bundle has no list of objects',
      found: describeValue(objects),
      expected: 'objects: a list of STIX objects',
    })
    return undefined
  }
  const index = new Map<string, BundleEntry>()
  for (const [position, value] of objects.entries()) {
    const pointer = `/objects/${position}`
    if (!isObject(value) || typeof value.id !== 'string' || typeof value.type !== 'string') {
      reader.count('parse/unreadable-object', describeValue(value), pointer)
      continue
    }
    const entry = { id: value.id, type: typeOf(value.id) ?? value.type, value, pointer }
    const other = index.get(value.id)
    if (other) reader.count('parse/superseded-object', value.type, pointer)
    if (!other || modifiedOf(entry) > modifiedOf(other)) index.set(value.id, entry)
  }
  return index
}

/** The type that an id of STIX begins with; undefined when it begins with none. */
export function typeOf(id: string): string | undefined {
  const end = id.indexOf('--')
  return end > 0 ? id.slice(0, Math.min(end, LONGEST_TYPE)) : undefined
}

function modifiedOf({ value }: BundleEntry): string {
  return typeof value.modified === 'string' ? value.modified : ''
}

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
