import { isList, isObject, type TreeDocument, type TreeObject, type TreeValue } from '../../formats/decoded.js'
import { pointerStep } from '../../formats/places.js'
import { describeFramework } from '../../frameworks/find-framework.js'
import {
  type About, type AttackRelease, createMappingSet, type FrameworkRelease, type Group, type MappingSet, type Relation, unknownFramework,
} from '../../model/mapping-set.js'
import type { Mapping } from '../../model/mapping.js'
import { stated } from '../../model/stated.js'
import type { ParseContext } from '../parser.js'
import { createFileReader, describeValue, type FileReader } from '../reading/file-reader.js'
import { readField, readLine, readLines, readStatedDate, readStatedDomain } from '../reading/read-text.js'
import { type FileRelease, readRow } from './read-row.js'

/** One unified mapping file, at a pointer of its document, as a set; undefined when it holds no row that can be read. */
export function readMappingFile(
  file: TreeValue, pointer: string, document: TreeDocument, context: ParseContext,
): MappingSet | undefined {
  const reader = createFileReader(document, context.report)
  const set = readSet(file, pointer, document, context, reader)
  reader.reportCounts()
  return set
}

function readSet(
  file: TreeValue, pointer: string, document: TreeDocument, context: ParseContext, reader: FileReader,
): MappingSet | undefined {
  if (!isObject(file)) {
    const expected = 'an object with metadata and mapping_objects'
    reader.report('parse/invalid-document', pointer, { found: describeValue(file), expected })
    return undefined
  }
  for (const key of Object.keys(file)) {
    if (key !== 'metadata' && key !== 'mapping_objects') reader.count('parse/unknown-field', key, pointer + pointerStep(key))
  }
  const metadata = readMetadata(file.metadata, `${pointer}/metadata`, reader)
  const mappings = readRows(file.mapping_objects, `${pointer}/mapping_objects`, metadata, reader)
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
    framework: { id: unknownFramework, name: 'Unknown', ...framework },
    mappings,
    sources: [{ name: document.file.name, sha256: document.file.sha256, parser: 'ctid-json', rows: mappings.length }],
  })
}

function readRows(
  value: TreeValue | undefined, pointer: string, release: FileRelease, reader: FileReader,
): readonly Mapping[] | undefined {
  if (!isList(value)) {
    reader.report('parse/invalid-document', pointer, {
      message: value === undefined ? 'The file has no mapping_objects' : 'mapping_objects is not a list',
      found: describeValue(value),
      expected: 'mapping_objects: a list of rows',
    })
    return undefined
  }
  const mappings: Mapping[] = []
  for (const [index, row] of value.entries()) {
    const mapping = readRow(row, `${pointer}/${index}`, release, reader)
    if (mapping) mappings.push(mapping)
  }
  return mappings
}

/** What a file says of all its rows. The framework is absent when the file names none. */
interface Metadata {
  readonly framework: Partial<FrameworkRelease>
  readonly attack: AttackRelease
  readonly about: About
  readonly relations: readonly Relation[]
  readonly groups: readonly Group[]
}

const known = new Set([
  'mapping_version', 'attack_version', 'technology_domain', 'creation_date', 'last_update', 'mapping_framework',
  'mapping_framework_version', 'mapping_framework_version_schema', 'author', 'contact', 'organization', 'mapping_types', 'capability_groups',
])

/** Reads a file's `metadata`. What is not stated is absent; a value of the wrong shape is reported and counts as not stated. */
function readMetadata(value: TreeValue | undefined, pointer: string, reader: FileReader): Metadata {
  const metadata: TreeObject = isObject(value) ? value : {}
  if (!isObject(value)) {
    reader.report('parse/invalid-document', pointer, {
      message: 'The file has no metadata',
      found: describeValue(value),
      expected: 'metadata: an object with mapping_framework, attack_version, …',
    })
  }
  for (const key of Object.keys(metadata)) {
    if (!known.has(key)) reader.count('parse/unknown-field', `metadata.${key}`, pointer + pointerStep(key))
  }
  const line = (key: string): string | undefined => readField(metadata, key, pointer, 'metadata.', reader)
  const frameworkText = line('mapping_framework')
  const framework = frameworkText === undefined ? undefined : describeFramework(frameworkText)
  return {
    framework: stated({ id: framework?.id, name: framework?.name, version: line('mapping_framework_version') }),
    attack: stated({
      domain: readStatedDomain(line('technology_domain'), `${pointer}/technology_domain`, reader),
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

/** Mapping types and groups: names by ids, or objects with name and description; older files have lists of those with ids. */
function readEntries(value: TreeValue | undefined, pointer: string, field: string, reader: FileReader): readonly Relation[] {
  if (value === undefined || value === null) return []
  if (!isList(value) && !isObject(value)) {
    const message = `${field} is not an object`
    reader.report('parse/invalid-document', pointer, { message, found: describeValue(value), expected: 'ids with their names' })
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
