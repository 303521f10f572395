import { describe, expect, it } from 'vitest'
import { ctidJson } from '../../../../src/parsers/ctid-json/ctid-json.js'
import { decodeTree, readMappings, sampleMappingFile } from '../../../support/read-tree.js'

function originsAt(pointer: string, line: number) {
  return [{ document: 'mappings.json', place: { kind: 'pointer', pointer, line, column: 9 } }]
}

describe('a file in good order', () => {
  it('is read without a word', async () => {
    const { sets, diagnostics } = await readMappings(sampleMappingFile())
    expect(diagnostics).toEqual([])
    expect(sets).toHaveLength(1)
    expect(sets[0]).toMatchObject({
      framework: { id: 'aws', name: 'AWS', version: '12/12/2024' },
      attack: { domain: 'enterprise', version: '16.1' },
      about: { mappingVersion: '1', contact: 'someone@example.org', created: '2021-09-21', modified: '2024-12-11' },
      sources: [{ name: 'mappings.json', parser: 'ctid-json', rows: 3 }],
    })
    expect(Object.keys(sets[0]?.about ?? {})).toEqual(['mappingVersion', 'contact', 'created', 'modified'])
  })

  it('gives each row its kind, its place and nothing that is not stated', async () => {
    const { sets } = await readMappings(sampleMappingFile())
    expect(sets[0]?.mappings).toEqual([
      {
        kind: 'mapped',
        origins: originsAt('/mapping_objects/0', 25),
        capability: { id: 'aws_config', description: 'AWS Config' },
        technique: { id: 'T1562.008', name: 'Disable or Modify Cloud Logs' },
        relation: 'technique_scores',
        group: 'aws_config',
        score: { category: 'detect', value: 'partial', related: 'T1562' },
        comments: 'Rules notice it.',
        references: ['https://example.org/config'],
        status: 'complete',
      },
      {
        kind: 'unmapped-capability', origins: originsAt('/mapping_objects/1', 41), capability: { id: 'aws_s3',
          description: 'AWS S3' }, group: 'aws_s3',
        status: 'non_mappable',
      },
      {
        kind: 'unmapped-technique', origins: originsAt('/mapping_objects/2', 52), technique: { id: 'T1001',
          name: 'Data Obfuscation' },
        relation: 'non_mappable', status: 'non_mappable',
      },
    ])
  })

  it('keeps mapping types with their names and descriptions, and adds those that only rows use', async () => {
    const { sets } = await readMappings(sampleMappingFile())
    expect([...sets[0]?.relations.values() ?? []]).toEqual([
      { id: 'technique_scores', name: 'Technique Scores' },
      { id: 'non_mappable', name: 'non_mappable' },
    ])
    expect([...sets[0]?.groups.values() ?? []]).toEqual([{ id: 'aws_config', name: 'AWS Config' }, { id: 'aws_s3',
      name: 'AWS S3' }])
  })

  it('may be a list of files', async () => {
    const { sets } = await readMappings([sampleMappingFile(), { ...sampleMappingFile(),
      mapping_objects: sampleMappingFile().mapping_objects.slice(0, 1) }])
    expect(sets.map(({ mappings }) => mappings.length)).toEqual([3, 1])
    expect(sets[1]?.mappings[0]?.origins[0]?.place).toMatchObject({ pointer: '/1/mapping_objects/0' })
  })
})

describe('the Mappings Editor', () => {
  it('states versions, domain and author of single rows: kept where they differ', async () => {
    const file = sampleMappingFile()
    file.mapping_objects = [
      {
        ...file.mapping_objects[0], status: 'in_progress', author: 'A. Author', contact: 'a@example.org',
        attack_version: '15.1', technology_domain: 'enterprise', mapping_framework: 'aws',
          mapping_framework_version: '09/21/2021',
      },
      { ...file.mapping_objects[0], technology_domain: 'mobile', author_contact: 'b@example.org' },
      { ...file.mapping_objects[0], technology_domain: 'example_controls' },
    ]
    const { sets, diagnostics } = await readMappings(file)
    expect(diagnostics).toEqual([])
    expect(sets[0]?.mappings).toMatchObject([
      { status: 'in_progress', author: { name: 'A. Author', contact: 'a@example.org' }, release: { attackVersion: '15.1',
        frameworkVersion: '09/21/2021' } },
      { author: { contact: 'b@example.org' }, release: { domain: 'mobile' } },
      { release: { domain: 'example_controls' } },
    ])
    expect(sets[0]?.mappings[0]?.release).toEqual({ attackVersion: '15.1', frameworkVersion: '09/21/2021' })
  })

  it('writes rows that are not filled in: left out, and said, but no error', async () => {
    const file = sampleMappingFile()
    file.mapping_objects.push({ capability_id: null, attack_object_id: null, references: [], mapping_type: null,
      status: 'in_progress' })
    const { sets, diagnostics } = await readMappings(file)
    expect(sets[0]?.mappings).toHaveLength(3)
    expect(diagnostics).toMatchObject([{ code: 'parse/empty-row', severity: 'warning',
      origin: { place: { pointer: '/mapping_objects/3' } } }])
  })
})

