import { describe, expect, it } from 'vitest'
import { extensionKey } from '../../../../src/emitters/stix/preamble-objects.js'
import { schemaErrors } from '../../../../src/schemas/schema-errors.js'
import { stixId } from '../../../support/attack-bundles.js'
import { buildTestBundle } from '../../../support/build-test-bundle.js'
import { sampleSet } from '../../../support/sample-sets.js'
import { createSet, mapped } from '../../../support/small-set.js'

type Loose = Record<string, unknown>
type Change = (target: Loose, bundle: Loose) => void

const otherExtension = 'extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d'
const unmapped = { attack_object_id: 'T1190' }
const origins = [{ document: 'a' }]

/** What breaks the first object of a type (or the bundle itself), by what is wrong with it. */
const breakages: readonly (readonly [string, string, Change])[] = [
  ['bundle', 'a property of STIX 2.0', (bundle) => { bundle['spec_version'] = '2.1' }],
  ['bundle', 'a random id', (bundle) => { bundle['id'] = 'bundle--f5db4f75-5a58-4bf9-8a40-1a4b2b1d9a0c' }],
  ['bundle', 'no id', (bundle) => { delete bundle['id'] }],
  ['bundle', 'no objects', (bundle) => { bundle['objects'] = [] }],
  ['bundle', 'null among its objects', (bundle) => { bundle['objects'] = [null] }],
  ['relationship', 'an unknown type', (object) => { object['type'] = 'sighting' }],
  ['relationship', 'no type', (object) => { delete object['type'] }],
  ['relationship', 'no source', (object) => { delete object['source_ref'] }],
  ['relationship', 'no marking', (object) => { delete object['object_marking_refs'] }],
  ['relationship', 'no author', (object) => { delete object['created_by_ref'] }],
  ['relationship', 'no modified', (object) => { delete object['modified'] }],
  ['relationship', 'STIX 2.0', (object) => { object['spec_version'] = '2.0' }],
  ['relationship', 'the id of another type', (object, bundle) => { object['id'] = first(bundle, 'grouping')['id'] }],
  ['relationship', 'a random id', (object) => { object['id'] = 'relationship--f5db4f75-5a58-4bf9-8a40-1a4b2b1d9a0c' }],
  ['relationship', 'a mapping type as its type', (object) => { object['relationship_type'] = 'technique_scores' }],
  ['relationship', 'a technique that mitigates', (object) => {
    [object['source_ref'], object['target_ref']] = [object['target_ref'], object['source_ref']]
  }],
  ['relationship', 'a relationship as its target', (object) => { object['target_ref'] = object['id'] }],
  ['relationship', 'an empty description', (object) => { object['description'] = '' }],
  ['relationship', 'empty labels', (object) => { object['labels'] = [] }],
  ['relationship', 'the same label twice', (object) => { object['labels'] = ['a', 'a'] }],
  ['relationship', 'a null', (object) => { object['description'] = null }],
  ['relationship', 'an x_ property', (object) => { object['x_score'] = 'partial' }],
  ['relationship', 'an extension of others', (object) => { object['extensions'] = { [otherExtension]: {} } }],
  ['relationship', 'an extension without its type', (object) => { delete extensionOf(object)['extension_type'] }],
  ['relationship', 'an extension without rows', (object) => { extensionOf(object)['rows'] = [] }],
  ['relationship', 'a row with a field of no mapping', (object) => { extensionOf(object)['rows'] = [{ score: 1 }] }],
  ['relationship', 'a row of an unknown status', (object) => { extensionOf(object)['rows'] = [{ status: 'done' }] }],
  ['relationship', 'a reference that is no address', (object) => {
    object['external_references'] = [{ source_name: 'a', url: 'a b' }]
  }],
  ['relationship', 'a reference that says nothing', (object) => { object['external_references'] = [{ source_name: 'a' }] }],
  ['course-of-action', 'no name', (object) => { delete object['name'] }],
  ['course-of-action', 'a date without a time', (object) => { object['created'] = '2024-12-11' }],
  ['course-of-action', 'a date without milliseconds', (object) => { object['created'] = '2024-12-11T00:00:00Z' }],
  ['course-of-action', 'a month that is none', (object) => { object['created'] = '2024-13-11T00:00:00.000Z' }],
  ['course-of-action', 'a local time', (object) => { object['created'] = '2024-12-11T00:00:00.000+01:00' }],
  ['course-of-action', 'a kill chain', (object) => { object['kill_chain_phases'] = [phaseOf('mitre-attack')] }],
  ['attack-pattern', 'no marking', (object) => { delete object['object_marking_refs'] }],
  ['attack-pattern', 'an unknown kill chain', (object) => { object['kill_chain_phases'] = [phaseOf('lockheed')] }],
  ['attack-pattern', 'revoked: false', (object) => { object['revoked'] = false }],
  ['marking-definition', 'a level that is none', (object) => { object['definition'] = { tlp: 'blue' } }],
  ['marking-definition', 'the level of another id', (object) => { object['definition'] = { tlp: 'red' } }],
  ['marking-definition', 'a modified date', (object) => { object['modified'] = object['created'] }],
  ['identity', 'an unknown class', (object) => { object['identity_class'] = 'tool' }],
  ['extension-definition', 'another id', (object) => { object['id'] = otherExtension }],
  ['extension-definition', 'another schema', (object) => { object['schema'] = 'https://example.org/' }],
  ['extension-definition', 'new properties', (object) => { object['extension_properties'] = ['rows'] }],
  ['grouping', 'no references', (object) => { object['object_refs'] = [] }],
  ['grouping', 'a reference twice', (object) => { object['object_refs'] = [object['created_by_ref'], object['created_by_ref']] }],
  ['grouping', 'a context that is none', (object) => { object['context'] = 'mapping' }],
  ['grouping', 'the extension of a relationship', (object, bundle) => {
    object['extensions'] = first(bundle, 'relationship')['extensions']
  }],
  ['grouping', 'a domain that is none', (object) => { read(extensionOf(object)['mapping_set'])['technology_domain'] = 'pre' }],
  ['grouping', 'a row that is in two places', (object, bundle) => {
    placeRow(object, { object_ref: first(bundle, 'relationship')['id'], row: 0, unmapped_technique: unmapped, origins })
  }],
  ['grouping', 'a row that is nowhere', (object) => { placeRow(object, { origins }) }],
  ['grouping', 'a row of an object without its number', (object, bundle) => {
    placeRow(object, { object_ref: first(bundle, 'relationship')['id'], origins })
  }],
  ['grouping', 'a row without origin', (object) => { placeRow(object, { unmapped_technique: unmapped, origins: [] }) }],
]

