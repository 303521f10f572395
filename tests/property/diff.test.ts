import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeDiff } from '../../src/analyses/diff/describe-diff.js'
import { diffLayer, diffReport } from '../../src/analyses/diff/diff-report.js'
import { diffSets } from '../../src/analyses/diff/diff-sets.js'
import { createMeanings, readField, type ReadMeaning, rowFields, type SetDiff } from '../../src/analyses/diff/set-diff.js'
import { contentKey, pairKey } from '../../src/matching/keys.js'
import type { Mapping } from '../../src/model/mapping.js'
import type { ResolvedSet } from '../../src/model/mapping-set.js'
import { reportArtifacts, reportFormats } from '../../src/analyses/report/report-artifacts.js'
import { reportLayerArtifact } from '../../src/emitters/navigator/report-layer.js'
import { schemaErrors } from '../../src/schemas/schema-errors.js'
import { arbitrarySet } from '../support/arbitrary-set.js'
import { fakeAttackIndex } from '../support/fake-attack-index.js'

/** Two sets that have much in common: the second is the first with rows left out, repeated, added and put in another order. */
const twoSets: fc.Arbitrary<readonly [ResolvedSet, ResolvedSet]> = fc.tuple(arbitrarySet, arbitrarySet).chain(([old, other]) =>
  fc.shuffledSubarray([...old.mappings, ...old.mappings.map((row) => ({ ...row })), ...other.mappings]).map((mappings) =>
    [old, {
      ...old,
      about: other.about,
      relations: merge(old.relations, other.relations),
      groups: merge(old.groups, other.groups),
      mappings,
    }] as const))

function merge<Value>(a: ReadonlyMap<string, Value>, b: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
  return new Map([...a, ...b])
}

function meaningOf(row: Mapping, read: ReadMeaning): string {
  return JSON.stringify([pairKey(row), ...rowFields.map((field) => read(row, field))])
}

function sorted(texts: Iterable<string>): readonly string[] {
  return [...texts].toSorted()
}

/** What a comparison says, whichever order rows had. */
function summarise(diff: SetDiff): object {
  const key = contentKey
  return {
    added: sorted(diff.added.map(key)),
    removed: sorted(diff.removed.map(key)),
    changed: sorted(diff.changed.map((change) => JSON.stringify([key(change.old), key(change.new), change.fields]))),
    same: diff.same,
    facts: diff.facts,
  }
}

describe('a comparison', () => {
  it('of a set with itself finds nothing', () => {
    fc.assert(fc.property(arbitrarySet, (set) => {
      const { added, removed, changed, same, respelled, facts, capabilities, techniques } = diffSets(set, structuredClone(set))
      expect({ added, removed, changed, respelled, facts, capabilities, techniques })
        .toEqual({ added: [], removed: [], changed: [], respelled: 0, facts: [], capabilities: [], techniques: [] })
      expect(same).toBe(set.mappings.length)
    }))
  })

  it('applied to the old set gives the new one', () => {
    fc.assert(fc.property(twoSets, ([old, fresh]) => {
      const diff = diffSets(old, fresh)
      const { ofOld, ofNew } = createMeanings(old, fresh)
      const gone = new Set<Mapping>([...diff.removed, ...diff.changed.map((change) => change.old)])
      const kept = remainder(old.mappings, gone).map((row) => meaningOf(row, ofOld))
      const entered = [...diff.added, ...diff.changed.map((change) => change.new)].map((row) => meaningOf(row, ofNew))
      expect(kept).toHaveLength(diff.same)
      expect(sorted([...kept, ...entered])).toEqual(sorted(fresh.mappings.map((row) => meaningOf(row, ofNew))))
    }))
  })

  it('names exactly the fields that differ, with what both rows state', () => {
    fc.assert(fc.property(twoSets, ([old, fresh]) => {
      const { ofOld, ofNew } = createMeanings(old, fresh)
      for (const change of diffSets(old, fresh).changed) {
        expect(pairKey(change.old)).toBe(pairKey(change.new))
        const differing = rowFields.filter((field) => ofOld(change.old, field) !== ofNew(change.new, field))
        expect(change.fields.map(({ field }) => field)).toEqual(differing)
        for (const { field, old: before, new: after } of change.fields) {
          expect([before, after]).toEqual([readField(change.old, field), readField(change.new, field)])
        }
      }
    }))
  })

  it('swapped swaps added and removed, and nothing else', () => {
    fc.assert(fc.property(twoSets, ([old, fresh]) => {
      const there = diffSets(old, fresh)
      const back = diffSets(fresh, old)
      expect(sorted(back.added.map(contentKey))).toEqual(sorted(there.removed.map(contentKey)))
      expect(sorted(back.removed.map(contentKey))).toEqual(sorted(there.added.map(contentKey)))
      expect(sorted(back.changed.map((change) => JSON.stringify([contentKey(change.new), contentKey(change.old)]))))
        .toEqual(sorted(there.changed.map((change) => JSON.stringify([contentKey(change.old), contentKey(change.new)]))))
      expect([back.same, back.respelled, back.facts.length]).toEqual([there.same, there.respelled, there.facts.length])
    }))
  })

  it('does not depend on the order of rows', () => {
    const shuffled = twoSets.chain(([old, fresh]) => fc.tuple(fc.constant(old), fc.constant(fresh),
      fc.shuffledSubarray([...old.mappings.keys()], { minLength: old.mappings.length }),
      fc.shuffledSubarray([...fresh.mappings.keys()], { minLength: fresh.mappings.length })))
    fc.assert(fc.property(shuffled, ([old, fresh, oldOrder, newOrder]) => {
      const mixed = diffSets(reorder(old, oldOrder), reorder(fresh, newOrder))
      expect(summarise(mixed)).toEqual(summarise(diffSets(old, fresh)))
    }))
  })

  it('becomes files that satisfy their schemas, whatever text documents hold', async () => {
    await fc.assert(fc.asyncProperty(twoSets, async ([old, fresh]) => {
      const described = describeDiff(diffSets(old, fresh), fakeAttackIndex())
      const report = diffReport([described], { added: [], removed: [fresh] })
      const artifacts = [
        ...reportFormats.flatMap((format) => reportArtifacts(report, format, () => {})),
        reportLayerArtifact(diffLayer(described), () => {}),
      ]
      for (const { schema, value } of artifacts) expect(await schemaErrors(schema, value)).toEqual([])
    }), { numRuns: 30 })
  })
})

/** The rows that are left when those of `gone`, each as often as it is there, are taken out. */
function remainder(rows: readonly Mapping[], gone: ReadonlySet<Mapping>): readonly Mapping[] {
  return rows.filter((row) => !gone.has(row))
}

function reorder(set: ResolvedSet, order: readonly number[]): ResolvedSet {
  return { ...set, mappings: order.flatMap((index) => set.mappings[index] ?? []) }
}
