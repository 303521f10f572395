import { fieldOf, isList, isObject, type LongList, type TreeDocument, type TreeObject, type TreeValue } from '../../formats/decoded.js'
import { pointerStep } from '../../formats/places.js'
import { itemsAt, itemsOfList, pointersOfItems } from '../../formats/rows.js'
import { describeFramework } from '../../frameworks/find-framework.js'
import {
  type About, type AttackRelease, createMappingSet, type FrameworkRelease, type Group, type MappingSet, type Relation, unknownFramework,
} from '../../model/mapping-set.js'
import type { Mapping } from '../../model/mapping.js'
import { shareOfMany } from '../../model/share-parts.js'
import { stated } from '../../model/stated.js'
import { readDomain } from '../../model/vocabulary.js'
import type { ParseContext } from '../parser.js'
import { countUnknown, createFileReader, describeValue, type FileReader } from '../reading/file-reader.js'
import { readField, readLine, readLines, readStatedDate, reportForeignDomain } from '../reading/read-text.js'
import { createRowReader, type FileRelease } from './read-row.js'

/** The mapping sets of a document: of one unified mapping file, or of each in a list. Files without a readable row are reported. */
export function parseMappingFiles(document: TreeDocument, context: ParseContext): readonly MappingSet[] {
  const { value, longList } = document
  const list = isObject(value) ? longList ?? listOf(value.mapping_objects) : undefined
  const pointerOf = pointersOfItems('/mapping_objects')
  context.seen?.(list ? itemsOfList(pointerOf, list.length) : itemsAt(value, '', '[]/mapping_objects/[]'))
  if (!isList(value)) return readMappingFile(value, '', document, context, pointerOf)
  if (value.length === 0) {
    const origin = { document: document.file.name, place: { kind: 'file' } } as const
    context.report('parse/no-mappings', { origin, found: 'an empty list' })
  }
  return value.flatMap((file, index) => readMappingFile(file, `/${index}`, document, context))
}

function readMappingFile(
  file: TreeValue, pointer: string, document: TreeDocument, context: ParseContext, pointerOf = pointersOfItems(`${pointer}/mapping_objects`),
): readonly MappingSet[] {
  const reader = createFileReader(document, context.report)
  const set = readSet(file, pointer, document, context, reader, pointerOf)
  reader.reportCounts()
  return set ? [set] : []
}

const fileFields = new Set(['metadata', 'mapping_objects'])

function readSet(
  file: TreeValue, pointer: string, document: TreeDocument, context: ParseContext, reader: FileReader, pointerOf: (row: number) => string,
): MappingSet | undefined {
  if (!isObject(file)) {
    const expected = 'an object with metadata and mapping_objects'
    reader.report('parse/invalid-document', pointer, { found: describeValue(file), expected })
    return undefined
  }
  countUnknown(file, fileFields, '', pointer, reader)
  const metadata = readMetadata(file.metadata, `${pointer}/metadata`, reader)
  const list = document.longList ?? listOf(file.mapping_objects)
  const fileDomain = { pointer: `${pointer}/metadata/technology_domain`, file: pointer, rows: list?.length ?? 0 }
  if (reportForeignDomain(fieldOf(file.metadata, 'technology_domain'), fileDomain, reader)) return undefined
  if (!list) reportNoList(file.mapping_objects, `${pointer}/mapping_objects`, reader)
  const mappings = list && readRows(list, `${pointer}/mapping_objects`, pointerOf, metadata, reader)
  if (!mappings) return undefined
  if (mappings.length === 0) {
    reader.report('parse/no-mappings', `${pointer}/mapping_objects`)
    return undefined
  }
  const { framework } = metadata
  if (framework.id === undefined && context.statements.framework === undefined) {
    reader.report('parse/unknown-framework', `${pointer}/metadata`, { expected: 'metadata.mapping_framework' })
  }
  return createMappingSet({
    ...metadata,
    framework: { ...unknownFramework, ...framework },
    mappings,
    sources: [{ name: document.file.name, sha256: document.file.sha256, parser: 'ctid-json', rows: mappings.length }],
  })
}

type ItemList = Omit<LongList, 'pointer'>

function listOf(value: TreeValue | undefined): ItemList | undefined {
  return isList(value) ? { length: value.length, items: () => value } : undefined
}

function reportNoList(value: TreeValue | undefined, pointer: string, reader: FileReader): void {
  reader.report('parse/invalid-document', pointer, {
    message: value === undefined ? 'The file has no mapping_objects' : 'mapping_objects is not a list',
    found: describeValue(value),
    expected: 'mapping_objects: a list of rows',
  })
}

