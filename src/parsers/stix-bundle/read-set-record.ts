import type { TreeObject } from '../../formats/tree-value.js'
import type { MappingSetDraft } from '../../model/create-mapping-set.js'
import type { SourceDocument } from '../../model/mapping-set.js'
import { stated } from '../../model/stated.js'
import { unknownFramework } from '../../model/unknown-framework.js'
import type { FileReader } from '../reading/file-reader.js'
import { readStatedDomain } from '../reading/read-stated-domain.js'
import { objectsOf, textOf, textsOf } from './object-fields.js'

/** What our extension says of a set beside its rows. */
export function readSetRecord(
  record: TreeObject, pointer: string, reader: FileReader,
): Omit<MappingSetDraft, 'mappings' | 'sources'> {
  const text = (name: string): string | undefined => textOf(record, name)
  const id = text('mapping_framework')
  if (id === undefined) reader.report('parse/unknown-framework', pointer, { expected: 'mapping_framework' })
  return {
    framework: {
      id: id ?? unknownFramework,
      name: text('mapping_framework_name') ?? id ?? 'Unknown',
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
    capabilities: objectsOf(record, 'capabilities').flatMap((entry) => {
      const capabilityId = textOf(entry, 'capability_id')
      if (capabilityId === undefined) return []
      const facts = stated({ name: textOf(entry, 'name'), description: textOf(entry, 'description') })
      return [{ id: capabilityId, ...facts, groups: textsOf(entry, 'capability_groups') }]
    }),
  }
}

/** The documents that a bundle of ours was made of. */
export function readFormerSources(record: TreeObject): readonly SourceDocument[] {
  return objectsOf(record, 'sources').flatMap((entry) => {
    const name = textOf(entry, 'document')
    const sha256 = textOf(entry, 'sha256')
    const parser = textOf(entry, 'parser')
    if (name === undefined || sha256 === undefined || !/^[0-9a-f]{64}$/.test(sha256) || parser === undefined) return []
    const rows = typeof entry.rows === 'number' && Number.isSafeInteger(entry.rows) && entry.rows >= 0 ? entry.rows : 0
    return [{ name, sha256, parser, rows }]
  })
}

function readDescribed(record: TreeObject, list: string, key: string) {
  return objectsOf(record, list).flatMap((entry) => {
    const id = textOf(entry, key)
    const facts = stated({ description: textOf(entry, 'description') })
    return id === undefined ? [] : [{ id, name: textOf(entry, 'name') ?? id, ...facts }]
  })
}
