import { isObject, type TreeDocument, type TreeObject } from '../../formats/decoded.js'
import { describeFramework } from '../../frameworks/find-framework.js'
import { createMappingSet, type MappingSet } from '../../model/mapping-set.js'
import type { Mapping } from '../../model/mapping.js'
import { stated } from '../../model/stated.js'
import type { ParseContext } from '../parser.js'
import { countUnknown, createFileReader, describeValue, type FileReader } from '../reading/file-reader.js'
import { readField, readStatedDomain } from '../reading/read-text.js'
import { type JoinedPair, type Pair, readAttackToVeris, readVerisToAttack } from './read-pairs.js'

const fileFields = new Set(['metadata', 'attack_to_veris', 'veris_to_attack'])
const metadataFields = new Set(['framework_id', 'attack_domain', 'attack_version', 'mappings_version', 'veris_version'])

const EXPECTED = 'attack_to_veris: technique ids with lists of VERIS ids'

/** The mapping set of a document; empty if no row maps to a technique. */
export function parseVeris(document: TreeDocument, context: ParseContext): readonly MappingSet[] {
  const reader = createFileReader(document, context.report)
  const set = isObject(document.value) ? readFile(document.value, document, reader) : undefined
  if (!isObject(document.value)) reader.report('parse/no-mappings', '', { found: describeValue(document.value), expected: EXPECTED })
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
  if (pairs.length === 0) reader.report('parse/no-mappings', '', { expected: EXPECTED })
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

/** A technique id: T1059 or T1059.001, in either case. */
const TECHNIQUE = /^T\d{4}(?:\.\d{3})?$/i

/** The rows of pairs with techniques. Pairs with other objects, such as ATT&CK groups, are counted and reported. */
function buildRows(pairs: readonly JoinedPair[], reader: FileReader): readonly Mapping[] {
  const others = pairs.filter(({ pair }) => !TECHNIQUE.test(pair.attackId))
  const [first] = others
  if (first) {
    const { attackId, name, pointer } = first.pair
    reader.report('parse/not-techniques', pointer, {
      found: name === undefined ? attackId : `${attackId} (${name})`,
      expected: 'technique ids, such as T1059 or T1059.001',
      count: others.length,
    })
  }
  return pairs.filter(({ pair }) => TECHNIQUE.test(pair.attackId)).map((pair) => buildRow(pair, reader))
}

function buildRow({ pair: { attackId, name, capability: id, pointer }, pointers }: JoinedPair, reader: FileReader): Mapping {
  const origins = pointers.map((at) => reader.origin(at))
  const technique = { id: attackId, ...(name !== undefined && { name }) }
  if (id === undefined) {
    reader.report('parse/missing-capability', pointer, { found: `the technique ${attackId}`, expected: 'a list of VERIS ids' })
    return { kind: 'unmapped-technique', origins, technique }
  }
  const group = groupOf(id)
  return { kind: 'mapped', origins, capability: { id }, technique, relation: 'related_to', ...(group !== undefined && { group }) }
}

/** The group of an id in CTID's unified files: its first two parts, spaces as underscores: value_chain.non-distribution_services. */
function groupOf(id: string): string | undefined {
  const [axis = '', category = '', ...rest] = id.split('.')
  return axis === '' || category === '' || rest.length === 0 ? undefined : `${axis}.${category}`.replaceAll(' ', '_')
}

/**
 * Joins the two directions of a file (undefined if the file lacks one): each pair with its place in either. The order and names
 * of `attack_to_veris` take precedence. Pairs in one direction only, and names that differ, are reported.
 */
function joinPairs(
  forth: readonly Pair[] | undefined, back: readonly Pair[] | undefined, reader: FileReader,
): readonly JoinedPair[] {
  if (!forth || !back) return [...(forth ?? []), ...(back ?? [])].map((pair) => ({ pair, pointers: [pair.pointer] }))
  const partners = new Map(back.map((pair) => [keyOf(pair), pair]))
  const alone: Pair[] = []
  const renamed: (readonly [Pair, Pair])[] = []
  const joined = forth.map((pair): JoinedPair => {
    const partner = partners.get(keyOf(pair))
    partners.delete(keyOf(pair))
    if (!partner) {
      if (pair.capability !== undefined) alone.push(pair)
      return { pair, pointers: [pair.pointer] }
    }
    if (pair.name !== undefined && partner.name !== undefined && pair.name !== partner.name) renamed.push([pair, partner])
    return { pair: { ...partner, ...pair }, pointers: [pair.pointer, partner.pointer] }
  })
  const rest = [...partners.values()]
  reportRenamed(renamed, reader)
  reportAlone(alone, 'attack_to_veris', 'veris_to_attack', reader)
  reportAlone(rest, 'veris_to_attack', 'attack_to_veris', reader)
  return [...joined, ...rest.map((pair) => ({ pair, pointers: [pair.pointer] }))]
}

function keyOf({ attackId, capability }: Pair): string {
  return JSON.stringify([attackId, capability])
}

function reportRenamed(renamed: readonly (readonly [Pair, Pair])[], reader: FileReader): void {
  const [first] = renamed
  if (!first) return
  const [{ attackId, name = '' }, { name: other = '', pointer }] = first
  reader.report('normalise/conflicting-names', pointer, {
    message: `${attackId} is "${name}" in attack_to_veris and "${other}" in veris_to_attack`,
    hint: 'The name in attack_to_veris was kept.',
    count: renamed.length,
  })
}

function reportAlone(alone: readonly Pair[], side: string, other: string, reader: FileReader): void {
  const [first] = alone
  if (!first) return
  reader.report('parse/count-differs', first.pointer, {
    message: `Rows are in ${side} but not in ${other}; they were kept`,
    found: `${first.capability ?? ''} and ${first.attackId}`,
    count: alone.length,
  })
}
