import { describe, expect, it } from 'vitest'
import { decodeDocument } from '../../../../src/formats/decode-document.js'
import { securityStack } from '../../../../src/parsers/security-stack/security-stack.js'
import { readDocument } from '../../../support/read-document.js'
import { testFile } from '../../../support/read-tree.js'
import { sampleControl } from '../../../support/sample-control.js'

function read(text: string) {
  return readDocument(securityStack, text, { name: 'control.yaml' })
}

function at(pointer: string, line: number, column = 9) {
  return [{ document: 'control.yaml', place: { kind: 'pointer', pointer, line, column } }]
}

describe('a control in good order', () => {
  it('is read without a word', async () => {
    const { sets, diagnostics } = await read(sampleControl)
    expect(diagnostics).toEqual([])
    expect(sets).toHaveLength(1)
    expect(sets[0]).toMatchObject({
      framework: { id: 'aws', name: 'AWS' },
      attack: { domain: 'enterprise', version: '9.0' },
      about: {
        mappingVersion: '1', contact: 'someone@example.org', organization: 'Example Org', created: '2021-07-26',
        modified: '2021-08-01',
      },
      sources: [{ name: 'control.yaml', parser: 'security-stack', rows: 7 }],
    })
    expect([...sets[0]?.relations.values() ?? []]).toEqual([{ id: 'technique_scores', name: 'Technique Scores' }])
  })

  it('gives its description, remarks and tags to its capability', async () => {
    const { sets } = await read(sampleControl)
    expect([...sets[0]?.capabilities.values() ?? []]).toEqual([{
      id: 'aws_key_cupboard_(beta)', name: 'AWS Key Cupboard (Beta)', groups: ['Credentials', 'Keys'],
      description: 'Keeps keys in a cupboard.\n\nCupboards were tested.',
    }])
    expect([...sets[0]?.groups.values() ?? []]).toEqual([
      { id: 'Credentials', name: 'Credentials' }, { id: 'Keys', name: 'Keys' },
    ])
  })

  it('makes a row of each score, and of each that sub-techniques share', async () => {
    const { sets } = await read(sampleControl)
    const rest = {
      kind: 'mapped', capability: { id: 'aws_key_cupboard_(beta)', description: 'AWS Key Cupboard (Beta)' },
      relation: 'technique_scores',
      references: ['https://example.org/cupboard', 'https://example.org/keys'],
    }
    const parent = { id: 'T1552', name: 'Unsecured Credentials' }
    const files = { id: 'T1552.001', name: 'Credentials In Files' }
    const keys = { id: 'T1552.004', name: 'Private Keys' }
    const protects = { category: 'protect', value: 'significant', related: 'T1552' }
    const responds = { category: 'respond', value: 'minimal', related: 'T1552' }
    const shared = '/techniques/0/sub-techniques-scores/0/scores'
    expect(sets[0]?.mappings).toEqual([
      {
        ...rest, origins: at('/techniques/0/technique-scores/0', 19), technique: parent,
        score: { category: 'protect', value: 'minimal' }, comments: 'Only some keys.',
      },
      { ...rest, origins: at('/techniques/0/technique-scores/1', 22), technique: parent, score: {
        category: 'detect', value: 'partial',
      } },
      { ...rest, origins: at(`${shared}/0`, 31, 13), technique: files, score: protects, comments: 'No keys\nin files.' },
      { ...rest, origins: at(`${shared}/1`, 37, 13), technique: files, score: responds },
      { ...rest, origins: at(`${shared}/0`, 31, 13), technique: keys, score: protects, comments: 'No keys\nin files.' },
      { ...rest, origins: at(`${shared}/1`, 37, 13), technique: keys, score: responds },
      { ...rest, origins: at('/techniques/1', 39, 5), technique: { id: 'T1588', name: 'Obtain Capabilities' } },
    ])
  })

  it('may state versions as texts, and no framework of its own', async () => {
    const text = sampleControl
      .replace('ATT&CK version: 9\n', "ATT&CK version: '9'\n")
      .replace('version: 1\n', "version: '1.0'\n")
      .replace('platform: AWS\n', '')
    const { sets, diagnostics } = await read(text)
    expect(diagnostics.map(({ code }) => code)).toEqual(['parse/unknown-framework'])
    expect(sets[0]).toMatchObject({ framework: { id: 'unknown' }, attack: { version: '9' }, about: { mappingVersion: '1.0' } })
    const stated = await readDocument(securityStack, text, { name: 'control.yaml', statements: { framework: 'aws' } })
    expect(stated.diagnostics).toEqual([])
  })

  it.each([
    ['8.2', '8.2'], ['10', '10.0'], ['10.0', '10.0'], ['10.10', '10.10'],
  ])('of ATT&CK version %s is of release %s', async (written, version) => {
    const { sets } = await read(sampleControl.replace('ATT&CK version: 9\n', `ATT&CK version: ${written}\n`))
    expect(sets[0]?.attack.version).toBe(version)
  })

  it('may be one of several', async () => {
    const { sets } = await read(`${sampleControl}---\n${sampleControl.replace('platform: AWS', 'platform: GCP')}`)
    expect(sets.map(({ framework, mappings }) => [framework.id, mappings.length])).toEqual([['aws', 7], ['gcp', 7]])
    expect(sets[1]?.mappings[0]?.origins[0]?.place).toMatchObject({ pointer: '/1/techniques/0/technique-scores/0' })
  })
})

