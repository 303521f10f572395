import { describe, expect, it } from 'vitest'
import { createMemoryHost } from '../../../src/index.js'
import { understand } from '../../../src/pipeline/convert.js'
import type { UnderstandRequest } from '../../../src/pipeline/requests.js'

const uuid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
const bundle = (...objects: readonly object[]): string => JSON.stringify({ type: 'bundle', id: `bundle--${uuid(1)}`, objects })

const control = {
  type: 'course-of-action', id: `course-of-action--${uuid(2)}`, name: 'Account Management', modified: '2024-01-01T00:00:00.000Z',
  x_mitre_family: 'Access Control', external_references: [{ source_name: 'NIST 800-53 Revision 5', external_id: 'AC-2' }],
}
const entry = {
  type: 'attack-pattern', id: `attack-pattern--${uuid(3)}`, name: 'Brute force', description: 'Guessing.',
  external_references: [{ source_name: 'veris', external_id: 'action.hacking.variety.Brute force' }],
}
const ours = { type: 'attack-pattern', id: `attack-pattern--${uuid(4)}`, name: 'Guess', x_mitre_id: 'T1110' }
const validAccounts = 'attack-pattern--b17a1a56-e99c-403c-8948-561df0cffe81'

function relation(number: number, source: string, target: string, type = 'mitigates'): object {
  return { type: 'relationship', id: `relationship--${uuid(number)}`, relationship_type: type, source_ref: source, target_ref: target }
}

async function read(documents: Readonly<Record<string, string>>, request: Partial<UnderstandRequest> = {}) {
  const understood = await understand({ inputs: [], ...request }, createMemoryHost(documents))
  const { sets, diagnostics } = understood
  return {
    sets: sets.map(({ set }) => [set.framework.id, set.framework.version, set.mappings.length]),
    rows: sets.flatMap(({ set }) => set.mappings.flatMap((row) => (row.kind === 'mapped' ? [[row.capability, row.technique.id, row.group]] : []))),
    capabilities: sets.map(({ set }) => set.capabilities.size),
    sources: sets.map(({ set }) => set.sources.map(({ name, rows }) => [name, rows])),
    warnings: diagnostics.filter(({ severity }) => severity !== 'info').map(({ code, found }) => [code, found]),
    companions: diagnostics.filter(({ code }) => code === 'parse/companion').map(({ origin, found, count }) => [origin?.document, found, count]),
    counts: understood.documents.map(({ rows }) => rows),
  }
}

const named = [[{ id: 'AC-2', description: 'Account Management' }, 'T1078', 'Access Control']]

describe('controls and mappings in two bundles', () => {
  const mappings = bundle(relation(10, control.id, validAccounts))
  const other = { ...control, id: `course-of-action--${uuid(5)}`, name: 'Access Enforcement', external_references: [{ source_name: 'NIST 800-53 Revision 5', external_id: 'AC-3' }] }

  it.each([
    ['mappings.json', 'controls.json'],
    ['a.json', 'b.json'],
  ])('%s and %s are read together, in any order', async (first, second) => {
    const result = await read({ [first]: mappings, [second]: bundle(control, other) })
    expect(result).toEqual({
      sets: [['nist_800_53', 'rev5', 1]], rows: named, capabilities: [2], warnings: [],
      sources: [expect.arrayContaining([[first, 1], [second, 0]])],
      companions: expect.arrayContaining([[first, second, 1], [second, first, undefined]]),
      counts: first < second ? [1, 0] : [0, 1],
    })
  })

  it('are read together if the controls are the catalogue', async () => {
    const result = await read({ 'm.json': mappings, 'c.json': bundle(control) }, { inputs: ['m.json'], catalog: ['c.json'] })
    expect([result.sets, result.rows, result.warnings]).toEqual([[['nist_800_53', 'rev5', 1]], named, []])
  })

  it('are read together if documents are not merged', async () => {
    const result = await read({ 'm.json': mappings, 'c.json': bundle(control) }, { perDocument: true })
    expect([result.sets, result.rows, result.warnings]).toEqual([[['nist_800_53', 'rev5', 1]], named, []])
  })

  it('alone are reported, with what to do', async () => {
    const alone = await read({ 'm.json': mappings })
    expect(alone.warnings).toEqual([['parse/object-elsewhere', control.id], ['parse/unknown-framework', undefined]])
    expect((await read({ 'c.json': bundle(control) })).warnings).toEqual([['parse/no-mappings', undefined]])
  })

  it('of which the controls of one are missing: only these are reported', async () => {
    const two = bundle(relation(10, control.id, validAccounts), relation(11, other.id, validAccounts))
    const result = await read({ 'm.json': two, 'c.json': bundle(control) })
    expect(result.sets).toEqual(expect.arrayContaining([['nist_800_53', 'rev5', 1], ['unknown', undefined, 1]]))
    expect(result.warnings).toEqual([['parse/object-elsewhere', other.id], ['parse/unknown-framework', undefined]])
  })

  it('the control that was modified last counts, of several documents', async () => {
    const newer = { ...control, modified: '2025-01-01T00:00:00.000Z', name: 'Accounts' }
    const result = await read({ 'm.json': mappings, 'b.json': bundle(newer), 'c.json': bundle(control) })
    expect(result.rows).toEqual([[{ id: 'AC-2', description: 'Accounts' }, 'T1078', 'Access Control']])
  })

  it('documents that are no bundles do not take part', async () => {
    const result = await read({ 'm.json': mappings, 'c.json': bundle(control), 'x.csv': 'a,b\n1,2\n', 'y.json': '{"objects": 7}', 'z.json': '{' })
    expect(result.rows).toEqual(named)
  })
})

describe('entries of another vocabulary, and techniques, in a bundle of their own', () => {
  it("as CTID's of VERIS: relations between attack-patterns", async () => {
    const result = await read({ 'mappings.json': bundle(relation(10, entry.id, validAccounts, 'related-to')), 'enumerations.json': bundle(entry) })
    expect(result.sets).toEqual([['veris', undefined, 1]])
    expect(result.rows).toEqual([[{ id: 'action.hacking.variety.Brute force', description: 'Brute force' }, 'T1078', undefined]])
    expect(result.warnings).toEqual([])
  })

  it('of techniques that ATT&CK does not know by their STIX ids', async () => {
    const result = await read({ 'relations.json': bundle(control, relation(10, control.id, ours.id)), 'techniques.json': bundle(ours) })
    expect([result.rows.map(([, technique]) => technique), result.warnings]).toEqual([['T1110'], []])
  })

  it('in three: controls, techniques, relations', async () => {
    const result = await read({ 'r.json': bundle(relation(10, control.id, ours.id)), 't.json': bundle(ours), 'c.json': bundle(control) })
    expect([result.sets, result.rows.map(([, technique]) => technique), result.warnings]).toEqual([[['nist_800_53', 'rev5', 1]], ['T1110'], []])
    expect(result.companions).toEqual([['c.json', 'r.json', undefined], ['r.json', 'c.json, t.json', 2], ['t.json', 'r.json', undefined]])
  })
})
