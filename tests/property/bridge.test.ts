import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bridgeReport } from '../../src/analyses/bridge/bridge-report.js'
import { bridgeSets } from '../../src/analyses/bridge/bridge-sets.js'
import { measureStrength } from '../../src/analyses/bridge/profiles.js'
import type { ResolvedSet } from '../../src/model/mapping-set.js'
import { reportArtifacts, reportFormats } from '../../src/analyses/report/report-artifacts.js'
import { schemaErrors } from '../../src/schemas/schema-errors.js'
import { arbitrarySet } from '../support/arbitrary-set.js'
import { fakeAttackIndex } from '../support/fake-attack-index.js'
import { createSet, mapped } from '../support/small-set.js'

/** Weights by technique: 0 where a capability does not bear on it. */
type Weights = readonly number[]

const size = 8
const weights: fc.Arbitrary<Weights> = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: size, maxLength: size })
const bothBear = fc.tuple(weights, weights)
  .filter(([left, right]) => left.some((weight, index) => weight > 0 && (right[index] ?? 0) > 0))

function strengthOf(left: Weights, right: Weights): number {
  const sum = (values: Weights): number => values.reduce((total, value) => total + value, 0)
  const shared = sum(left.map((weight, index) => Math.min(weight, right[index] ?? 0)))
  return measureStrength(shared, sum(left), sum(right)).strength
}

function withWeight(values: Weights, index: number, weight: number): Weights {
  return values.with(index, weight)
}

describe('strength', () => {
  it('lies above 0 and up to 1, and is 1 only for the same weights', () => {
    fc.assert(fc.property(bothBear, ([left, right]) => {
      const strength = strengthOf(left, right)
      expect(strength).toBeGreaterThan(0)
      expect(strength).toBeLessThanOrEqual(1)
      expect(strength === 1).toBe(left.join() === right.join())
    }))
  })

  it('does not care which side is which', () => {
    fc.assert(fc.property(bothBear, ([left, right]) => {
      expect(strengthOf(left, right)).toBe(strengthOf(right, left))
    }))
  })

  it('rises when the weaker side bears more, up to the stronger', () => {
    fc.assert(fc.property(bothBear, fc.nat(size - 1), ([left, right], index) => {
      const [mine = 0, theirs = 0] = [left[index], right[index]]
      fc.pre(mine < theirs)
      expect(strengthOf(withWeight(left, index, mine + 1), right)).toBeGreaterThan(strengthOf(left, right))
    }))
  })

  it('rises when a technique that is not shared goes', () => {
    fc.assert(fc.property(bothBear, fc.nat(size - 1), ([left, right], index) => {
      fc.pre((left[index] ?? 0) > 0 && right[index] === 0)
      expect(strengthOf(withWeight(left, index, 0), right)).toBeGreaterThan(strengthOf(left, right))
    }))
  })
})

const values = ['minimal', 'partial', 'significant']
const row = fc.record({
  capability: fc.constantFrom('a', 'b', 'c'),
  technique: fc.integer({ min: 0, max: size - 1 }),
  weight: fc.integer({ min: 1, max: 3 }),
})
const scoredSet: fc.Arbitrary<ResolvedSet> = fc.array(row, { maxLength: 20 }).map((rows) => createSet({
  rows: rows.map(({ capability, technique, weight }) =>
    mapped(capability, `T300${technique}`, { score: { category: 'protect', value: values[weight - 1] ?? '' } })),
}))

/** The same by comparing everything with everything. */
function strengthsByHand(left: ResolvedSet, right: ResolvedSet): ReadonlyMap<string, number> {
  const rights = weighByHand(right)
  const pairs = [...weighByHand(left)].flatMap(([a, mine]) =>
    [...rights].map(([b, theirs]) => [`${a} ${b}`, strengthOf(mine, theirs)] as const))
  return new Map(pairs.filter(([, strength]) => strength > 0))
}

function weighByHand({ mappings }: ResolvedSet): ReadonlyMap<string, Weights> {
  const found = new Map<string, Weights>()
  for (const mapping of mappings) {
    if (mapping.kind !== 'mapped') continue
    const index = Number(mapping.technique.id.at(-1))
    const known = found.get(mapping.capability.id) ?? Array.from({ length: size }, () => 0)
    const weight = values.indexOf(mapping.score?.value ?? '') + 1
    found.set(mapping.capability.id, known.with(index, Math.max(known[index] ?? 0, weight)))
  }
  return found
}

describe('a bridge', () => {
  it('has every pair that shares a technique, with its strength, the strongest first', () => {
    fc.assert(fc.property(scoredSet, scoredSet, (left, right) => {
      const pairs = bridgeSets(left, right, fakeAttackIndex())?.pairs ?? []
      const found = new Map(pairs.map((pair) => [`${pair.left.id} ${pair.right.id}`, pair.strength]))
      expect(found).toEqual(strengthsByHand(left, right))
      const strengths = pairs.map(({ strength }) => strength)
      expect(strengths).toEqual(strengths.toSorted((a, b) => b - a))
    }))
  })

  it('turned round has the same pairs', () => {
    fc.assert(fc.property(arbitrarySet, arbitrarySet, (left, right) => {
      const attack = fakeAttackIndex()
      const there = bridgeSets(left, right, attack)?.pairs ?? []
      const back = bridgeSets(right, left, attack)?.pairs ?? []
      expect(back.map((pair) => JSON.stringify([pair.right.id, pair.left.id, pair.strength])).toSorted())
        .toEqual(there.map((pair) => JSON.stringify([pair.left.id, pair.right.id, pair.strength])).toSorted())
    }))
  })

  it('becomes files that satisfy their schemas, whatever text documents hold', async () => {
    await fc.assert(fc.asyncProperty(arbitrarySet, arbitrarySet, async (left, right) => {
      const bridge = bridgeSets(left, right, fakeAttackIndex())
      if (!bridge) throw new Error('too many pairs')
      for (const format of reportFormats) {
        for (const { schema, value } of reportArtifacts(bridgeReport(bridge, bridge.pairs), format, () => {})) {
          expect(await schemaErrors(schema, value)).toEqual([])
        }
      }
    }), { numRuns: 30 })
  })
})
