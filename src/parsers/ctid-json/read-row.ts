import type { TreeObject, TreeValue } from '../../formats/decoded.js'
import { describeFramework } from '../../frameworks/find-framework.js'
import type { AttackRelease, FrameworkRelease } from '../../model/mapping-set.js'
import type { CapabilityRef, Mapping, MappingStatus, Person, RowRelease, Score, TechniqueRef } from '../../model/mapping.js'
import type { Origin } from '../../model/origin.js'
import { type Own, stated } from '../../model/stated.js'
import { mappingStatuses, readDomain, readStatus } from '../../model/vocabulary.js'
import type { FileReader } from '../reading/file-reader.js'
import { readLines, readReferences } from '../reading/read-text.js'
import { createRowCheck } from './check-fields.js'
import { createLineReader, createSideReader, type ReadText, type Side } from './repeated-values.js'

/** Framework and ATT&CK release of a file. A row keeps only what differs from them. */
export interface FileRelease {
  readonly framework: Partial<FrameworkRelease>
  readonly attack: AttackRelease
}

/** Reads an item of `mapping_objects`; undefined, and reported, if it is not a row, is empty or contradicts itself. */
export type ReadRow = (row: TreeValue, pointer: string) => Own<Mapping> | undefined

/** Creates the reader of a file's rows, which are alike: what several of them state is examined once. `originOf`: the origin of the row at a pointer. */
export function createRowReader(file: FileRelease, reader: FileReader, originOf: (pointer: string) => Origin): ReadRow {
  const isRow = createRowCheck(reader)
  const line = (field: string): ReadText => createLineReader(field, reader)
  const readCapability = createSideReader('capability_id', 'capability_description', asCapability, reader)
  const readTechnique = createSideReader<TechniqueRef>('attack_object_id', 'attack_object_name', (side) => side, reader)
  const readRelation = line('mapping_type')
  const readGroup = line('capability_group')
  const readScore = createScoreReader(line)
  const readStatedStatus = createStatusReader(line('status'), reader)
  const readAuthor = createAuthorReader(line)
  const readRelease = createReleaseReader(line, file)

  return (row, pointer) => {
    if (!isRow(row, pointer)) return undefined
    const capability = readCapability(row.capability_id, row.capability_description, pointer)
    const technique = readTechnique(row.attack_object_id, row.attack_object_name, pointer)
    const relation = readRelation(row.mapping_type, pointer)
    const group = readGroup(row.capability_group, pointer)
    const score = readScore(row, pointer)
    const comments = readLines(row.comments, 'comments', `${pointer}/comments`, reader)
    const references = readReferences(row.references, pointer, reader)
    const status = readStatedStatus(row, pointer)
    const author = readAuthor(row, pointer)
    const release = readRelease(row, pointer)
    const mapping = startRow(capability, technique, status === 'non_mappable' || relation === 'non_mappable', status, pointer)
    if (!mapping) return undefined
    // Assigned one after the other, the fields of all rows have the same order, and absent ones are not there.
    if (relation !== undefined) mapping.relation = relation
    if (group !== undefined) mapping.group = group
    if (score) mapping.score = score
    if (comments !== undefined) mapping.comments = comments
    if (references) mapping.references = references
    if (status !== undefined) mapping.status = status
    if (author) mapping.author = author
    if (release) mapping.release = release
    return mapping
  }

  /** A row with nothing but its sides and its origin; undefined, and reported, if it has neither or contradicts itself. */
  function startRow(
    capability: CapabilityRef | undefined, technique: TechniqueRef | undefined, nonMappable: boolean, status: MappingStatus | undefined, pointer: string,
  ): Own<Mapping> | undefined {
    const isDone = !nonMappable && status !== 'in_progress'
    if (capability && technique) {
      if (!nonMappable) return { kind: 'mapped', capability, technique, origins: [originOf(pointer)] }
      reader.report('parse/contradictory-row', pointer, {
        found: `a non_mappable row with the capability ${capability.id} and the technique ${technique.id}`,
        expected: 'a non_mappable row with only a capability or only a technique',
      })
      return undefined
    }
    if (capability) {
      if (isDone) reader.report('parse/missing-technique', pointer, { found: `the capability ${capability.id}`, expected: 'an attack_object_id' })
      return { kind: 'unmapped-capability', capability, origins: [originOf(pointer)] }
    }
    if (technique) {
      if (isDone) reader.report('parse/missing-capability', pointer, { found: `the technique ${technique.id}`, expected: 'a capability_id' })
      return { kind: 'unmapped-technique', technique, origins: [originOf(pointer)] }
    }
    reader.report('parse/empty-row', pointer, { expected: 'a capability_id, an attack_object_id, or both' })
    return undefined
  }
}

