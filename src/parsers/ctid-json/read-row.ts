import { isList, isObject, type TreeObject, type TreeValue } from '../../formats/decoded.js'
import { pointerStep } from '../../formats/places.js'
import { describeFramework } from '../../frameworks/find-framework.js'
import type { AttackRelease, FrameworkRelease } from '../../model/mapping-set.js'
import type { CapabilityRef, Mapping, MappingStatus, RowRelease } from '../../model/mapping.js'
import { stated } from '../../model/stated.js'
import { mappingStatuses, readDomain, readStatus } from '../../model/vocabulary.js'
import { describeValue, type FileReader } from '../reading/file-reader.js'
import { readLine, readLines, readReferences } from '../reading/read-text.js'

/** Framework and ATT&CK release of a file. A row keeps only what differs from them. */
export interface FileRelease {
  readonly framework: Partial<FrameworkRelease>
  readonly attack: AttackRelease
}

/** Reads an item of `mapping_objects`; undefined, and reported, if it is not a row, is empty or contradicts itself. */
export function readRow(row: TreeValue, pointer: string, file: FileRelease, reader: FileReader): Mapping | undefined {
  if (!checkRow(row, pointer, reader)) return undefined
  const line: LineReader = (field) => {
    const value = row[field]
    // Most fields of a row are null or absent.
    return value === null || value === undefined ? undefined : readLine(value, field, `${pointer}/${field}`, reader)
  }
  const capability = readSide(line, 'capability_id', 'capability_description', pointer, reader)
  const technique = readSide(line, 'attack_object_id', 'attack_object_name', pointer, reader)
  const common = readCommon(row, line, pointer, file, reader)
  const nonMappable = common.status === 'non_mappable' || common.relation === 'non_mappable'
  const isDone = !nonMappable && common.status !== 'in_progress'

  if (capability && technique) {
    if (!nonMappable) return { kind: 'mapped', capability: asCapability(capability), technique, ...common }
    reader.report('parse/contradictory-row', pointer, {
      found: `a non_mappable row with the capability ${capability.id} and the technique ${technique.id}`,
      expected: 'a non_mappable row with only a capability or only a technique',
    })
    return undefined
  }
  if (capability) {
    const found = `the capability ${capability.id}`
    if (isDone) reader.report('parse/missing-technique', pointer, { found, expected: 'an attack_object_id' })
    return { kind: 'unmapped-capability', capability: asCapability(capability), ...common }
  }
  if (technique) {
    const found = `the technique ${technique.id}`
    if (isDone) reader.report('parse/missing-capability', pointer, { found, expected: 'a capability_id' })
    return { kind: 'unmapped-technique', technique, ...common }
  }
  reader.report('parse/empty-row', pointer, { expected: 'a capability_id, an attack_object_id, or both' })
  return undefined
}

type LineReader = (field: string) => string | undefined

interface Side {
  readonly id: string
  readonly name?: string
}

/** One side of a row. Names are not unique, so a name without an id is not read, and counted. */
function readSide(line: LineReader, idField: string, nameField: string, pointer: string, reader: FileReader): Side | undefined {
  const id = line(idField)
  const name = line(nameField)
  if (id !== undefined) return { id, ...(name !== undefined && { name }) }
  if (name !== undefined) reader.count('parse/name-without-id', nameField, `${pointer}/${nameField}`)
  return undefined
}

function asCapability({ id, name }: Side): CapabilityRef {
  return { id, ...(name !== undefined && { description: name }) }
}

function readCommon(row: TreeObject, line: LineReader, pointer: string, file: FileRelease, reader: FileReader) {
  const relation = line('mapping_type')
  const group = line('capability_group')
  const score = scoreOf(line('score_category'), line('score_value'), line('related_score'))
  const comments = readLines(row.comments, 'comments', `${pointer}/comments`, reader)
  const references = readReferences(row.references, pointer, reader)
  const status = readStatedStatus(line('status'), pointer, reader)
  const author = authorOf(line)
  const release = releaseOf(line, file)
  return {
    origins: [reader.origin(pointer)],
    ...(relation !== undefined && { relation }),
    ...(group !== undefined && { group }),
    ...(score && { score }),
    ...(comments !== undefined && { comments }),
    ...(references && { references }),
    ...(status !== undefined && { status }),
    ...(author && { author }),
    ...(release && { release }),
  }
}

