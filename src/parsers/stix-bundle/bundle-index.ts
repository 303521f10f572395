import { type DocumentFile, isList, isObject, type TreeObject, type TreeValue } from '../../formats/decoded.js'
import { describeValue, type FileReader } from '../reading/file-reader.js'

/** A STIX object and its place in the bundle. */
export interface BundleEntry {
  readonly id: string
  /** From the id if it has one: mapex has written objects whose `type` differs from that of their id. */
  readonly type: string
  readonly value: TreeObject
  readonly pointer: string
  /** The document that contains the object, if it is another one of the run; `pointer` is empty then. */
  readonly elsewhere?: DocumentFile
}

/** The objects of a bundle by id, each once, in the order of the bundle. */
export type BundleIndex = ReadonlyMap<string, BundleEntry>

/** Characters of an id that are kept as its type: a document may contain texts of any length. */
const LONGEST_TYPE = 60

/**
 * Indexes a bundle's objects by id. Of several versions of an object, the last modified counts (STIX 2.1, section 3.6); the others
 * are reported. Undefined, and reported, if the document has no list of objects.
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
    if (!other || isNewer(entry.value, other.value)) index.set(value.id, entry)
  }
  return index
}

/** The object type in a STIX id; undefined if it has none. */
export function typeOf(id: string): string | undefined {
  const end = id.indexOf('--')
  return end > 0 ? id.slice(0, Math.min(end, LONGEST_TYPE)) : undefined
}

/** Whether a version of an object was modified later than another. */
export function isNewer(value: TreeObject, than: TreeObject): boolean {
  return (textOf(value, 'modified') ?? '') > (textOf(than, 'modified') ?? '')
}

/** Whether an object is revoked or deprecated (`x_mitre_deprecated`). */
export function isWithdrawn({ value }: BundleEntry): boolean {
  return value.revoked === true || value.x_mitre_deprecated === true
}

/** A string property; undefined if it is absent, empty or not a string. */
export function textOf(object: TreeObject, property: string): string | undefined {
  const value = Object.hasOwn(object, property) ? object[property] : undefined
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** The non-empty strings of a list property; empty if it is not a list. */
export function textsOf(object: TreeObject, property: string): readonly string[] {
  const value = object[property]
  return isList(value) ? value.filter((item) => typeof item === 'string').filter((text) => text !== '') : []
}

/** The values of the labels with a prefix: "partial" of "score:partial". */
export function labelsOf(object: TreeObject, prefix: string): readonly string[] {
  return textsOf(object, 'labels')
    .filter((label) => label.startsWith(prefix) && label.length > prefix.length)
    .map((label) => label.slice(prefix.length))
}