describe('a control without techniques', () => {
  const head = 'name: Letterbox\nplatform: Azure\nATT&CK version: 8.2\n' +
    'comments: It only tells.\nreferences: [https://example.org]\n'

  it.each([
    ['an empty list', 'techniques: []\n'], ['its tag', 'tags: [Not Mappable]\ntechniques:\n'],
  ])('is declared unmappable by %s', async (_what, text) => {
    const { sets, diagnostics } = await read(head + text)
    expect(diagnostics).toEqual([])
    expect(sets[0]?.mappings).toEqual([{
      kind: 'unmapped-capability', origins: at('', 1, 1), capability: { id: 'letterbox', description: 'Letterbox' },
      relation: 'non_mappable',
      status: 'non_mappable', comments: 'It only tells.', references: ['https://example.org'],
    }])
    expect(sets[0]?.capabilities.get('letterbox')).not.toHaveProperty('description')
  })

  it('is else not mapped yet, and said', async () => {
    const { sets, diagnostics } = await read(head)
    expect(diagnostics.map(({ code, found }) => [code, found])).toEqual([['parse/missing-technique', 'the capability letterbox']])
    expect(sets[0]?.mappings[0]).not.toHaveProperty('status')
  })

  it('is only described by an id, a name and a description', async () => {
    const { sets, diagnostics } = await read('id: DEF-BOX-E3\nname: Box\ndescription: Holds letters.\n')
    expect(diagnostics.map(({ code }) => code)).toEqual(['parse/only-lists'])
    expect(sets).toMatchObject([{ framework: { id: 'm365' }, mappings: [] }])
    expect([...sets[0]?.capabilities.values() ?? []]).toEqual([{
      id: 'DEF-BOX-E3', name: 'Box', description: 'Holds letters.', groups: [],
    }])
  })
})

describe('sniffing', () => {
  it.each([
    ['a control', sampleControl, 0.9],
    ['a control without techniques', 'platform: AWS\nATT&CK version: 9\nname: x', 0.6],
    ['scores alone', 'techniques:\n  - id: T1001\n    technique-scores: []', 0.8],
    ['a description', 'id: DEF-BOX-E3\nname: Box\ndescription: Holds letters.', 0.5],
  ])('is sure of %s', async (_what, text, least) => {
    expect(await confidenceOf(text)).toBeGreaterThan(least)
  })

  it.each([
    ['a layer', '{"name":"x","description":"y","domain":"enterprise-attack","techniques":[{"techniqueID":"T1001","score":1}]}'],
    ['a bundle', '{"type":"bundle","id":"bundle--1","objects":[]}'],
    ['a mapping file', '{"metadata":{"mapping_framework":"aws"},"mapping_objects":[]}'],
    ['other data with an id, a name and a description', 'id: box\nname: Box\ndescription: Holds letters.'],
    ['a package', '{"name":"x","version":"1.0.0","description":"y"}'],
    ['a list of texts', '["a"]'],
    ['nothing', 'null'],
  ])('leaves %s to others', async (_what, text) => {
    expect(await confidenceOf(text)).toBe(0)
  })
})

async function confidenceOf(text: string): Promise<number | undefined> {
  const document = await decodeDocument(testFile('x.yaml', text), () => undefined)
  return document && securityStack.sniff(document).confidence
}
