import { describe, expect, it } from 'vitest'
import { json } from '../../../../src/emitters/json/json.js'
import { yaml } from '../../../../src/emitters/yaml/yaml.js'
import type { Mapping } from '../../../../src/model/mapping.js'
import type { ResolvedSet } from '../../../../src/model/mapping-set.js'
import { ctidJson } from '../../../../src/parsers/ctid-json/ctid-json.js'
import { emitContext } from '../../../support/emit-context.js'
import { decodeTree } from '../../../support/read-tree.js'
import { sampleSet } from '../../../support/sample-sets.js'

async function emit(set: ResolvedSet, created?: string, emitter: typeof json | typeof yaml = json) {
  const context = emitContext()
  const [artifact] = await emitter.emit([set], { ...context, ...(created !== undefined && { created }) }, {})
  if (!artifact) throw new Error('nothing was emitted')
  const text = new TextDecoder().decode(await artifact.render())
  const said = context.log.entries
  return { artifact, text, said, sentences: said.map(({ code, message }) => `${code} ${message}`) }
}

async function readBack(name: string, text: string) {
  const { document, diagnostics } = await decodeTree(name, text)
  if (!document) throw new Error(JSON.stringify(diagnostics))
  const [set] = await ctidJson.parse(document, { statements: {}, report: (code, details) => expect([code, details]).toEqual([]) })
  if (!set) throw new Error('no set was read')
  return set
}

function withRows(mappings: readonly Mapping[]): ResolvedSet {
  return { ...sampleSet(), mappings }
}

/** What remains comparable when places are gone. */
function contentOf(set: ResolvedSet | Awaited<ReturnType<typeof readBack>>) {
  return { ...set, sources: [], mappings: set.mappings.map((mapping) => ({ ...mapping, origins: [] })) }
}

describe('the document', () => {
  it('has CTID\'s fields in CTID\'s order, indented by four spaces', async () => {
    const { artifact, text } = await emit(sampleSet())
    expect(artifact).toMatchObject({ name: 'aws-12.12.2024_attack-16.1-enterprise.json', emitter: 'json',
      schema: 'ctid-mappings', counts: { sets: 1, rows: 5 } })
    expect(text.startsWith('{\n    "metadata": {\n        "mapping_version": "1",\n')).toBe(true)
    expect(text.endsWith('\n    ]\n}\n')).toBe(true)
    const value: { metadata: Record<string, unknown>; mapping_objects: Record<string, unknown>[] } = JSON.parse(text)
    expect(Object.keys(value.metadata)).toEqual([
      'mapping_version', 'technology_domain', 'attack_version', 'mapping_framework', 'mapping_framework_version', 'author',
        'contact', 'organization',
      'creation_date', 'last_update', 'mapping_types', 'capability_groups',
    ])
    expect(value.metadata).toMatchObject({
      mapping_framework: 'aws', mapping_framework_version: '12/12/2024', creation_date: '09/21/2021', last_update: '12/11/2024',
      mapping_types: { technique_scores: { name: 'Technique Scores', description: 'How well it does.' },
        non_mappable: { name: 'non_mappable', description: '' } },
      capability_groups: { aws_cloudhsm: 'AWS CloudHSM', amazon_guardduty: 'amazon_guardduty', aws_artifact: 'aws_artifact' },
    })
  })

  it('writes the three kinds of rows with the same keys, null for absent', async () => {
    const { text } = await emit(sampleSet())
    const { mapping_objects: rows }: { mapping_objects: Record<string, unknown>[] } = JSON.parse(text)
    const keys = [
      'capability_id', 'capability_description', 'mapping_type', 'attack_object_id', 'attack_object_name', 'capability_group',
      'score_category', 'score_value', 'related_score', 'comments', 'references',
    ]
    for (const row of rows) expect(Object.keys(row).filter((key) => key !== 'status')).toEqual(keys)
    expect(rows[1]).toEqual({
      capability_id: 'aws_cloudhsm', capability_description: 'AWS CloudHSM', mapping_type: 'technique_scores',
        attack_object_id: 'T1553.002',
      attack_object_name: 'Code Signing', capability_group: 'aws_cloudhsm', score_category: 'detect', score_value: 'minimal',
        related_score: null,
      comments: null, references: [],
    })
    expect(rows[3]).toMatchObject({ capability_id: 'aws_artifact', attack_object_id: null, attack_object_name: null,
      mapping_type: 'non_mappable', status: 'non_mappable' })
    expect(rows[4]).toMatchObject({ capability_id: null, capability_description: null, mapping_type: null,
      attack_object_id: 'T1583.001', status: 'non_mappable' })
  })

  it('has no score fields when no row has a score', async () => {
    const { text } = await emit(withRows(sampleSet().mappings.filter(({ score }) => score === undefined)))
    expect(text).not.toContain('score_')
    expect(text).not.toContain('related_score')
  })

  it('keeps versions and authors of individual rows', async () => {
    const [row] = sampleSet().mappings
    if (!row) throw new Error('no row')
    const own = {
      author: { name: 'A. Author', contact: 'a@example.org', organization: 'Example' },
      release: { attackVersion: '15.1', domain: 'mobile', framework: 'gcp', frameworkVersion: '2' },
    }
    const { text } = await emit(withRows([{ ...row, ...own }, row]))
    const { mapping_objects: rows }: { mapping_objects: Record<string, unknown>[] } = JSON.parse(text)
    expect(rows[0]).toMatchObject({
      author: 'A. Author', author_contact: 'a@example.org', author_organization: 'Example',
      attack_version: '15.1', technology_domain: 'mobile', mapping_framework: 'gcp', mapping_framework_version: '2',
    })
    expect(rows[1]).not.toHaveProperty('author')
    expect(rows[1]).not.toHaveProperty('attack_version')
    expect((await readBack('x.json', text)).mappings[0]).toMatchObject(own)
  })
})

