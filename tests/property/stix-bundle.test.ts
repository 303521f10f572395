import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stixBundle } from '../../src/parsers/stix-bundle/stix-bundle.js'
import { arbitrarySet } from '../support/arbitrary-set.js'
import { buildTestBundle } from '../support/build-test-bundle.js'
import { fakeAttackIndex } from '../support/fake-attack-index.js'
import { readDocument, withoutDocument, withSortedOrigins } from '../support/read-document.js'

const seed = 20_240_615
const attack = fakeAttackIndex()
const document = 'a bundle of ours.json'

describe('a bundle of ours', () => {
  it.each(['tip', 'spec', 'attack-present'] as const)('gives back any sets that it was made of (%s)', async (profile) => {
    await fc.assert(fc.asyncProperty(fc.array(arbitrarySet, { minLength: 1, maxLength: 3 }), async (sets) => {
      const { bundle } = await buildTestBundle(sets, { 'stix-profile': profile })
      const read = await readDocument(stixBundle, bundle, { attack, name: document })
      expect(read.sets.map((set) => withoutDocument(set, document))).toEqual(sets.map(withSortedOrigins))
      expect(read.sets.every(({ mappings }) => mappings.every(({ origins }) => origins.some((origin) => origin.document === document)))).toBe(true)
      expect(Object.keys(read.codes).filter((code) => code !== 'parse/no-mappings')).toEqual([])
    }), { seed, numRuns: 120 })
  })

  it('that another program has changed is read without a throw', async () => {
    const change = fc.record({ at: fc.nat(), key: fc.nat(), value: fc.oneof(fc.jsonValue(), fc.constant(undefined)) })
    const profile = fc.constantFrom('tip' as const, 'opencti' as const)
    await fc.assert(fc.asyncProperty(arbitrarySet, profile, fc.array(change, { maxLength: 6 }), async (set, id, changes) => {
      const { bundle } = await buildTestBundle(set, { 'stix-profile': id })
      const broken: unknown = JSON.parse(JSON.stringify(bundle))
      for (const { at, key, value } of changes) breakOne(broken, at, key, value)
      const read = await readDocument(stixBundle, broken, { attack, name: document })
      for (const { mappings } of read.sets) for (const { origins } of mappings) expect(origins.length).toBeGreaterThan(0)
    }), { seed, numRuns: 300 })
  })
})

describe('any objects', () => {
  it('are read without a throw, and each relationship is a row, or told', async () => {
    const id = fc.constantFrom('course-of-action--1', 'attack-pattern--1', 'vulnerability--1', 'malware--1', attackPattern('T1190'), 'x', '', '__proto__')
    const relationship = fc.record({
      type: fc.constant('relationship'),
      id: fc.uuid().map((uuid) => `relationship--${uuid}`),
      relationship_type: fc.constantFrom('mitigates', 'uses', 'subtechnique-of', '', 1),
      source_ref: id,
      target_ref: id,
      description: fc.oneof(fc.string(), fc.jsonValue()),
      labels: fc.jsonValue(),
      external_references: fc.jsonValue(),
      revoked: fc.boolean(),
    }, { requiredKeys: ['type', 'id'] })
    const other = fc.record({
      type: fc.constantFrom('course-of-action', 'attack-pattern', 'grouping', 'x-mitre-collection', 'identity'),
      id,
      name: fc.oneof(fc.string(), fc.jsonValue()),
      labels: fc.oneof(fc.constant(['framework:aws', 'non-mappable', 'group:']), fc.jsonValue()),
      external_references: fc.oneof(
        fc.constantFrom('mitre-attack', 'MITRE ATT&CK', 'capec', 'mitre-atlas').chain((source_name) =>
          fc.constantFrom('T1553', 't1553-002', 'CAPEC-98', 'AML.T0043', 'M1032').map((external_id) => [{ source_name, external_id }])),
        fc.jsonValue(),
      ),
      x_mitre_id: fc.oneof(fc.constantFrom('T1190', 'AML.T0051', ''), fc.jsonValue()),
      aliases: fc.oneof(fc.constant(['t1190']), fc.jsonValue()),
      object_refs: fc.array(id),
      extensions: fc.jsonValue(),
    }, { requiredKeys: ['type', 'id'] })
    await fc.assert(fc.asyncProperty(fc.array(relationship), fc.array(fc.oneof(other, fc.jsonValue())), async (relationships, others) => {
      const { sets, codes } = await readDocument(stixBundle, { type: 'bundle', objects: [...others, ...relationships] }, { attack })
      const rows = sets.reduce((sum, set) => sum + set.mappings.filter(({ kind }) => kind === 'mapped').length, 0)
      const leftOut = ['parse/not-a-mapping', 'parse/unresolved-relationship', 'parse/unrecognised-technique', 'parse/other-matrix']
      const told = leftOut.reduce((sum, code) => sum + (codes[code] ?? 0), 0)
      const ids = new Set(others.map((value) => (typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined)))
      const withdrawn = relationships.filter(({ revoked }) => revoked === true).length
      const own = relationships.filter((value) => !ids.has(value.id)).length
      expect(rows + told + withdrawn).toBe(own)
    }), { seed, numRuns: 400 })
  })

  it('of any JSON', async () => {
    await fc.assert(fc.asyncProperty(fc.jsonValue(), async (value) => {
      expect((await readDocument(stixBundle, { type: 'bundle', objects: value }, { attack })).sets).toEqual([])
    }), { seed, numRuns: 200 })
  })
})

/** Puts another value in the place of one somewhere in a tree; undefined takes it out. */
function breakOne(tree: unknown, at: number, key: number, value: unknown): void {
  const holders: object[] = []
  const collect = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    holders.push(node)
    for (const child of Object.values(node)) collect(child)
  }
  collect(tree)
  const holder = holders[at % holders.length]
  const keys = holder ? Object.keys(holder) : []
  const name = keys[key % keys.length]
  if (holder && name !== undefined) Object.assign(holder, { [name]: value })
}

function attackPattern(id: string): string {
  return attack.release('enterprise', '16.1').technique(id)?.stixId ?? ''
}
