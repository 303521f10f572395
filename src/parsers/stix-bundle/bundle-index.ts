import { type DecodedDocument, type DocumentFile, isList, isObject, type TreeObject, type TreeValue } from '../../formats/decoded.js'
import { compareText } from '../../model/text.js'
import type { ParseContext, SharedObjects } from '../parser.js'
import { createFileReader, describeValue, type FileReader } from '../reading/file-reader.js'

/** A STIX object and its place in the bundle. */
export interface BundleEntry {
  readonly id: string
  /** From the id if it has one: mapex has written objects whose `type` differs from that of their id. Relationships have their own. */
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
    const type = value.type === 'relationship' ? value.type : (typeOf(value.id) ?? value.type)
    const entry = { id: value.id, type, value, pointer }
    const other = index.get(value.id)
    const isFirst = !other || isNewer(entry.value, other.value)
    if (other) reader.count('parse/superseded-object', value.type, isFirst ? other.pointer : pointer)
    if (isFirst) index.set(value.id, entry)
  }
  return index
}

/** The object type in a STIX id; undefined if it has none. */
export function typeOf(id: string): string | undefined {
  const end = id.indexOf('--')
  return end > 0 ? id.slice(0, Math.min(end, LONGEST_TYPE)) : undefined
}

/** Whether a version of an object was modified later than another. */
function isNewer(value: TreeObject, than: TreeObject): boolean {
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

/** Object types of capabilities. An attack-pattern is one if it is not a technique. */
export const capabilityTypes: ReadonlySet<string> = new Set([
  'course-of-action', 'vulnerability', 'infrastructure', 'attack-pattern',
])

/** The capabilities and techniques of a bundle, and those that its relationships refer to and that it lacks. */
export function shareObjects(document: DecodedDocument): SharedObjects {
  if (!('value' in document)) return { objects: new Map(), missing: new Set() }
  const bundle = indexBundle(document.value, createFileReader(document, () => undefined)) ?? new Map<string, BundleEntry>()
  const shared = Array.from(bundle.values()).filter(({ type }) => capabilityTypes.has(type))
  return { objects: new Map(shared.map(({ id, value }) => [id, value])), missing: new Set(missingEnds(bundle)) }
}

/**
 * The objects of other documents that the relationships of a bundle refer to. Documents are asked only for what neither the bundle nor
 * ATT&CK has: most bundles are whole.
 */
export async function findElsewhere(bundle: BundleIndex, { attack, others }: ParseContext): Promise<BundleIndex> {
  const missing = missingEnds(bundle).filter((id) => attack?.techniqueIdOf(id) === undefined)
  if (missing.length === 0 || !others) return new Map()
  const documents = await others()
  return new Map(missing.flatMap((id) => {
    const found = documents.find(id, isNewer)
    return found ? [[id, { id, type: typeOf(id) ?? '', value: found.value, pointer: '', elsewhere: found.file }] as const] : []
  }))
}

/** Reports which documents the objects were read from. */
export function reportElsewhere(elsewhere: BundleIndex, reader: FileReader): void {
  const names = listFiles(elsewhere).map(({ name }) => name)
  if (names.length === 0) return
  reader.report('parse/companion', '', {
    message: 'Objects that the relationships of the bundle refer to were read from other documents',
    found: names.join(', '),
    count: elsewhere.size,
  })
}

/** The documents that objects were read from, by name. */
export function listFiles(elsewhere: BundleIndex): readonly DocumentFile[] {
  const files = new Set(Array.from(elsewhere.values()).flatMap((entry) => entry.elsewhere ?? []))
  return [...files].toSorted((left, right) => compareText(left.name, right.name))
}

/** The names of the other documents whose relationships refer to objects of this bundle. */
export async function findReferrers(bundle: BundleIndex, { others }: ParseContext): Promise<readonly string[]> {
  if (!others) return []
  const documents = await others()
  return [...new Set(Array.from(bundle.keys()).flatMap((id) => documents.neededBy(id).map(({ name }) => name)))].toSorted(compareText)
}

function missingEnds(bundle: BundleIndex): readonly string[] {
  const missing = new Set<string>()
  for (const { type, value } of bundle.values()) {
    if (type !== 'relationship') continue
    for (const property of ['source_ref', 'target_ref']) {
      const id = textOf(value, property)
      if (id !== undefined && !bundle.has(id) && capabilityTypes.has(typeOf(id) ?? '')) missing.add(id)
    }
  }
  return [...missing]
}
