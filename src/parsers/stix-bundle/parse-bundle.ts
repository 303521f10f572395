import { countNoun } from '../../diagnostics/counts-in-words.js'
import { type DocumentFile, isList, isObject, itemsOf, type TreeDocument, type TreeObject, type TreeValue } from '../../formats/decoded.js'
import { itemsAt } from '../../formats/rows.js'
import { createMappingSet, type MappingSet, type MappingSetDraft, type SourceDocument, unknownFramework } from '../../model/mapping-set.js'
import type { Mapping } from '../../model/mapping.js'
import { compareOrigins, type Origin } from '../../model/origin.js'
import { stated } from '../../model/stated.js'
import type { ParseContext } from '../parser.js'
import { createFileReader, type FileReader } from '../reading/file-reader.js'
import { objectsOf, readStatedDomain } from '../reading/read-text.js'
import { type BundleIndex, findReferrers, indexBundle, textOf, textsOf } from './bundle-index.js'
import { readForeignSets } from './read-foreign-sets.js'
import { carriedRows, extensionOf, type OwnExtension, readFormerOrigins, readOwnRow } from './read-own-row.js'
import { describeTechniques } from './sort-bundle.js'

/** The mapping sets in Crosswalk's extension, and the ids of the objects that belong to them. */
interface OwnSets {
  readonly sets: readonly MappingSet[]
  readonly claimed: ReadonlySet<string>
}

/**
 * Reads every grouping whose extension contains a mapping set. A row's origins are its place in this bundle and its origins in
 * the documents from which the bundle was written; these documents follow the bundle among the sources.
 */
function readOwnSets(bundle: BundleIndex, file: DocumentFile, reader: FileReader): OwnSets {
  const sets: MappingSet[] = []
  const claimed = new Set<string>()
  for (const entry of bundle.values()) {
    const extension = entry.type === 'grouping' ? extensionOf(entry) : undefined
    if (!extension || !isObject(extension.value.mapping_set)) continue
    for (const id of textsOf(entry.value, 'object_refs')) claimed.add(id)
    sets.push(readSet(extension, extension.value.mapping_set, bundle, file, reader))
  }
  return { sets, claimed }
}

function readSet(
  { value, pointer }: OwnExtension, record: TreeObject, bundle: BundleIndex, file: DocumentFile, reader: FileReader,
): MappingSet {
  const mappings = readRows(value.row_places, `${pointer}/row_places`, bundle, reader)
  const announced = isObject(value.row_counts)
    ? Object.values(value.row_counts).reduce((sum: number, count) => sum + (typeof count === 'number' ? count : 0), 0)
    : mappings.length
  if (announced !== mappings.length) {
    const counts = { found: `${mappings.length} rows`, expected: `${announced} rows` }
    reader.report('parse/count-differs', `${pointer}/row_counts`, counts)
  }
  const own = { name: file.name, sha256: file.sha256, parser: 'stix-bundle', rows: mappings.length }
  const former = readFormerSources(record).filter(({ name, sha256 }) => name !== own.name || sha256 !== own.sha256)
  return createMappingSet({ ...readSetRecord(record, `${pointer}/mapping_set`, reader), mappings, sources: [own, ...former] })
}

function readRows(places: TreeValue | undefined, pointer: string, bundle: BundleIndex, reader: FileReader): readonly Mapping[] {
  const rows = new Map<string, ReturnType<typeof carriedRows>>()
  return (isList(places) ? places : []).flatMap((place, index) => {
    const at = `${pointer}/${index}`
    const row = isObject(place) ? findRow(place, at) : undefined
    if (!isObject(place) || !row) {
      const found = isObject(place) ? 'a reference to a missing object or row' : 'a value that is not a row reference'
      reader.count('parse/row-missing', found, at)
      return []
    }
    const origins = mergeOrigins(reader.origin(row.pointer), readFormerOrigins(place.origins))
    return readOwnRow(row.value, row.pointer, origins, reader) ?? []
  })

  function findRow(place: TreeObject, at: string): { readonly value: TreeValue; readonly pointer: string } | undefined {
    if (place.unmapped_technique !== undefined) return { value: place.unmapped_technique, pointer: `${at}/unmapped_technique` }
    const id = textOf(place, 'object_ref') ?? ''
    if (!rows.has(id)) {
      const entry = bundle.get(id)
      rows.set(id, entry && carriedRows(entry))
    }
    return typeof place.row === 'number' ? rows.get(id)?.[place.row] : undefined
  }
}

