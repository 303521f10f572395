import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDiagnosticLog } from '../../../../src/diagnostics/diagnostic.js'
import { decodeDocument } from '../../../../src/formats/decode-document.js'
import { understand } from '../../../../src/pipeline/convert.js'
import { createMemoryHost } from '../../../../src/pipeline/host.js'
import { table } from '../../../../src/parsers/table/table.js'
import type { UnderstandRequest } from '../../../../src/pipeline/requests.js'
import { testFile } from '../../../support/read-tree.js'
import { summariseRows } from '../../../support/read-table.js'

async function read(name: string, content: string, request: Partial<UnderstandRequest> = {}) {
  const { documents, sets, diagnostics } = await understand({ inputs: [], ...request }, createMemoryHost({ [name]: content }))
  return { parser: documents[0]?.parser, sets: sets.map(({ set }) => set), diagnostics, codes: diagnostics.map(({ code }) => code) }
}

const two = ['AC-2 > T1078', 'AC-7 > T1110']
const asJson = (value: unknown) => JSON.stringify(value, null, 1)

const flat = [{ control: 'AC-2', technique: 'T1078', comment: 'reviewed' }, { control: 'AC-7', technique: 'T1110' }]
const yaml = '- control: AC-2\n  technique: T1078\n  comment: reviewed\n- control: AC-7\n  technique: T1110\n'

/** Records with an object of crosses for each name. */
function crossed(...names: readonly string[]): string {
  return asJson(['T1078', 'T1110', 'T1003'].map((technique, at) => ({
    technique, ...Object.fromEntries(names.map((name, index) => [name, { 'PR.AC-1': (at + index) % 2 === 0 ? 'x' : '', 'PR.AC-2': 'x' }])),
  })))
}