/** What breaks an object in the shape of mapex, of the first sample or of vulnerabilities. */
const mapexBreakages: readonly (readonly [string, string, Change])[] = [
  ['infrastructure', 'a description', (object) => { object['description'] = 'a' }],
  ['infrastructure', 'no name', (object) => { delete object['name'] }],
  ['infrastructure', 'a random id', (object) => { object['id'] = 'infrastructure--f5db4f75-5a58-4bf9-8a40-1a4b2b1d9a0c' }],
  ['vulnerability', 'a name of another site', (object) => {
    object['external_references'] = [{ source_name: 'cve', external_id: 'CVE-2021-44228', url: 'https://example.org' }]
  }],
  ['vulnerability', 'an extension', (object) => { object['extensions'] = { [extensionKey]: {} } }],
  ['relationship', 'labels', (object) => { object['labels'] = ['score:partial'] }],
  ['relationship', 'a mapping type as documents write it', (object) => { object['relationship_type'] = 'technique_scores' }],
  ['relationship', 'no mapping type', (object) => { delete object['relationship_type'] }],
  ['relationship', 'a capability as its target', (object) => { object['target_ref'] = object['source_ref'] }],
]

/** What breaks MITRE's own object. */
const originalBreakages: readonly (readonly [string, string, Change])[] = [
  ['attack-pattern', 'a property that is not MITRE\'s', (object) => { object['x_other'] = 'a' }],
  ['attack-pattern', 'a property that STIX lacks', (object) => { object['severity'] = 'high' }],
  ['attack-pattern', 'a property of MITRE\'s that nests', (object) => { object['x_mitre_a'] = { b: 'c' } }],
  ['attack-pattern', 'a property of MITRE\'s that is null', (object) => { object['x_mitre_a'] = null }],
  ['attack-pattern', 'our extension', (object) => { object['extensions'] = { [extensionKey]: {} } }],
  ['attack-pattern', 'no name', (object) => { delete object['name'] }],
  ['attack-pattern', 'STIX 2.0', (object) => { delete object['spec_version'] }],
  ['identity', 'a property that is not MITRE\'s', (object) => { object['x_other'] = 'a' }],
  ['marking-definition', 'a definition of another kind', (object) => { object['definition'] = { tlp: 'red' } }],
]