describe('metadata that is not stated', () => {
  const bare: ResolvedSet = { ...sampleSet(), framework: { id: 'aws', name: 'AWS' }, attack: { domain: 'enterprise' }, about: {} }

  it('is left out and reported', async () => {
    const { text, said } = await emit(bare)
    const { metadata }: { metadata: Record<string, unknown> } = JSON.parse(text)
    for (const field of ['creation_date', 'last_update', 'attack_version', 'mapping_framework_version']) {
      expect(metadata).not.toHaveProperty(field)
      expect(said).toContainEqual(expect.objectContaining({ code: 'emit/left-out',
        message: expect.stringContaining(`metadata.${field} `) }))
    }
    expect(metadata).toMatchObject({ mapping_version: '', author: null, contact: null, organization: null })
    expect(said.filter(({ code }) => code === 'emit/left-out')).toHaveLength(4)
  })

  it('may be a date that the user supplies', async () => {
    const { text } = await emit(bare, '2025-02-03')
    expect(JSON.parse(text)).toMatchObject({ metadata: { creation_date: '02/03/2025', last_update: '02/03/2025' } })
  })

  it('never replaces the document\'s own date by the supplied one, nor its last update', async () => {
    const { text } = await emit({ ...bare, about: { created: '2021-09-21' } }, '2025-02-03')
    const { metadata }: { metadata: Record<string, unknown> } = JSON.parse(text)
    expect(metadata.creation_date).toBe('09/21/2021')
    expect(metadata).not.toHaveProperty('last_update')
  })

  it('is not written as a framework named unknown', async () => {
    const { text, sentences } = await emit({ ...bare, framework: { id: 'unknown', name: 'Unknown' } })
    expect(text).not.toContain('"mapping_framework"')
    expect(sentences).toContain('emit/left-out metadata.mapping_framework is not stated and was left out')
  })
})

describe('content that CTID\'s format cannot represent is reported', () => {
  const [row] = sampleSet().mappings
  if (!row) throw new Error('no row')
  const origin = { document: 'c.json', place: { kind: 'file' } } as const

  it.each<[string, ResolvedSet]>([
    ['origins of completed fields', withRows([{ ...row, completed: [{ field: 'group', from: origin }] }])],
    ['score categories', withRows([{ ...row, score: { category: 'prevent' } }])],
    ['score values', withRows([{ ...row, score: { value: 'high' } }])],
    ['the status non_mappable of mapped rows', withRows([{ ...row, status: 'non_mappable' }])],
    ['longer descriptions of capabilities', { ...sampleSet(), capabilities: new Map([['aws_cloudhsm', { id: 'aws_cloudhsm',
      description: 'Long.', groups: [] }]]) }],
    ['capabilities without a row', { ...sampleSet(), capabilities: new Map([['aws_idle', { id: 'aws_idle', groups: [] }]]) }],
    ['names of capabilities', { ...sampleSet(), capabilities: new Map([['aws_cloudhsm', { id: 'aws_cloudhsm', name: 'HSM',
      groups: [] }]]) }],
    ['groups of capabilities', { ...sampleSet(), capabilities: new Map([['aws_cloudhsm', { id: 'aws_cloudhsm',
      name: 'AWS CloudHSM', groups: ['other'] }]]) }],
    ['descriptions of groups', { ...sampleSet(), groups: new Map([['g', { id: 'g', name: 'G', description: 'Long.' }]]) }],
    ['version schemas', { ...sampleSet(), about: { versionSchema: 'MOON_PHASE' } }],
  ])('%s', async (what, set) => {
    const { sentences } = await emit(set)
    expect(sentences).toContainEqual(expect.stringContaining(`emit/not-representable CTID's format cannot represent ${what}`))
  })

  it('reports only places for a plain set', async () => {
    const { said } = await emit(sampleSet())
    expect(said.map(({ code, count }) => [code, count])).toEqual([['emit/places-left-out', 5]])
  })
})

describe.each([['x.json', json], ['x.yaml', yaml]] as const)('%s', (name, emitter) => {
  it('is read back as the same set', async () => {
    const { text } = await emit(sampleSet(), undefined, emitter)
    expect(contentOf(await readBack(name, text))).toEqual(contentOf(sampleSet()))
  })

  it('contains several sets as a list', async () => {
    const other = { ...sampleSet(), framework: { id: 'gcp', name: 'GCP' } }
    const [artifact] = await emitter.emit([sampleSet(), other], emitContext(), {})
    const { document } = await decodeTree(name, await artifact?.render() ?? '')
    if (!document) throw new Error('the file could not be decoded')
    const sets = await ctidJson.parse(document, { statements: {}, report: () => undefined })
    expect(sets.map(({ framework, mappings }) => [framework.id, mappings.length])).toEqual([['aws', 5], ['gcp', 5]])
  })
})

describe('YAML', () => {
  it('has block style, and quotes strings that YAML 1.1 would take for other types', async () => {
    const [row] = sampleSet().mappings
    if (!row) throw new Error('no row')
    const { text } = await emit(withRows([{ ...row, comments: 'yes' }, { ...row, comments: 'one\ntwo: three' }]), undefined, yaml)
    expect(text).toContain('\n  attack_version: "16.1"\n')
    expect(text).toContain('comments: "yes"')
    expect(text).toContain('comments: |-\n      one\n      two: three\n')
    expect(text).not.toMatch(/[&*]a1/)
  })
})
