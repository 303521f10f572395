import type { TreeDocument } from '../../formats/decoded.js'
import { describeFramework } from '../../frameworks/describe-framework.js'
import { isObject, type TreeObject } from '../../formats/tree-value.js'
import { createMappingSet } from '../../model/create-mapping-set.js'
import type { MappingSet } from '../../model/mapping-set.js'
import { stated } from '../../model/stated.js'
import type { ParseContext } from '../parser.js'
import { countUnknown } from '../reading/count-unknown.js'
import { createFileReader, type FileReader } from '../reading/file-reader.js'
import { readField } from '../reading/read-field.js'
import { readStatedDomain } from '../reading/read-stated-domain.js'
import { buildRows } from './build-rows.js'
import { joinPairs } from './join-pairs.js'
import { readAttackToVeris } from './read-attack-to-veris.js'
import { readVerisToAttack } from './read-veris-to-attack.js'

const fileFields = new Set(['metadata', 'attack_to_veris', 'veris_to_attack'])
const metadataFields = new Set(['framework_id', 'attack_domain', 'attack_version', 'mappings_version', 'veris_version'])

/** The set of a document; none when it holds no row for a technique. */
export function parseVeris(document: TreeDocument, context: ParseContext): readonly MappingSet[] {
  const reader = createFileReader(document, context.report)
  const set = isObject(document.value) ? readFile(document.value, document, reader) : undefined
  reader.reportCounts()
  return set ? [set] : []
}

function readFile(value: TreeObject, { file }: TreeDocument, reader: FileReader): MappingSet | undefined {
  countUnknown(value, fileFields, '', '', reader)
  const release = readMetadata(isObject(value.metadata) ? value.metadata : {}, reader)
  const pairs = joinPairs(
    'attack_to_veris' in value ? readAttackToVeris(value.attack_to_veris, '/attack_to_veris', reader) : undefined,
    'veris_to_attack' in value ? readVerisToAttack(value.veris_to_attack, '/veris_to_attack', reader) : undefined,
    reader,
  )
  if (pairs.length === 0) reader.report('parse/no-mappings', '', { expected: 'attack_to_veris: techniques and their VERIS ids' })
  const mappings = buildRows(pairs, reader)
  if (mappings.length === 0) return undefined
  return createMappingSet({
    ...release,
    relations: mappings.some(({ relation }) => relation !== undefined) ? [{ id: 'related_to', name: 'related-to' }] : [],
    mappings,
    sources: [{ name: file.name, sha256: file.sha256, parser: 'veris-json', rows: mappings.length }],
  })
}

function readMetadata(metadata: TreeObject, reader: FileReader) {
  countUnknown(metadata, metadataFields, 'metadata.', '/metadata', reader)
  const line = (key: string): string | undefined => readField(metadata, key, '/metadata', 'metadata.', reader)
  const { id, name } = describeFramework(line('framework_id') ?? 'VERIS')
  const domain = readStatedDomain(line('attack_domain'), '/metadata/attack_domain', reader)
  return {
    framework: { id, name, ...stated({ version: line('veris_version') }) },
    attack: stated({ domain, version: line('attack_version') }),
    about: stated({ mappingVersion: line('mappings_version') }),
  }
}