describe('what is tidied', () => {
  it('white space in ids, names and texts, and counts it', async () => {
    const file = sampleMappingFile()
    file.mapping_objects = [{
      ...file.mapping_objects[0], capability_id: ' aws_config\u00a0', capability_description: 'AWS  Config\n',
        comments: 'one\r\ntwo \r\n',
      references: [' https://example.org/a ', '', 'https://example.org/b'],
    }]
    const { sets, diagnostics } = await readMappings(file)
    expect(sets[0]?.mappings[0]).toMatchObject({
      capability: { id: 'aws_config', description: 'AWS Config' }, comments: 'one\ntwo', references: ['https://example.org/a',
        'https://example.org/b'],
    })
    expect(diagnostics.map(({ code, found, count }) => [code, found, count])).toEqual([
      ['normalise/whitespace', 'capability_id', 1],
      ['normalise/whitespace', 'capability_description', 1],
      ['normalise/whitespace', 'comments', 1],
      ['normalise/whitespace', 'references', 1],
    ])
  })

  it.each([
    ['2024-12-31', '2024-12-31'], ['12/31/2024', '2024-12-31'], ['1/2/2024', '2024-01-02'], ['2024-12-31T10:20:30.000Z',
      '2024-12-31'],
  ])('dates: %s', async (written, read) => {
    const file = sampleMappingFile()
    file.metadata.creation_date = written
    expect((await readMappings(file)).sets[0]?.about.created).toBe(read)
  })

  it.each(['31/12/2024', '02/30/2024', '2024-13-01', 'yesterday', '12/31/24'])('but not what is no date: %s', async (written) => {
    const file = sampleMappingFile()
    file.metadata.last_update = written
    const { sets, diagnostics } = await readMappings(file)
    expect(sets[0]?.about).not.toHaveProperty('modified')
    expect(diagnostics).toMatchObject([{ code: 'normalise/unreadable-date', found: written,
      origin: { place: { pointer: '/metadata/last_update' } } }])
  })

  it.each(['', null, undefined, []])('null, empty and absent are all "not stated": %j', async (nothing) => {
    const file = sampleMappingFile()
    const empty = Object.fromEntries(Object.keys(file.mapping_objects[0] ?? {})
      .map((key) => [key, key === 'references' || !Array.isArray(nothing) ? nothing : null]))
    file.mapping_objects = [{ ...empty, capability_id: 'aws_s3', attack_object_id: 'T1001' }]
    const { sets, diagnostics } = await readMappings(file)
    expect(sets[0]?.mappings[0]).toEqual({
      kind: 'mapped', origins: expect.anything(), capability: { id: 'aws_s3' }, technique: { id: 'T1001' },
    })
    expect(diagnostics).toEqual([])
  })

  it('numbers, which unquoted versions are in YAML', async () => {
    const file = sampleMappingFile()
    const { sets, diagnostics } = await readMappings({ ...file, metadata: { ...file.metadata, attack_version: 16.1 } })
    expect(sets[0]?.attack.version).toBe('16.1')
    expect(diagnostics).toMatchObject([{ code: 'parse/read-as-text',
      origin: { place: { pointer: '/metadata/attack_version' } } }])
  })

  it.each(['In Progress', 'IN_PROGRESS', 'in-progress'])('the spelling of the status: %s', async (status) => {
    const file = sampleMappingFile()
    file.mapping_objects = [{ ...file.mapping_objects[0], status }]
    expect((await readMappings(file)).sets[0]?.mappings[0]?.status).toBe('in_progress')
  })

  it('references in one text, as long as addresses follow the commas', async () => {
    const file = sampleMappingFile()
    file.mapping_objects = [{ ...file.mapping_objects[0], references: 'https://example.org/a,b, https://example.org/c' }]
    expect((await readMappings(file)).sets[0]?.mappings[0]?.references).toEqual(['https://example.org/a,b',
      'https://example.org/c'])
  })

  it('older lists of mapping types and groups', async () => {
    const { metadata, mapping_objects } = sampleMappingFile()
    const file = {
      metadata: {
        ...metadata, mapping_types: [{ id: 'technique_scores', name: 'Scores', description: 'How well.' }],
        capability_groups: [{ id: 'aws_s3', name: 'S3' }],
      },
      mapping_objects,
    }
    const { sets } = await readMappings(file)
    expect(sets[0]?.relations.get('technique_scores')).toEqual({ id: 'technique_scores', name: 'Scores',
      description: 'How well.' })
    expect(sets[0]?.groups.get('aws_s3')).toEqual({ id: 'aws_s3', name: 'S3' })
  })
})

describe('YAML', () => {
  it('is read as JSON is', async () => {
    const text = [
      'metadata:', '  mapping_framework: aws', '  attack_version: 16.0',
      'mapping_objects:', '- capability_id: a', '  attack_object_id: T1001', '  mapping_type: x', '',
    ].join('\n')
    const { document } = await decodeTree('x.yaml', text)
    if (!document) throw new Error('the file could not be decoded')
    expect(ctidJson.sniff(document).confidence).toBeGreaterThan(0.9)
    const sets = await ctidJson.parse(document, { statements: {}, report: () => undefined })
    expect(sets[0]?.attack.version).toBe('16.0')
    expect(sets[0]?.mappings[0]?.origins).toEqual([
      { document: 'x.yaml', place: { kind: 'pointer', pointer: '/mapping_objects/0', line: 5, column: 3 } },
    ])
  })
})

describe('sniffing', () => {
  it.each([
    [{ metadata: {}, mapping_objects: [] }, true],
    [[{ mapping_objects: [] }], true],
    [{ metadata: { mapping_framework: 'aws' } }, true],
    [{ type: 'bundle', objects: [] }, false],
    [{ name: 'layer', versions: { layer: '4.5' }, techniques: [] }, false],
    [{ metadata: [] }, false],
    [[], false],
    ['mapping_objects', false],
    [null, false],
  ])('%j: %s', async (value, ours) => {
    const { document } = await decodeTree('x.json', JSON.stringify(value))
    if (!document) throw new Error('the file could not be decoded')
    expect(ctidJson.sniff(document).confidence > 0).toBe(ours)
  })
})
