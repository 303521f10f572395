import { describe, expect, it } from 'vitest'
import { bridgeReport, choosePairs } from '../../../../src/analyses/bridge/bridge-report.js'
import { bridgeSets, type BridgePair } from '../../../../src/analyses/bridge/bridge-sets.js'
import type { BridgeFilter } from '../../../../src/analyses/bridge/relate-profiles.js'
import { createDiagnosticLog } from '../../../../src/diagnostics/diagnostic.js'
import type { ResolvedSet } from '../../../../src/model/mapping-set.js'
import { loadAttackIndex } from '../../../../src/attack/load-attack.js'
import { createSet, mapped } from '../../../support/small-set.js'

const attack = await loadAttackIndex()

const controls = createSet({ framework: { id: 'nist', name: 'NIST' }, rows: [
  mapped('AC-2', 'T1078'), mapped('AC-2', 'T1110'), mapped('AC-2', 'T1021'), mapped('AC-2', 'T1528'), mapped('SI-4', 'T1110'),
] })
const services = createSet({ framework: { id: 'aws', name: 'AWS' }, rows: [
  mapped('cognito', 'T1110', { score: { category: 'protect', value: 'significant' } }),
  mapped('cognito', 'T1110', { score: { category: 'detect', value: 'minimal' } }),
  mapped('config', 'T1078', { score: { category: 'protect', value: 'minimal' } }),
  mapped('config', 'T1190', { score: { category: 'protect', value: 'partial' } }),
  { kind: 'unmapped-capability', origins: [], capability: { id: 'artifact' } },
] })

const old: ResolvedSet = {
  ...createSet({ rows: [mapped('AC-2', 'T1086')] }), attack: { domain: 'enterprise', version: '8.2' },
}

function pairsOf(filter: BridgeFilter = {}, left: ResolvedSet = controls, right: ResolvedSet = services): readonly BridgePair[] {
  return bridgeSets(left, right, attack, filter)?.pairs ?? []
}

/** Capabilities that map to one technique. */
function many(count: number): ResolvedSet {
  return createSet({ rows: Array.from({ length: count }, (_, index) => mapped(`c${index}`, 'T1078')) })
}

function label({ left, right }: BridgePair): string {
  return `${left.id} ${right.id}`
}

describe('capabilities that share techniques', () => {
  it('are related by what they share, weighted by the best score', () => {
    expect(pairsOf().map((pair) => [label(pair), pair.strength, pair.leftShare, pair.rightShare])).toEqual([
      ['SI-4 cognito', 1, 1, 1],
      ['AC-2 cognito', 0.5, 3 / 12, 1],
      ['AC-2 config', 1 / Math.sqrt(12 * 3), 1 / 12, 1 / 3],
    ])
  })

  it('keep every score of both sides', () => {
    const [first] = pairsOf({ capability: 'SI-4' })
    expect(first?.techniques.map(({ id, left, right }) => [id, left.scores, right.scores])).toEqual([
      ['T1110', [], [{ category: 'protect', value: 'significant' }, { category: 'detect', value: 'minimal' }]],
    ])
  })

  it('can be asked for by a capability of either side, and by strength', () => {
    expect(pairsOf({ capability: 'AC-2' }).map(label)).toEqual(['AC-2 cognito', 'AC-2 config'])
    expect(pairsOf({ capability: 'cognito' }).map(label)).toEqual(['SI-4 cognito', 'AC-2 cognito'])
    expect(pairsOf({ capability: 'artifact' })).toEqual([])
    expect(pairsOf({ minStrength: 0.5 }).map(label)).toEqual(['SI-4 cognito', 'AC-2 cognito'])
  })

  it('share what replaced a revoked technique, and say so', () => {
    const [pair] = pairsOf({}, old, createSet({ rows: [mapped('config', 'T1059.001')] }))
    expect(pair?.techniques.map(({ id, left }) => [id, [...left.ids]])).toEqual([['T1059.001', ['T1086']]])
  })
})

describe('a report on them', () => {
  const bridge = bridgeSets(old, createSet({ rows: [mapped('config', 'T1059.001')] }), attack)
  const report = bridge && bridgeReport(bridge, bridge.pairs)

  it('says that it is derived, at the top, in every row and in the JSON', () => {
    expect(report?.about[0]).toMatch(/^Derived by Crosswalk .* Neither CTID nor .* state these relations\.$/)
    for (const { columns, rows } of report?.tables ?? []) {
      const column = columns.findIndex(({ key }) => key === 'derivation')
      expect(rows.map((row) => row[column])).toEqual(rows.map(() => 'derived by Crosswalk'))
      expect(rows.length).toBeGreaterThan(0)
    }
    expect(report?.value).toMatchObject({ derived: { statement: report?.about[0] } })
  })

  it('says which ATT&CK releases the sides name, and what was replaced', () => {
    expect(report?.about[1]).toContain('left ATT&CK 8.2, right ATT&CK 16.1')
    const [pairs] = report?.tables ?? []
    expect(pairs?.rows[0]?.[pairs.columns.findIndex(({ key }) => key === 'replaced')]).toBe('T1086 as T1059.001')
  })
})

describe('two frameworks that share millions of techniques', () => {
  const rows = Array.from({ length: 100 }, (_, capability) =>
    Array.from({ length: 200 }, (_other, technique) => mapped(`c${capability}`, `T${5000 + technique}`))).flat()
  const bridge = bridgeSets(createSet({ rows }), createSet({ rows }), attack)

  it('are related', () => {
    expect(bridge?.pairs.map(({ shared, strength }) => [shared, strength])).toEqual(Array.from({ length: 10_000 }, () => [200, 1]))
    expect(bridge?.pairs.at(-1)?.techniques).toHaveLength(200)
  })

  it('are listed as far as half a million techniques; the rest is reported', () => {
    const log = createDiagnosticLog()
    const shown = bridge && choosePairs(bridge, undefined, log.report)
    expect(shown).toEqual(bridge?.pairs.slice(0, 2500))
    expect(log.entries.map(({ code, count }) => [code, count])).toEqual([['bridge/pairs-left-out', 7500]])
  })

  it('are listed without a report if as many were asked for', () => {
    const log = createDiagnosticLog()
    expect(bridge && choosePairs(bridge, 2500, log.report)).toHaveLength(2500)
    expect(log.entries).toEqual([])
  })
})

describe('two frameworks of one technique', () => {
  it('have more pairs than memory needs: the first by their ids are kept, all are counted', () => {
    const bridge = bridgeSets(many(1000), many(1000), attack)
    expect(bridge?.found).toBe(1_000_000)
    expect(bridge?.pairs).toHaveLength(500_000)
    expect(bridge?.pairs.slice(998, 1002).map(label)).toEqual(['c0 c998', 'c0 c999', 'c1 c0', 'c1 c1'])
    expect(bridge?.pairs.at(-1)).toMatchObject({ left: { id: 'c499' }, right: { id: 'c999' }, strength: 1 })
  })

  it('are refused if they are made to exhaust the machine, but not with a capability', () => {
    expect(bridgeSets(many(18_000), many(18_000), attack)).toBeUndefined()
    expect(bridgeSets(many(18_000), many(18_000), attack, { capability: 'c1' })?.pairs).toHaveLength(35_999)
  })
})