describe('lists of records', () => {
  it.each([
    ['in JSON', 'm.json', asJson(flat)],
    ['in YAML', 'm.yaml', yaml],
    ['in JSON, whatever the name', 'm.txt', asJson(flat)],
    ['in several documents of YAML', 'm.yml', '---\ncontrol: AC-2\ntechnique: T1078\n---\ncontrol: AC-7\ntechnique: T1110\n'],
    ['in JSON Lines', 'm.jsonl', flat.map((record) => `${JSON.stringify(record)}\n`).join('')],
    ['in JSON Lines with CRLF and blank lines', 'm.json', flat.map((record) => `${JSON.stringify(record)}\r\n\r\n`).join('')],
    ['in an object', 'm.json', asJson({ mappings: flat })],
    ['in objects', 'm.yaml', asJson({ data: { mappings: flat } })],
    ['that are lists below their titles', 'm.json', asJson([['Control', 'Technique'], ['AC-2', 'T1078'], ['AC-7', 'T1110']])],
    ['with objects as fields', 'm.json', asJson(flat.map(({ control, technique }) => ({ control: { id: control }, technique: { id: technique } })))],
    ['with fields in another order, or null', 'm.json', asJson([flat[0], { comment: null, technique: 'T1110', control: 'AC-7' }])],
  ])('%s are a table', async (_, name, content) => {
    const { parser, sets } = await read(name, content)
    expect(parser).toBe('table')
    expect(sets.map((set) => set.framework.id)).toEqual(['nist_800_53'])
    expect(summariseRows(sets[0])).toEqual(two)
  })

  it('have places: pointer, line and column', async () => {
    const { sets } = await read('m.yaml', yaml)
    expect(sets[0]?.mappings[1]?.origins).toEqual(
      [{ document: 'm.yaml', place: { kind: 'pointer', pointer: '/1/technique', line: 5, column: 14 } }],
    )
    const lines = await read('m.jsonl', '{"control":"AC-2","technique":"T1078"}\n{"control":"AC-7","technique":"T1110"}\n')
    expect(lines.sets[0]?.mappings[1]?.origins).toEqual(
      [{ document: 'm.jsonl', place: { kind: 'pointer', pointer: '/1/technique', line: 2, column: 31 } }],
    )
  })

  it('have several techniques or references in a list', async () => {
    const { sets } = await read('m.json', asJson([
      { control: 'AC-2', techniques: ['T1078', 'T1110.001'], references: ['https://example.org/a', 'https://example.org/b'] },
    ]))
    expect(summariseRows(sets[0])).toEqual(['AC-2 > T1078', 'AC-2 > T1110.001'])
    expect(sets[0]?.mappings[0]?.references).toEqual(['https://example.org/a', 'https://example.org/b'])
  })

  it('are read by the fields that the user names, whether they are recognised or not', async () => {
    const records = [{ attack: 'T1001', tech: 'Data Obfuscation', eac_id: 'EAC0014', eac: 'Software Manipulation' }]
    const columns = { technique: 'attack', capability_id: 'eac_id', capability_description: 'eac' }
    const statements = { columns, framework: 'engage' }
    const { sets, codes } = await read('m.json', asJson(records), { statements })
    expect(sets[0]?.framework.id).toBe('engage')
    expect(sets[0]?.mappings[0]).toMatchObject({ capability: { id: 'EAC0014', description: 'Software Manipulation' }, technique: { id: 'T1001' } })
    expect(codes).toContain('parse/unknown-column')
    const named = await read('m.json', asJson([{ a: 'AC-2', b: 'not mapped' }]), { statements: { columns: { capability_id: 'a', technique: 'b' } } })
    expect(summariseRows(named.sets[0])).toEqual(['AC-2 > -'])
  })

  it('take facts from the values beside them, and report other values', async () => {
    const { sets, diagnostics } = await read('m.json', asJson({
      framework: 'NIST 800-53', metadata: { 'framework_version': 'rev5', 'ATT&CK version': '15.1' }, title: 'Ours', mappings: flat,
    }))
    expect(sets[0]).toMatchObject({ framework: { id: 'nist_800_53', version: 'rev5' }, attack: { version: '15.1' } })
    expect(diagnostics).toContainEqual(expect.objectContaining({
      code: 'parse/unknown-field', found: 'title', origin: { document: 'm.json', place: expect.objectContaining({ pointer: '/title' }) },
    }))
  })

  it('report items that are no records, values that nest, and numbers that lost a zero', async () => {
    const records = ['stray', { control: 4.1, technique: 'T1078', evidence: [{ a: 1 }] }, 7]
    const { sets, diagnostics } = await read('m.json', asJson(records), { from: 'table' })
    expect(summariseRows(sets[0])).toEqual(['4.1 > T1078'])
    expect(diagnostics).toContainEqual(expect.objectContaining({ code: 'parse/unreadable-row', count: 2 }))
    const asText = diagnostics.filter(({ code }) => code === 'parse/read-as-text')
    expect(asText.map(({ origin }) => origin?.place)).toEqual([expect.objectContaining({ pointer: '/1/evidence' })])
    expect(diagnostics).toContainEqual(expect.objectContaining({ code: 'parse/id-as-number', hint: 'Write them in quotes ("4.10").' }))
  })

  it('are not read in silence where there are none', async () => {
    for (const [name, content] of [['a.json', '{"a":1}'], ['b.yaml', 'a: 1'], ['c.json', '["T1078"]']] as const) {
      const { sets, codes } = await read(name, content, { from: 'table' })
      expect(sets).toEqual([])
      expect(codes).toContain('parse/invalid-document')
    }
  })
})

const confidence = async (value: unknown) => {
  const decoded = await decodeDocument(testFile('x.json', asJson(value)), createDiagnosticLog().report)
  return decoded ? table.sniff(decoded).confidence : undefined
}

describe('records whose crosses are in an object', () => {
  it('name capabilities by their fields, without the name of the object', async () => {
    const { sets, diagnostics } = await read('a.json', crossed('controls'))
    expect(summariseRows(sets[0])).toEqual(['PR.AC-1 > T1078', 'PR.AC-2 > T1078', 'PR.AC-2 > T1110', 'PR.AC-1 > T1003', 'PR.AC-2 > T1003'])
    expect(diagnostics.find(({ code }) => code === 'parse/read-as-matrix')?.message).toContain('("PR.AC-1", "PR.AC-2")')
  })

  it('name them with it where there are several', async () => {
    const { sets } = await read('a.json', crossed('ours', 'theirs'))
    expect(new Set(summariseRows(sets[0]).map((row) => row.split(' > ')[0]))).toEqual(new Set(['ours.PR.AC-1', 'ours.PR.AC-2', 'theirs.PR.AC-1', 'theirs.PR.AC-2']))
  })
})

