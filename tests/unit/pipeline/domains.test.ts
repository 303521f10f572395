import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadAttackIndex } from '../../../src/attack/load-attack.js'
import { createDiagnosticLog } from '../../../src/diagnostics/diagnostic.js'
import { convert } from '../../../src/pipeline/convert.js'
import { createMemoryHost } from '../../../src/pipeline/host.js'
import type { ConvertRequest } from '../../../src/pipeline/requests.js'
import { createMappingSet } from '../../../src/model/mapping-set.js'
import type { Mapping } from '../../../src/model/mapping.js'
import { completeSet } from '../../../src/pipeline/understand.js'

const attack = await loadAttackIndex()

async function read(documents: Readonly<Record<string, string>>, request: Partial<ConvertRequest> = {}) {
  const host = createMemoryHost(documents)
  const { sets, diagnostics } = await convert({ inputs: [], emitters: ['navigator'], ...request }, host)
  const shown = [...host.written].filter(([name]) => name.endsWith('.layer.json')).flatMap(([, bytes]) => {
    const layer: { techniques: { techniqueID: string; metadata?: unknown }[] } = JSON.parse(new TextDecoder().decode(bytes))
    return layer.techniques.filter(({ metadata }) => metadata !== undefined).map(({ techniqueID }) => techniqueID)
  })
  return {
    sets: sets.map(({ set }) => [set.attack.domain, set.mappings.map((row) => ('technique' in row ? row.technique.id : '-'))]),
    shown: [...new Set(shown)].toSorted(),
    diagnostics,
    codes: diagnostics.filter(({ severity }) => severity !== 'info').map(({ code }) => code),
  }
}

const csv = (...ids: readonly string[]): string => `Control ID,Technique ID\n${ids.map((id, index) => `AC-${index + 1},${id}\n`).join('')}`

describe('rows of which no domain is stated', () => {
  it.each<[string, readonly string[], readonly (readonly [string, readonly string[]])[]]>([
    ['of three', ['T1404', 'T0886', 'T1078', 'T1110'], [['enterprise', ['T1078', 'T1110']], ['ics', ['T0886']], ['mobile', ['T1404']]]],
    ['of two', ['T1404', 'T1521.003', 'T0886'], [['ics', ['T0886']], ['mobile', ['T1404', 'T1521.003']]]],
    ['with one of another among many', ['T1078', 'T1110', 'T1059', 'T1003', 'T0886'], [['enterprise', ['T1078', 'T1110', 'T1059', 'T1003']], ['ics', ['T0886']]]],
    ['of one', ['T0886', 'T0801'], [['ics', ['T0886', 'T0801']]]],
    ['of one in lower case', ['t1404', 't1521.003'], [['mobile', ['T1404', 'T1521.003']]]],
    ['with a sub-technique that no release has', ['T1078', 'T1521.999', 'T1110'], [['enterprise', ['T1078', 'T1110']], ['mobile', ['T1521.999']]]],
    ['with an id that ATT&CK does not have', ['T1404', 'T9999', 'T1521'], [['mobile', ['T1404', 'T9999', 'T1521']]]],
    ['in equal parts', ['T0886', 'T1404'], [['ics', ['T0886']], ['mobile', ['T1404']]]],
  ])('%s: each id is in the set of its domain', async (_what, ids, expected) => {
    const { sets, shown } = await read({ 'table.csv': csv(...ids) })
    expect(sets).toEqual(expected)
    const known = ids.map((id) => id.toUpperCase()).filter((id) => attack.domainsOf(id).length > 0)
    expect(known.filter((id) => !shown.includes(id))).toEqual([])
  })

  it('are reported once for each set', async () => {
    const { diagnostics } = await read({ 'table.csv': csv('T1404', 'T0886', 'T1078', 'T1110') })
    expect(diagnostics.filter(({ code }) => code === 'normalise/domain-inferred').map(({ message }) => message.split('; ')[1])).toEqual([
      '2 rows of enterprise became a set', '1 row of mobile became a set', '1 row of ics became a set',
    ])
  })

  it('stay together if the user states the domain', async () => {
    const { sets, codes } = await read({ 'table.csv': csv('T1404', 'T1078') }, { statements: { domain: 'enterprise' } })
    expect([sets, codes]).toEqual([[['enterprise', ['T1404', 'T1078']]], ['check/wrong-domain']])
  })

  it('of bundles and layers are split too', async () => {
    const layer = JSON.stringify({ name: 'Ours', versions: { layer: '4.5' }, techniques: ['T1404', 'T0886', 'T1078'].map((techniqueID) => ({ techniqueID, score: 1 })) })
    expect((await read({ 'layer.json': layer })).sets).toEqual([['enterprise', ['T1078']], ['ics', ['T0886']], ['mobile', ['T1404']]])
  })
})

