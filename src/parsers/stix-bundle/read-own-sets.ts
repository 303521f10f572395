import type { DocumentFile, TreeValue } from '../../formats/decoded.js'
import { isList, isObject, type TreeObject } from '../../formats/tree-value.js'
import { compareOrigins } from '../../model/compare-origins.js'
import { createMappingSet } from '../../model/create-mapping-set.js'
import type { Mapping } from '../../model/mapping.js'
import type { MappingSet } from '../../model/mapping-set.js'
import type { Origin } from '../../model/origin.js'
import type { FileReader } from '../reading/file-reader.js'
import type { BundleIndex } from './bundle-index.js'
import { textOf, textsOf } from './object-fields.js'
import { carriedRows, extensionOf, type OwnExtension } from './own-extension.js'
import { readFormerOrigins, readOwnRow } from './read-own-row.js'
import { readFormerSources, readSetRecord } from './read-set-record.js'

/** The sets that our extension carries, and the ids of the objects that are read with them. */
export interface OwnSets {
  readonly sets: readonly MappingSet[]
  readonly claimed: ReadonlySet<string>
}

/**
 * Reads every grouping that carries a mapping set. A row has its place in this bundle as an origin, beside those that it had
 * when the bundle was made; the documents of that time follow this one among the sources.
 */
export function readOwnSets(bundle: BundleIndex, file: DocumentFile, reader: FileReader): OwnSets {
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
    const found = isObject(place) ? findRow(place, at) : undefined
    if (!isObject(place) || !found) {
      reader.count('parse/row-missing', isObject(place) ? 'an object or a row that the bundle lacks' : 'no place', at)
      return []
    }
    const origins = mergeOrigins(reader.origin(found.pointer), readFormerOrigins(place.origins))
    return readOwnRow(found.value, found.pointer, origins, reader) ?? []
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