function asCapability({ id, name }: Side): CapabilityRef {
  return { id, ...(name !== undefined && { description: name }) }
}

/** Reads a part of a row that several fields state. */
type ReadPart<Part> = (row: TreeObject, pointer: string) => Part | undefined
type LineOf = (field: string) => ReadText

function createScoreReader(line: LineOf): ReadPart<Score> {
  const [readCategory, readValue, readRelated] = [line('score_category'), line('score_value'), line('related_score')]
  return (row, pointer) => {
    const category = readCategory(row.score_category, pointer)
    const value = readValue(row.score_value, pointer)
    const related = readRelated(row.related_score, pointer)
    return category === undefined && value === undefined && related === undefined ? undefined : stated({ category, value, related })
  }
}

function createStatusReader(line: ReadText, reader: FileReader): ReadPart<MappingStatus> {
  let before: string | undefined
  let status: MappingStatus | undefined
  return (row, pointer) => {
    const text = line(row.status, pointer)
    if (text !== before) {
      before = text
      status = text === undefined ? undefined : readStatus(text)
    }
    if (text !== undefined && !status) {
      reader.report('parse/unknown-value', `${pointer}/status`, { found: text, expected: mappingStatuses.join(', ') })
    }
    return status
  }
}

function createAuthorReader(line: LineOf): ReadPart<Person> {
  const readName = line('author')
  const [readContact, readOwnContact] = [line('author_contact'), line('contact')]
  const [readOrganization, readOwnOrganization] = [line('author_organization'), line('organization')]
  return (row, pointer) => {
    const name = readName(row.author, pointer)
    const contact = readContact(row.author_contact, pointer) ?? readOwnContact(row.contact, pointer)
    const organization = readOrganization(row.author_organization, pointer) ?? readOwnOrganization(row.organization, pointer)
    const isStated = name !== undefined || contact !== undefined || organization !== undefined
    return isStated ? stated({ name, contact, organization }) : undefined
  }
}

/** Versions and domain of a row that differ from the file's. */
function createReleaseReader(line: LineOf, file: FileRelease): ReadPart<RowRelease> {
  const [readRowDomain, readFramework] = [line('technology_domain'), line('mapping_framework')]
  const [readVersion, readFrameworkVersion] = [line('attack_version'), line('mapping_framework_version')]
  return (row, pointer) => {
    const domain = readRowDomain(row.technology_domain, pointer)
    const framework = readFramework(row.mapping_framework, pointer)
    const version = readVersion(row.attack_version, pointer)
    const frameworkVersion = readFrameworkVersion(row.mapping_framework_version, pointer)
    if (domain === undefined && framework === undefined && version === undefined && frameworkVersion === undefined) return undefined
    const release = stated({
      attackVersion: unless(version, file.attack.version),
      // The Mappings Editor can map to targets other than ATT&CK: a value that is not a domain is kept as written.
      domain: unless(domain === undefined ? undefined : (readDomain(domain) ?? domain), file.attack.domain),
      framework: unless(framework === undefined ? undefined : describeFramework(framework).id, file.framework.id),
      frameworkVersion: unless(frameworkVersion, file.framework.version),
    })
    return Object.keys(release).length === 0 ? undefined : release
  }
}

function unless<Value>(value: Value, same: Value | undefined): Value | undefined {
  return value === same ? undefined : value
}