describe('the schema of bundles', () => {
  it('accepts what the emitter makes', async () => {
    const bundle = await looseBundle()
    expect(await schemaErrors('stix-bundle', bundle)).toEqual([])
    placeRow(first(bundle, 'grouping'), { unmapped_technique: unmapped, origins })
    expect(await schemaErrors('stix-bundle', bundle)).toEqual([])
  })

  it.each(breakages)('rejects a %s with %s', async (type, _, change) => {
    const bundle = await looseBundle()
    change(type === 'bundle' ? bundle : first(bundle, type), bundle)
    expect(await schemaErrors('stix-bundle', bundle)).not.toEqual([])
  })

  it.each(mapexBreakages)('rejects a %s of profile mapex with %s', async (type, _, change) => {
    const framework = { id: 'kev', name: 'KEV' }
    const set = type === 'infrastructure' ? sampleSet()
      : createSet({ framework, rows: [mapped('CVE-2021-44228', 'T1190', { relation: 'primary_impact' })] })
    const bundle = read(JSON.parse((await buildTestBundle(set, { 'stix-profile': 'mapex' })).text))
    expect(await schemaErrors('stix-bundle', bundle)).toEqual([])
    change(first(bundle, type), bundle)
    expect(await schemaErrors('stix-bundle', bundle)).not.toEqual([])
  })

  it.each(originalBreakages)('rejects a %s of MITRE\'s own with %s', async (type, _, change) => {
    const bundle = { ...await looseBundle(), objects: originalObjects() }
    expect(await schemaErrors('stix-bundle', bundle)).toEqual([])
    change(first(bundle, type), bundle)
    expect(await schemaErrors('stix-bundle', bundle)).not.toEqual([])
  })

  it.each([[{}], [[]], [null], ['bundle']])('rejects %j', async (value) => {
    expect(await schemaErrors('stix-bundle', value)).not.toEqual([])
  })

  // An `anyOf` over all object types takes minutes for these; how long ours takes, `npm run bench` measures.
  it('judges 5,000 relationships without hanging over them', { timeout: 30_000 }, async () => {
    const rows = Array.from({ length: 5000 }, (_, index) => mapped(`X-${index}`, 'T1190', { comments: 'A comment.' }))
    const { bundle } = await buildTestBundle(createSet({ rows }))
    expect(await schemaErrors('stix-bundle', bundle)).toEqual([])
  })
})

async function looseBundle(): Promise<Loose> {
  const { text } = await buildTestBundle(sampleSet())
  return read(JSON.parse(text))
}

/** Objects as ATT&CK's bundles have them, made up. */
function originalObjects(): readonly Loose[] {
  const common = { spec_version: '2.1', created: '2020-01-01T00:00:00Z', modified: '2020-01-01T00:00:00.123456Z', x_mitre_version: '1.0' }
  const [technique, identity, marking] = ['attack-pattern', 'identity', 'marking-definition'].map((type) => stixId(type, 1))
  const { modified, ...undated } = common
  return [
    { ...common, type: 'attack-pattern', id: technique, name: 'A', description: '', revoked: false, x_mitre_platforms: ['a'], created_by_ref: identity },
    { ...common, type: 'identity', id: identity, name: 'A', identity_class: 'organization', modified, object_marking_refs: [marking] },
    { ...undated, type: 'marking-definition', id: marking, definition_type: 'statement', definition: { statement: 'A.' } },
  ]
}

function first(bundle: Loose, type: string): Loose {
  const objects = bundle['objects']
  return read(Array.isArray(objects) ? objects.find((object) => read(object)['type'] === type) : undefined)
}

function phaseOf(chain: string): Loose {
  return { kill_chain_name: chain, phase_name: 'impact' }
}

function placeRow(grouping: Loose, place: Loose): void {
  extensionOf(grouping)['row_places'] = [place]
}

function extensionOf(object: Loose): Loose {
  return read(read(object['extensions'])[extensionKey])
}

function read(value: unknown): Loose {
  if (!isLoose(value)) throw new Error(`not an object: ${JSON.stringify(value)}`)
  return value
}

function isLoose(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null
}