function readStatedStatus(text: string | undefined, pointer: string, reader: FileReader): MappingStatus | undefined {
  const status = text === undefined ? undefined : readStatus(text)
  if (text !== undefined && !status) {
    reader.report('parse/unknown-value', `${pointer}/status`, { found: text, expected: mappingStatuses.join(', ') })
  }
  return status
}

function scoreOf(category: string | undefined, value: string | undefined, related: string | undefined) {
  return category === undefined && value === undefined && related === undefined ? undefined : stated({ category, value, related })
}

function authorOf(line: LineReader) {
  const name = line('author')
  const contact = line('author_contact') ?? line('contact')
  const organization = line('author_organization') ?? line('organization')
  const isStated = name !== undefined || contact !== undefined || organization !== undefined
  return isStated ? stated({ name, contact, organization }) : undefined
}

/** Versions and domain of a row that differ from the file's. */
function releaseOf(line: LineReader, file: FileRelease): RowRelease | undefined {
  const domain = line('technology_domain')
  const frameworkText = line('mapping_framework')
  const framework = frameworkText === undefined ? undefined : describeFramework(frameworkText).id
  const release = stated({
    attackVersion: unless(line('attack_version'), file.attack.version),
    // The Mappings Editor can map to targets other than ATT&CK: a value that is not a domain is kept as written.
    domain: unless(domain === undefined ? undefined : (readDomain(domain) ?? domain), file.attack.domain),
    framework: unless(framework, file.framework.id),
    frameworkVersion: unless(line('mapping_framework_version'), file.framework.version),
  })
  return Object.keys(release).length === 0 ? undefined : release
}

function unless<Value>(value: Value, same: Value | undefined): Value | undefined {
  return value === same ? undefined : value
}

/** The fields of a row, each a text or a list of texts. The Mappings Editor writes `contact` and `organization`. */
const fields = new Map<string, 'text' | 'texts'>([
  ['capability_id', 'text'], ['capability_description', 'text'], ['capability_group', 'text'], ['mapping_type', 'text'],
  ['attack_object_id', 'text'], ['attack_object_name', 'text'], ['status', 'text'], ['comments', 'text'], ['references', 'texts'],
  ['score_category', 'text'], ['score_value', 'text'], ['related_score', 'text'],
  ['attack_version', 'text'], ['technology_domain', 'text'], ['mapping_framework', 'text'], ['mapping_framework_version', 'text'],
  ['author', 'text'], ['author_contact', 'text'], ['author_organization', 'text'], ['contact', 'text'], ['organization', 'text'],
])

/** Validates the shape of a row and reports the first error. Unknown fields are counted; they do not make a row invalid. */
function checkRow(row: TreeValue, pointer: string, reader: FileReader): row is TreeObject {
  if (!isObject(row)) return refuse(reader, pointer, row, 'an object with capability_id, attack_object_id, …')
  for (const key of Object.keys(row)) {
    const kind = fields.get(key)
    const value = row[key]
    if (kind === undefined) {
      reader.count('parse/unknown-field', `mapping_objects[].${key}`, pointer + pointerStep(key))
    } else if (typeof value === 'object' && value !== null) {
      if (kind === 'text') return refuse(reader, `${pointer}/${key}`, value, 'a string or null')
      if (!isTexts(value)) return refuse(reader, `${pointer}/${key}`, value, 'a list of strings, or null')
    }
  }
  return true
}

function isTexts(value: TreeValue): boolean {
  return isList(value) && value.every((item) => typeof item !== 'object' || item === null)
}

function refuse(reader: FileReader, pointer: string, found: TreeValue, expected: string): false {
  reader.report('parse/unreadable-row', pointer, { found: describeValue(found), expected, hint: 'The other rows were read.' })
  return false
}
