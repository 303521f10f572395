import { describe, expect, it } from 'vitest'
import { readMappings, sampleMappingFile } from '../../../support/read-tree.js'

const file = sampleMappingFile()
const [row] = file.mapping_objects

describe('a broken row is left out and reported; the others are kept', () => {
  it.each([
    ['parse/unreadable-row', 'row', '', 'the string "row"', 'an object with'],
    ['parse/unreadable-row', null, '', 'null', 'an object with'],
    ['parse/unreadable-row', [], '', 'an empty list', 'an object with'],
    ['parse/unreadable-row', { ...row, comments: { a: 1 } }, '/comments', 'an object', 'a string or null'],
    ['parse/unreadable-row', { ...row, capability_id: ['a'] }, '/capability_id', 'a list of 1', 'a string or null'],
    ['parse/unreadable-row', { ...row, references: [['a']] }, '/references', 'a list of 1', 'a list of strings'],
    ['parse/unreadable-row', { ...row, references: { a: 1 } }, '/references', 'an object', 'a list of strings'],
    ['parse/contradictory-row', { ...row, status: 'non_mappable' }, '',
      'a non_mappable row with the capability aws_config and the technique T1562.008', 'only a capability'],
    ['parse/contradictory-row', { ...row, mapping_type: 'non_mappable' }, '', 'a non_mappable row with', 'only a capability'],
    ['parse/empty-row', {}, '', undefined, 'a capability_id'],
  ])('%s: %j', async (code, broken, pointer, found, expected) => {
    const { sets, diagnostics } = await readMappings({ ...file, mapping_objects: [row, broken,
      ...file.mapping_objects.slice(1)] })
    expect(sets[0]?.mappings).toHaveLength(3)
    expect(diagnostics).toHaveLength(1)
    expect(diagnostics[0]).toMatchObject({
      code,
      origin: { document: 'mappings.json', place: { kind: 'pointer', pointer: `/mapping_objects/1${pointer}`,
        line: expect.any(Number), column: expect.any(Number) } },
      expected: expect.stringContaining(expected),
    })
    expect(diagnostics[0]?.found ?? '').toContain(found ?? '')
  })
})

describe('a doubtful row is kept and reported', () => {
  it.each([
    ['parse/missing-technique', { ...row, attack_object_id: null, attack_object_name: null }, 'unmapped-capability'],
    ['parse/missing-capability', { ...row, capability_id: '', capability_description: '' }, 'unmapped-technique'],
    ['parse/unknown-value', { ...row, status: 'finished' }, 'mapped'],
    ['parse/name-without-id', { ...row, attack_object_id: null, status: 'in_progress' }, 'unmapped-capability'],
    ['parse/name-without-id', { ...row, capability_id: null, status: 'in_progress' }, 'unmapped-technique'],
    ['parse/unknown-field', { ...row, capabilty_id: 'typo' }, 'mapped'],
    ['parse/read-as-text', { ...row, comments: 5 }, 'mapped'],
  ])('%s', async (code, doubtful, kind) => {
    const { sets, diagnostics } = await readMappings({ ...file, mapping_objects: [doubtful] })
    expect(sets[0]?.mappings.map((mapping) => mapping.kind)).toEqual([kind])
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toEqual([code])
  })

  it('counts a field that recurs, at its first place', async () => {
    const { diagnostics } = await readMappings({ ...file, mapping_objects: [row, { ...row, typo: 1 }, { ...row, typo: 2 }] })
    expect(diagnostics).toMatchObject([
      { code: 'parse/unknown-field', found: 'mapping_objects[].typo', count: 2,
        origin: { place: { pointer: '/mapping_objects/1/typo' } } },
    ])
  })

  it('tells a bounded number of unknown fields apart', async () => {
    const odd = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`odd${index}`, 1]))
    const { diagnostics } = await readMappings({ ...file, mapping_objects: [{ ...row, ...odd }] })
    expect(diagnostics.length).toBeLessThan(300)
    expect(diagnostics.reduce((sum, { count = 1 }) => sum + count, 0)).toBe(5000)
  })
})

describe('a file without what makes it one', () => {
  it.each([
    [[1], 'parse/invalid-document', '/0'],
    [{ metadata: file.metadata }, 'parse/invalid-document', '/mapping_objects'],
    [{ ...file, mapping_objects: {} }, 'parse/invalid-document', '/mapping_objects'],
    [{ ...file, mapping_objects: [] }, 'parse/no-mappings', '/mapping_objects'],
  ])('%j is no set', async (value, code, pointer) => {
    const { sets, diagnostics } = await readMappings(value)
    expect(sets).toEqual([])
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toEqual([code])
    expect(diagnostics[0]?.origin?.place).toMatchObject({ pointer })
  })

  it('an empty list is no set', async () => {
    const { sets, diagnostics } = await readMappings([])
    expect(sets).toEqual([])
    expect(diagnostics).toMatchObject([{ code: 'parse/no-mappings', origin: { place: { kind: 'file' } } }])
  })

  it('without metadata keeps its rows', async () => {
    const { sets, diagnostics } = await readMappings({ mapping_objects: [row] })
    expect(sets[0]).toMatchObject({ framework: { id: 'unknown' }, attack: {}, about: {} })
    expect(diagnostics.map(({ code }) => code)).toEqual(['parse/invalid-document', 'parse/unknown-framework'])
  })

  it('is not asked for its framework when the user names it', async () => {
    const { metadata } = sampleMappingFile()
    const { diagnostics } = await readMappings({ ...file, metadata: { ...metadata, mapping_framework: '' } },
      { framework: 'aws' })
    expect(diagnostics).toEqual([])
  })

  it.each(['cloud', 'atlas', 'ATLAS (Machine Learning)'])('of the foreign domain %s is said to be one, and not read', async (domain) => {
    const { sets, diagnostics } = await readMappings({ ...file, metadata: { ...file.metadata, technology_domain: domain } })
    expect(sets).toEqual([])
    expect(diagnostics).toMatchObject([
      { code: 'parse/other-matrix', severity: 'error', count: 3, found: domain, origin: { place: { pointer: '/metadata/technology_domain' } } },
    ])
  })

  it.each([
    [{ attack_version: ['16.1'] }, 'parse/invalid-document', '/metadata/attack_version'],
    [{ mapping_types: 'x' }, 'parse/invalid-document', '/metadata/mapping_types'],
    [{ capability_groups: { aws_s3: ['x'] } }, 'parse/unknown-value', '/metadata/capability_groups/aws_s3'],
    [{ mapping_types: { '': { name: 'x', description: '' } } }, 'parse/unknown-value', '/metadata/mapping_types/'],
    [{ odd: 1 }, 'parse/unknown-field', '/metadata/odd'],
  ])('%j in the metadata is told, and the rest read', async (part, code, pointer) => {
    const { sets, diagnostics } = await readMappings({ ...file, metadata: { ...file.metadata, ...part } })
    expect(sets[0]?.mappings).toHaveLength(3)
    expect(diagnostics).toMatchObject([{ code, origin: { place: { pointer } } }])
  })
})
