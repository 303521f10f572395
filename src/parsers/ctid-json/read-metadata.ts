import { describeFramework } from '../../frameworks/describe-framework.js'
import { pointerStep } from '../../formats/json-pointer.js'
import type { TreeValue } from '../../formats/decoded.js'
import { isList, isObject, type TreeObject } from '../../formats/tree-value.js'
import type { About, AttackRelease, FrameworkRelease, Group, Relation } from '../../model/mapping-set.js'
import { describeValue } from '../reading/describe-value.js'
import type { FileReader } from '../reading/file-reader.js'
import { readField } from '../reading/read-field.js'
import { readStatedDate } from '../reading/read-stated-date.js'
import { readStatedDomain } from '../reading/read-stated-domain.js'
import { readLine, readLines } from '../reading/tidy-text.js'
import { stated } from '../../model/stated.js'

/** What a file says of all its rows. The framework is absent when the file names none. */
export interface Metadata {
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
export function readMetadata(value: TreeValue | undefined, pointer: string, reader: FileReader): Metadata {
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
