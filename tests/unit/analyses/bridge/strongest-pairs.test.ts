import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { createRanking, type RelatedPair } from '../../../../src/analyses/bridge/strongest-pairs.js'

/** Few different values, so that many pairs are equally strong. */
const pairs: fc.Arbitrary<readonly RelatedPair[]> = fc.uniqueArray(
  fc.record({ left: fc.nat(5), right: fc.nat(5), strength: fc.constantFrom(0.25, 0.5, 1), shared: fc.integer({ min: 1, max: 3 }), weight: fc.constant(1) }),
  { selector: ({ left, right }) => `${left} ${right}`, maxLength: 36 },
)

function ranked(given: readonly RelatedPair[], most: number): readonly RelatedPair[] {
  const ranking = createRanking(most)
  for (const pair of given) ranking.add(pair)
  return ranking.sorted()
}

function compare(a: RelatedPair, b: RelatedPair): number {
  return b.strength - a.strength || b.shared - a.shared || a.left - b.left || a.right - b.right
}

it('the strongest pairs are kept, in their order, whatever the order that they come in', () => {
  fc.assert(fc.property(pairs, fc.integer({ min: 1, max: 40 }), (given, most) => {
    expect(ranked(given, most)).toEqual(given.toSorted(compare).slice(0, most))
  }))
})