function mergeOrigins(own: Origin, former: readonly Origin[]): readonly Origin[] {
  return [own, ...former.filter((origin) => compareOrigins(origin, own) !== 0)].toSorted(compareOrigins)
}

/** A mapping set in the extension, without its rows. */
function readSetRecord(
  record: TreeObject, pointer: string, reader: FileReader,
): Omit<MappingSetDraft, 'mappings' | 'sources'> {
  const text = (name: string): string | undefined => textOf(record, name)
  const id = text('mapping_framework')
  if (id === undefined) reader.report('parse/unknown-framework', pointer, { expected: 'mapping_framework' })
  return {
    framework: {
      id: id ?? unknownFramework.id,
      name: text('mapping_framework_name') ?? id ?? unknownFramework.name,
      ...stated({ version: text('mapping_framework_version') }),
    },
    attack: stated({
      domain: readStatedDomain(text('technology_domain'), `${pointer}/technology_domain`, reader),
      version: text('attack_version'),
    }),
    about: stated({
      mappingVersion: text('mapping_version'),
      name: text('author'),
      contact: text('contact'),
      organization: text('organization'),
      created: text('creation_date'),
      modified: text('last_update'),
      versionSchema: text('mapping_framework_version_schema'),
    }),
    relations: readDescribed(record, 'mapping_types', 'mapping_type'),
    groups: readDescribed(record, 'capability_groups', 'capability_group'),
    capabilities: objectsOf(record.capabilities).flatMap((entry) => {
      const capabilityId = textOf(entry, 'capability_id')
      if (capabilityId === undefined) return []
      const facts = stated({ name: textOf(entry, 'name'), description: textOf(entry, 'description') })
      return [{ id: capabilityId, ...facts, groups: textsOf(entry, 'capability_groups') }]
    }),
  }
}

/** The documents from which Crosswalk wrote the bundle. */
function readFormerSources(record: TreeObject): readonly SourceDocument[] {
  return objectsOf(record.sources).flatMap((entry) => {
    const name = textOf(entry, 'document')
    const sha256 = textOf(entry, 'sha256')
    const parser = textOf(entry, 'parser')
    if (name === undefined || sha256 === undefined || !/^[0-9a-f]{64}$/.test(sha256) || parser === undefined) return []
    const rows = typeof entry.rows === 'number' && Number.isSafeInteger(entry.rows) && entry.rows >= 0 ? entry.rows : 0
    return [{ name, sha256, parser, rows }]
  })
}

function readDescribed(record: TreeObject, list: string, key: string) {
  return objectsOf(record[list]).flatMap((entry) => {
    const id = textOf(entry, key)
    const facts = stated({ description: textOf(entry, 'description') })
    return id === undefined ? [] : [{ id, name: textOf(entry, 'name') ?? id, ...facts }]
  })
}

/** The mapping sets of a bundle: first those in Crosswalk's extension, then those of its other relationships. */
export async function parseBundle(document: TreeDocument, context: ParseContext): Promise<readonly MappingSet[]> {
  const reader = createFileReader(document, context.report)
  context.seen?.(itemsAt(document.value, '', 'objects/[]').filter((_row, index) => {
    const object = itemsOf(document.value, 'objects')[index]
    return !isObject(object) || object.type === 'relationship'
  }))
  const bundle = indexBundle(document.value, reader)
  if (!bundle) return []
  const own = readOwnSets(bundle, document.file, reader)
  const foreign = await readForeignSets(bundle, own.claimed, document, context, reader)
  const sets = [...describeTechniques(own.sets, bundle, context.attack), ...foreign]
  if (!sets.some(({ mappings }) => mappings.length > 0)) await reportNoMappings(bundle, sets)
  reader.reportCounts()
  return sets

  async function reportNoMappings(index: BundleIndex, listed: readonly MappingSet[]): Promise<void> {
    const referrers = await findReferrers(index, context)
    if (referrers.length > 0) {
      const message = 'The bundle contains objects that the relationships of another document refer to; they were read together'
      reader.report('parse/companion', '', { message, found: referrers.join(', ') })
      return
    }
    const capabilities = listed.reduce((sum, set) => sum + set.capabilities.size, 0)
    reader.report('parse/no-mappings', '', capabilities === 0 ? {} : {
      message: `The bundle lists ${countNoun(capabilities, 'capability')}, but no relationship maps a capability to a technique`,
      hint: 'The relationships may be in another bundle, such as the -mappings.json for a -controls.json: name both in one command.',
    })
  }
}