describe('records that are not taken for a table', () => {
  it.each([
    ['without technique ids', [{ control: 'AC-2', technique: 'Valid Accounts' }]],
    ['that nest', [{ control: 'AC-2', technique: 'T1078', evidence: [{ id: 'x' }] }]],
    ['of an object for each id', { T1078: { control: 'AC-2' }, T1110: { control: 'AC-7' } }],
    ['in very many lists', Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`AC-${index}`, flat]))],
    ['of a layer', { techniques: [{ techniqueID: 'T1078', score: 1, control: 'AC-2' }] }],
    ['of a mapping file', { mapping_objects: [{ capability_id: 'AC-2', attack_object_id: 'T1078' }] }],
    ['of STIX', { type: 'bundle', objects: [{ type: 'attack-pattern', external_references: [{ external_id: 'T1078' }] }] }],
  ])('%s', async (_, value) => {
    expect(await confidence(value)).toBe(0)
  })

  it('because another parser knows them', async () => {
    const layer = { version: '3.0', name: 'x', domain: 'mitre-enterprise', techniques: [{ techniqueID: 'T1078', control: 'AC-2' }] }
    expect((await read('l.json', asJson(layer))).parser).toBe('navigator-layer')
    const file = { metadata: { mapping_framework: 'nist_800_53' }, mapping_objects: [{ capability_id: 'AC-2', attack_object_id: 'T1078' }] }
    expect((await read('m.json', asJson(file))).parser).toBe('ctid-json')
  })
})

describe('what the user calls a table', () => {
  const row = 'Control ID\tTechnique ID\nAC-2\tT1078\n'

  it.each([
    ['mapping.txt', row], ['mapping', row], ['mapping.log', row], ['mapping.json', row], ['mapping.yaml', row], ['mapping.html', row],
    ['mapping.csv.bak', 'Control,Technique\nAC-2,T1078'], ['a.md', '| Control | Technique |\n|---|:--|\n| AC-2 | T1078 |\n'],
    ['b.txt', 'Control;Technique\r\nAC-2;T1078\r\n'], ['c.txt', '- control: AC-2\n  technique: T1078\n'],
    ['d.txt', '[{"control":"AC-2","technique":"T1078"}]'],
  ])('is read as one, however short: %s', async (name, content) => {
    const { parser, sets, codes } = await read(name, content, { from: 'table' })
    expect(parser).toBe('table')
    expect(summariseRows(sets[0])).toEqual(['AC-2 > T1078'])
    expect(codes.filter((code) => code.startsWith('parse/'))).toEqual(['parse/guessed-framework'])
  })

  it('is reported where there is nothing in it', async () => {
    expect((await read('x.txt', 'Control\tTechnique\n', { from: 'table' })).codes).toContain('parse/no-mappings')
    expect((await read('x.txt', 'only words', { from: 'table' })).codes).toContain('parse/no-columns')
  })
})

it('records of any values give a mapping or a report for each', async () => {
  const value = fc.oneof(fc.constantFrom('AC-2', 'T1078', 'T1059.001', '', 'n/a'), fc.string({ maxLength: 5 }), fc.double(), fc.constant(null))
  const record = fc.oneof(fc.dictionary(fc.constantFrom('control', 'technique', 'comment', 'x~/y', ''), value), fc.string(), fc.integer())
  await fc.assert(fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 6 }), async (records) => {
    const { sets, diagnostics } = await read('m.json', JSON.stringify([{ control: 'AC-1', technique: 'T1078' }, ...records]), { from: 'table' })
    const seen = records.filter((item) => (
      typeof item !== 'object' || Object.values(item).some((cell) => cell !== null && String(cell).trim() !== '')
    )).length
    const mappings = sets.reduce((sum, set) => sum + set.mappings.length, 0)
    const reported = diagnostics.filter(({ severity }) => severity !== 'info').reduce((sum, { count = 1 }) => sum + count, 0)
    expect(mappings + reported).toBeGreaterThanOrEqual(seen + 1)
  }), { numRuns: 60 })
}, 60_000)
