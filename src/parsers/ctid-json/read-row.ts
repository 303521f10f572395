import { isList, isObject, type TreeObject, type TreeValue } from '../../formats/decoded.js'
import { pointerStep } from '../../formats/places.js'
import { describeFramework } from '../../frameworks/find-framework.js'
import type { AttackRelease, FrameworkRelease } from '../../model/mapping-set.js'
import type { CapabilityRef, Mapping, MappingStatus, RowRelease } from '../../model/mapping.js'
import { stated } from '../../model/stated.js'
import { readDomain } from '../../model/vocabulary.js'
import { describeValue, type FileReader } from '../reading/file-reader.js'
import { readReferences } from '../reading/read-lists.js'
import { readLine, readLines } from '../reading/read-text.js'

/** What the file states for all its rows: what a row repeats of it is not kept with the row. */
export interface FileRelease {
  readonly framework: Partial<FrameworkRelease>
  readonly attack: AttackRelease
}

const statuses: readonly MappingStatus[] = ['complete', 'in_progress', 'non_mappable']

/** Reads one of the `mapping_objects`. Undefined when it is none, says nothing or contradicts itself, which is then reported. */
export function readRow(row: TreeValue, pointer: string, file: FileRelease, reader: FileReader): Mapping | undefined {
  if (!checkRow(row, pointer, reader)) return undefined
  const line: LineReader = (field) => readLine(row[field], field, `${pointer}/${field}`, reader)
  const capability = readSide(line, 'capability_id', 'capability_description', pointer, reader)
  const technique = readSide(line, 'attack_object_id', 'attack_object_name', pointer, reader)
  const common = readCommon(row, line, pointer, file, reader)
  const nonMappable = common.status === 'non_mappable' || common.relation === 'non_mappable'
  const isDone = !nonMappable && common.status !== 'in_progress'

  if (capability && technique) {
    if (!nonMappable) return { kind: 'mapped', capability: asCapability(capability), technique, ...common }
    reader.report('parse/contradictory-row', pointer, {
      found: `non_mappable, with the capability ${capability.id} and the technique ${technique.id}`,
      expected: 'a non_mappable row with only one of them',
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

/** A side of the row; a name without its id can't be told from others and is not read, which is counted. */
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
  const status = readStatus(line('status'), pointer, reader)
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

function readStatus(text: string | undefined, pointer: string, reader: FileReader): MappingStatus | undefined {
  if (text === undefined) return undefined
  const folded = text.toLowerCase().replaceAll(/[ -]/g, '_')
  const status = statuses.find((candidate) => candidate === folded)
  if (!status) reader.report('parse/unknown-value', `${pointer}/status`, { found: text, expected: statuses.join(', ') })
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

/** Versions and domain of the row, where they are not the file's own. */
function releaseOf(line: LineReader, file: FileRelease): RowRelease | undefined {
  const domain = line('technology_domain')
  const frameworkText = line('mapping_framework')
  const framework = frameworkText === undefined ? undefined : describeFramework(frameworkText).id
  const release = stated({
    attackVersion: unless(line('attack_version'), file.attack.version),
    // The Mappings Editor may map to other things than ATT&CK: what is no domain stays as written.
    domain: unless(domain === undefined ? undefined : (readDomain(domain) ?? domain), file.attack.domain),
    framework: unless(framework, file.framework.id),
    frameworkVersion: unless(line('mapping_framework_version'), file.framework.version),
  })
  return Object.keys(release).length === 0 ? undefined : release
}

function unless<Value>(value: Value, same: Value | undefined): Value | undefined {
  return value === same ? undefined : value
}

/** The fields of a row, each a text or a list of texts. `contact` and `organization` are the Mappings Editor's names. */
const fields = new Map<string, 'text' | 'texts'>([
  ['capability_id', 'text'], ['capability_description', 'text'], ['capability_group', 'text'], ['mapping_type', 'text'],
  ['attack_object_id', 'text'], ['attack_object_name', 'text'], ['status', 'text'], ['comments', 'text'], ['references', 'texts'],
  ['score_category', 'text'], ['score_value', 'text'], ['related_score', 'text'],
  ['attack_version', 'text'], ['technology_domain', 'text'], ['mapping_framework', 'text'], ['mapping_framework_version', 'text'],
  ['author', 'text'], ['author_contact', 'text'], ['author_organization', 'text'], ['contact', 'text'], ['organization', 'text'],
])

/** Whether a row has the shape of one. When not, says what is wrong with it; unknown fields are counted, and do no harm. */
function checkRow(row: TreeValue, pointer: string, reader: FileReader): row is TreeObject {
  if (!isObject(row)) return refuse(reader, pointer, row, 'an object with capability_id, attack_object_id, …')
  for (const key of Object.keys(row)) {
    const kind = fields.get(key)
    const value = row[key]
    if (kind === undefined) {
      reader.count('parse/unknown-field', `mapping_objects[].${key}`, pointer + pointerStep(key))
    } else if (typeof value === 'object' && value !== null) {
      if (kind === 'text') return refuse(reader, `${pointer}/${key}`, value, 'a text or null')
      if (!isTexts(value)) return refuse(reader, `${pointer}/${key}`, value, 'a list of texts, or null')
    }
  }
  return true
}

function isTexts(value: TreeValue): boolean {
  return isList(value) && value.every((item) => typeof item !== 'object' || item === null)
}

function refuse(reader: FileReader, pointer: string, found: TreeValue, expected: string): false {
  reader.report('parse/unreadable-row', pointer, { found: describeValue(found), expected, hint: 'the other rows were read' })
  return false
}
