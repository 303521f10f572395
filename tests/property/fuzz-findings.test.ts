import { describe, expect, it } from 'vitest'
import { convert, understand } from '../../src/pipeline/convert.js'
import { createMemoryHost } from '../../src/pipeline/host.js'

const uuid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

/** Documents that `npm run fuzz` found, each the smallest of its kind. */
const documents: readonly (readonly [what: string, document: Readonly<Record<string, unknown>>, left: readonly string[]])[] = [
  ['a relationship whose id is of another type', {
    type: 'bundle', id: `bundle--${uuid(1)}`, objects: [{ type: 'relationship', id: ` relationship--${uuid(2)}`, relationship_type: 'mitigates' }],
  }, ['parse/unresolved-relationship']],
  ['scores whose only sub-technique is no object', {
    'ATT&CK version': 9, name: 'Cupboard', platform: 'AWS', techniques: [{ id: 'T1552', 'sub-techniques-scores': [{ 'sub-techniques': [[]], scores: [{}] }] }],
  }, ['parse/unreadable-row']],
  ['two entries of a layer without a techniqueID', {
    name: 'A layer', versions: { layer: '4.5' }, domain: 'enterprise-attack', techniques: [{ techniqueID: 'T1078', score: 1 }, { score: 1 }, { tactic: 'execution', score: 1 }],
  }, ['parse/unreadable-row']],
]

describe('a document that the fuzzer found', () => {
  it.each(documents)('with %s: each row is a mapping or reported', async (_what, document, expected) => {
    const { diagnostics } = await understand({ inputs: [] }, createMemoryHost({ 'document.json': JSON.stringify(document) }))
    const codes = diagnostics.map(({ code }) => code)
    expect(codes).not.toContain('parse/unaccounted')
    expect(codes).toEqual(expect.arrayContaining([...expected]))
  })

  it('with a blank count of a technique: no score', async () => {
    const document = { file_type: 'group-administration', domain: 'enterprise-attack', groups: [{ group_name: 'Report', technique_id: { T1059: '  ', T1078: ' 2' } }] }
    const { sets } = await understand({ inputs: [] }, createMemoryHost({ 'document.json': JSON.stringify(document) }))
    expect(sets.flatMap(({ set }) => set.mappings.map(({ score }) => score))).toEqual([undefined, { value: ' 2' }])
  })

  it('with a comma in a technique id: CSV and XLSX of ours are read back with it', async () => {
    const technique = { technique_id: 'T1603,x', visibility: [{ score: 1 }] }
    const document = { file_type: 'technique-administration', domain: 'mobile-attack', techniques: [technique] }
    for (const emitter of ['csv', 'xlsx'] as const) {
      const host = createMemoryHost({ 'document.json': JSON.stringify(document) })
      await convert({ inputs: [], emitters: [emitter] }, host)
      const { sets } = await understand({ inputs: [] }, createMemoryHost(Object.fromEntries(host.written)))
      expect(sets.flatMap(({ set }) => set.mappings.map((row) => row.kind === 'mapped' && row.technique.id))).toEqual(['T1603,x'])
    }
  })
})