function readRows(
  list: ItemList, pointer: string, pointerOf: (row: number) => string, release: FileRelease, reader: FileReader,
): readonly Mapping[] {
  const mappings: Mapping[] = []
  const share = shareOfMany(list.length)
  let index = 0
  const readRow = createRowReader(release, reader, (own) => reader.itemOrigin(pointer, index, own))
  for (const row of list.items()) {
    const mapping = readRow(row, pointerOf(index))
    if (mapping) {
      share(mapping)
      mappings.push(mapping)
    }
    index += 1
  }
  return mappings
}

/** Facts about all rows of a file. The framework's id and name are absent if the file names none. */
interface Metadata {
  readonly framework: Partial<FrameworkRelease>
  readonly attack: AttackRelease
  readonly about: About
  readonly relations: readonly Relation[]
  readonly groups: readonly Group[]
}

const metadataFields = new Set([
  'mapping_version', 'attack_version', 'technology_domain', 'creation_date', 'last_update', 'mapping_framework',
  'mapping_framework_version', 'mapping_framework_version_schema', 'author', 'contact', 'organization', 'mapping_types',
  'capability_groups',
])

/** Reads a file's `metadata`. Values that are absent or invalid are not stated; invalid ones are reported. */
function readMetadata(value: TreeValue | undefined, pointer: string, reader: FileReader): Metadata {
  const metadata: TreeObject = isObject(value) ? value : {}
  if (!isObject(value)) {
    reader.report('parse/invalid-document', pointer, {
      message: 'The file has no metadata',
      found: describeValue(value),
      expected: 'metadata: an object with mapping_framework, attack_version, …',
    })
  }
  countUnknown(metadata, metadataFields, 'metadata.', pointer, reader)
  const line = (key: string): string | undefined => readField(metadata, key, pointer, 'metadata.', reader)
  const frameworkText = line('mapping_framework')
  const framework = frameworkText === undefined ? undefined : describeFramework(frameworkText)
  return {
    framework: stated({ id: framework?.id, name: framework?.name, version: line('mapping_framework_version') }),
    attack: stated({
      // Another text is reported as that of a foreign matrix.
      domain: readDomain(line('technology_domain') ?? ''),
      version: line('attack_version'),
    }),
    about: stated({
      mappingVersion: line('mapping_version'),
      name: line('author'),
      contact: line('contact'),
      organization: line('organization'),
      created: readStatedDate(line('creation_date'), `${pointer}/creation_date`, reader),
      modified: readStatedDate(line('last_update'), `${pointer}/last_update`, reader),
      versionSchema: line('mapping_framework_version_schema'),
    }),
    relations: readEntries(metadata.mapping_types, `${pointer}/mapping_types`, 'metadata.mapping_types', reader),
    groups: readEntries(metadata.capability_groups, `${pointer}/capability_groups`, 'metadata.capability_groups', reader),
  }
}

/** Mapping types or groups by id: a name, or an object with name and description. Older files have lists of objects with an id. */
function readEntries(value: TreeValue | undefined, pointer: string, field: string, reader: FileReader): readonly Relation[] {
  if (value === undefined || value === null) return []
  if (!isList(value) && !isObject(value)) {
    const message = `${field} is not an object`
    reader.report('parse/invalid-document', pointer, { message, found: describeValue(value), expected: 'an object with names by id' })
    return []
  }
  const entries = isList(value)
    ? value.map((entry, index) => [isObject(entry) ? entry.id : undefined, entry, pointer + pointerStep(index)] as const)
    : Object.entries(value).map(([key, entry]) => [key, entry, pointer + pointerStep(key)] as const)
  return entries.flatMap(([key, entry, at]) => readEntry(key, entry, at, field, reader))
}

function readEntry(
  key: TreeValue | undefined, entry: TreeValue, pointer: string, field: string, reader: FileReader,
): readonly Relation[] {
  const id = readLine(key, `${field} (ids)`, pointer, reader)
  const isText = entry === null || typeof entry !== 'object'
  if (id === undefined || (!isText && !isObject(entry))) {
    const expected = id === undefined ? 'an entry with an id' : 'a name'
    reader.report('parse/unknown-value', pointer, { found: describeValue(entry), expected })
    return []
  }
  if (isText) return [{ id, name: readLine(entry, field, pointer, reader) ?? id }]
  const name = readLine(entry.name, `${field}.name`, `${pointer}/name`, reader) ?? id
  const description = readLines(entry.description, `${field}.description`, `${pointer}/description`, reader)
  return [{ id, name, ...(description !== undefined && { description }) }]
}
