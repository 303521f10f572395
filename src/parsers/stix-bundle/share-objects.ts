import type { DecodedDocument, DocumentFile } from '../../formats/decoded.js'
import { compareText } from '../../model/text.js'
import type { ParseContext, SharedObjects } from '../parser.js'
import { createFileReader, type FileReader } from '../reading/file-reader.js'
import { type BundleEntry, type BundleIndex, indexBundle, isNewer, textOf, typeOf } from './bundle-index.js'

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
