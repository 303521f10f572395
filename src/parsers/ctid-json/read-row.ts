import { describeFramework } from '../../frameworks/describe-framework.js'
import type { TreeValue } from '../../formats/decoded.js'
import type { Mapping, MappingStatus, RowRelease } from '../../model/mapping.js'
import type { AttackRelease, FrameworkRelease } from '../../model/mapping-set.js'
import { checkRow } from './check-row.js'
import type { FileReader } from '../reading/file-reader.js'
import { readDomain } from '../../model/read-domain.js'
import { readReferences } from '../reading/read-references.js'
import { stated } from '../../model/stated.js'
import { readLine, readLines } from '../reading/tidy-text.js'

/** What the file states for all its rows: what a row repeats of it is not kept with the row. */
export interface FileRelease {
  readonly framework: Partial<FrameworkRelease>
  readonly attack: AttackRelease
}

const statuses: readonly MappingStatus[] = ['complete', 'in_progress', 'non_mappable']

/** Reads one of the `mapping_objects`. Undefined when it is none, says nothing or contradicts itself, which is then reported. */
export function readRow(row: TreeValue, pointer: string, file: FileRelease, reader: FileReader): Mapping | undefined {
  if (!checkRow(row, pointer, reader)) return undefined
  const line = (field: string): string | undefined => readLine(row[field], field, `${pointer}/${field}`, reader)
  const capabilityId = line('capability_id')
  const capabilityName = line('capability_description')
  const techniqueId = line('attack_object_id')
  const techniqueName = line('attack_object_name')
  const relation = line('mapping_type')
  const group = line('capability_group')
  const status = readStatus(line('status'), pointer, reader)
  const comments = readLines(row.comments, 'comments', `${pointer}/comments`, reader)
  const references = readReferences(row.references, pointer, reader)
  const score = scoreOf(line('score_category'), line('score_value'), line('related_score'))
  const author = authorOf(line)
  const release = releaseOf(line, file)

  const rest = {
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
  const capability = capabilityId === undefined ? undefined
    : { id: capabilityId, ...(capabilityName !== undefined && { description: capabilityName }) }
  const technique = techniqueId === undefined ? undefined
    : { id: techniqueId, ...(techniqueName !== undefined && { name: techniqueName }) }
  const nonMappable = status === 'non_mappable' || relation === 'non_mappable'

  if (capability && technique) {
    if (!nonMappable) return { kind: 'mapped', capability, technique, ...rest }
    reader.report('parse/contradictory-row', pointer, {
      found: `non_mappable, with the capability ${capability.id} and the technique ${technique.id}`,
      expected: 'a non_mappable row with only one of them',
    })
    return undefined
  }
  const done = !nonMappable && status !== 'in_progress'
  if (capability) {
    if (techniqueName !== undefined) reader.count('parse/name-without-id', 'attack_object_name', `${pointer}/attack_object_name`)
    if (done) reader.report('parse/missing-technique', pointer, { found: `the capability ${capability.id}`, expected: 'an attack_object_id' })
    return { kind: 'unmapped-capability', capability, ...rest }
  }
  if (technique) {
    if (capabilityName !== undefined) reader.count('parse/name-without-id', 'capability_description', `${pointer}/capability_description`)
    if (done) reader.report('parse/missing-capability', pointer, { found: `the technique ${technique.id}`, expected: 'a capability_id' })
    return { kind: 'unmapped-technique', technique, ...rest }
  }
  reader.report('parse/empty-row', pointer, { expected: 'a capability_id, an attack_object_id, or both' })
  return undefined
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

function authorOf(line: (field: string) => string | undefined) {
  const name = line('author')
  const contact = line('author_contact') ?? line('contact')
  const organization = line('author_organization') ?? line('organization')
  return name === undefined && contact === undefined && organization === undefined ? undefined : stated({ name, contact, organization })
}

/** Versions and domain of the row, where they are not the file's own. */
function releaseOf(line: (field: string) => string | undefined, file: FileRelease): RowRelease | undefined {
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