describe('rows of another matrix', () => {
  it('of MITRE ATLAS among those of ATT&CK are an error, and the others are read', async () => {
    const file = { metadata: { mapping_framework: 'ours' }, mapping_objects: ['T1078', 'AML.T0043'].map((attack_object_id) => ({ attack_object_id, capability_id: 'A', mapping_type: 'x' })) }
    const { sets, diagnostics } = await read({ 'file.json': JSON.stringify(file) })
    expect(sets).toEqual([['enterprise', ['T1078']]])
    expect(diagnostics.filter(({ severity }) => severity === 'error').map(({ code, found, count }) => [code, found, count])).toEqual([['parse/other-matrix', 'AML.T0043', 1]])
  })

  it('of ids of which none is one of ATT&CK are never taken to be of enterprise', async () => {
    const layer = { name: 'Ours', versions: { layer: '4.5' }, techniques: [{ techniqueID: 'CL-1', score: 1 }] }
    for (const content of [layer, { ...layer, domain: 'cloud-attack' }]) {
      const { sets, codes } = await read({ 'layer.json': JSON.stringify(content) })
      expect(sets).toEqual([])
      expect(codes).toContain('parse/other-matrix')
    }
  })
})

describe('any rows', () => {
  it('keep their number and order, and are of the domain of their set', () => {
    const id = fc.constantFrom('T1078', 'T1110.001', 'T1404', 'T0886', 'T0803', 'T9999', 'nonsense', 'AML.T0043')
    const row = fc.record({ technique: id, capability: fc.constantFrom('A', 'B', 'C'), kind: fc.constantFrom('mapped', 'unmapped-capability', 'unmapped-technique') })
    fc.assert(fc.property(fc.array(row), (rows) => {
      const mappings = rows.map(({ kind, capability, technique }, index): Mapping => {
        const origins = [{ document: 'd', place: { kind: 'text', line: index + 1, column: 1 } }] as const
        if (kind === 'unmapped-capability') return { kind, origins, capability: { id: capability } }
        if (kind === 'unmapped-technique') return { kind, origins, technique: { id: technique } }
        return { kind: 'mapped', origins, capability: { id: capability }, technique: { id: technique } }
      })
      const log = createDiagnosticLog()
      const set = createMappingSet({
        framework: { id: 'x', name: 'X' }, capabilities: [{ id: 'D', groups: ['g'] }], groups: [{ id: 'g', name: 'G' }], mappings,
        sources: [{ name: 'd', sha256: '0'.repeat(64), parser: 'table', rows: mappings.length }],
      })
      const sets = completeSet(set, {}, attack, log.report)
      const leftOut = log.entries.filter(({ code }) => code === 'parse/other-matrix').reduce((sum, { count = 1 }) => sum + count, 0)
      expect(sets.reduce((sum, one) => sum + one.mappings.length, 0) + leftOut).toBe(mappings.length)
      expect(sets.filter(({ capabilities }) => capabilities.has('D'))).toHaveLength(1)
      for (const { attack: { domain }, mappings: own, capabilities, sources } of sets) {
        expect(own.map((one) => mappings.indexOf(one))).toEqual(own.map((one) => mappings.indexOf(one)).toSorted((a, b) => a - b))
        expect(sources[0]?.rows).toBe(own.length)
        for (const one of own) {
          expect('capability' in one ? capabilities.has(one.capability.id) : true).toBe(true)
          const [known] = 'technique' in one ? attack.domainsOf(one.technique.id) : []
          expect(known ?? domain).toBe(domain)
        }
      }
    }), { seed: 20_261_101, numRuns: 300 })
  })
})
