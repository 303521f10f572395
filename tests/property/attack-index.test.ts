import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AttackTactic, type AttackTechnique, compareVersions, type ReleaseFacts, type ReleaseLack } from '../../src/attack/attack-index.js'
import { compileAttackIndex } from '../../src/attack/stored-index.js'
import { createAttackIndex, resolveVersion } from '../../src/attack/create-attack-index.js'
import type { AttackIndexData } from '../../src/attack/index-lines.js'
import { readAttackBundle } from '../../src/attack/bundle/read-attack-bundle.js'

/** Few values, so that they repeat from release to release; separators of the stored form among them. */
const text = fc.constantFrom('a', 'b', 'a|b', 'x;9.0=y', '100 %', '%7C', '=', ';', 'é\u0301', '\n', '"')
const id = fc.constantFrom('T1001', 'T1001.001', 'T1002', 'T0803', 'T1003')

const technique: fc.Arbitrary<AttackTechnique> = fc
  .record({
    id,
    stixId: fc.constantFrom('attack-pattern--1', 'attack-pattern--2', 'other--1'),
    name: text,
    tactics: fc.uniqueArray(fc.constantFrom('one', 'two', 'three')),
    status: fc.constantFrom('active', 'deprecated', 'revoked'),
    successor: fc.option(id, { nil: undefined }),
    platforms: fc.option(fc.uniqueArray(fc.constantFrom('Windows', 'a|b', 'x;9.0=y', '100 %'), { minLength: 1 }), { nil: undefined }),
    dates: fc.option(fc.record({ created: text, modified: text }), { nil: undefined }),
  })
  .map(({ successor, platforms, dates, ...rest }) =>
    Object.assign(rest, platforms && { platforms }, rest.status === 'revoked' && successor !== undefined ? { successor } : {}, dates))

const tactic: fc.Arbitrary<AttackTactic> = fc
  .record({
    id: fc.constantFrom('TA0001', 'TA0002'),
    stixId: fc.constantFrom('x-mitre-tactic--1', 'z--1'),
    shortname: text,
    name: text,
    deprecated: fc.boolean(),
  })
  .map(({ deprecated, ...rest }) => (deprecated ? Object.assign(rest, { deprecated }) : rest))

const release: fc.Arbitrary<ReleaseFacts> = fc.record({
  domain: fc.constantFrom('enterprise', 'mobile', 'ics'),
  version: fc.constantFrom('8.2', '9.0', '10.0', '10.1', '11.3'),
  lacks: fc.subarray<ReleaseLack>(['dates', 'withdrawn', 'successors'], { minLength: 1 }),
  tactics: fc.uniqueArray(tactic, { selector: (one) => one.id }),
  techniques: fc
    .uniqueArray(technique, { selector: (one) => one.id, minLength: 1 })
    .map((all) => all.toSorted((left, right) => (left.id < right.id ? -1 : 1))),
})
const releases = fc.uniqueArray(release, { selector: ({ domain, version }) => `${domain} ${version}`, maxLength: 8 })

describe('the index', () => {
  it('gives back every release that was compiled into it, through its stored text', () => {
    fc.assert(
      fc.property(releases, (compiled) => {
        const stored: AttackIndexData = JSON.parse(JSON.stringify(compileAttackIndex(compiled)))
        const index = createAttackIndex(stored)
        for (const { domain, version, tactics, techniques } of compiled) {
          const view = index.release(domain, version)
          expect(view.techniques()).toEqual(techniques)
          expect(view.tactics).toEqual(tactics)
          for (const one of techniques) {
            expect(index.history(one.id)).toContainEqual({ domain, version, technique: one })
            expect(index.domainsOf(one.id)).toContain(domain)
          }
        }
        const count = compiled.reduce((sum, { techniques }) => sum + techniques.length, 0)
        const ids = new Set(compiled.flatMap(({ techniques }) => techniques.map((one) => one.id)))
        expect([...ids].reduce((sum, one) => sum + index.history(one).length, 0)).toBe(count)
      }),
    )
  })

  it('is the same text whatever the order of the releases', () => {
    fc.assert(
      fc.property(releases, (compiled) => {
        expect(JSON.stringify(compileAttackIndex(compiled.toReversed()))).toBe(JSON.stringify(compileAttackIndex(compiled)))
      }),
    )
  })
})

describe('readAttackBundle', () => {
  it('never throws, whatever the JSON', () => {
    const object = fc.dictionary(
      fc.constantFrom('type', 'id', 'name', 'revoked', 'external_references', 'kill_chain_phases', 'tactic_refs', '__proto__'),
      fc.oneof(fc.jsonValue(), fc.constantFrom('attack-pattern', 'relationship', 'x-mitre-matrix', 'x-mitre-tactic')),
    )
    const bundle = fc.array(object).map((objects) => ({ type: 'bundle', objects }))
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), bundle), (value) => {
        expect(readAttackBundle(value, { domain: 'ics', version: '9.0' })).toBeTypeOf('object')
      }),
    )
  })
})

describe('resolveVersion', () => {
  it('always finds one of the versions, whatever is asked for', () => {
    const versions = fc
      .uniqueArray(fc.constantFrom('8.2', '9.0', '10.0', '10.1', '16.1'), { minLength: 1 })
      .map((all) => all.toSorted(compareVersions))
    fc.assert(
      fc.property(versions, fc.string(), (all, wanted) => {
        expect(all).toContain(resolveVersion(all, wanted)?.version)
      }),
    )
  })
})
