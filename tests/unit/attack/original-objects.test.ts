import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBundleReader, createOriginalObjects, type OriginalObjects } from '../../../src/attack/bundle/read-bundle.js'
import { rawBundle, rawTechnique, stixId } from '../../support/attack-bundles.js'

const technique = rawTechnique({ id: 'T1001', name: 'Quotes “”, 𝕏, \\ and "brackets" ][}{', more: { x_mitre_a: [1, { b: '{' }] } })
const identity = { type: 'identity', id: stixId('identity', 1), name: 'Someone' }
const other = { type: 'malware', id: stixId('malware', 1), name: 'Not kept' }
const bundle = rawBundle('99.0', [other, technique, identity])

/** The objects of a bundle that comes in pieces of these lengths. */
function originalsOf(text: string, lengths: readonly number[] = []): OriginalObjects {
  const bytes = new TextEncoder().encode(text)
  const reader = createBundleReader()
  let start = 0
  for (const length of [...lengths, bytes.length]) {
    reader.push(bytes.subarray(start, start + length))
    start += length
  }
  const read = reader.finish()
  if ('problem' in read) throw new Error(read.problem)
  return createOriginalObjects({ domain: 'enterprise', version: '99.0' }, bytes, read.places)
}

describe('the objects of a bundle', () => {
  it('are found as they are, wherever the bundle is cut while it is read', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 300 })), fc.boolean(), (lengths, isIndented) => {
      const originals = originalsOf(`\uFEFF${JSON.stringify(bundle, undefined, isIndented ? 2 : 0)}\n`, lengths)
      expect(originals.object(stixId('identity', 1))).toEqual(identity)
      expect(JSON.stringify(originals.object(String(technique['id'])))).toBe(JSON.stringify(technique))
    }))
  })

  it('have no lone surrogates in their texts', () => {
    const broken = rawTechnique({ id: 'T1001', name: 'a\ud800', more: { x_mitre_contributors: ['\udc00b', 'ok'] } })
    const originals = originalsOf(JSON.stringify(rawBundle('99.0', [broken])))
    expect(originals.object(String(broken['id']))).toMatchObject({ name: 'a\ufffd', x_mitre_contributors: ['\ufffdb', 'ok'] })
  })

  it('are techniques, identities and markings alone', () => {
    const originals = originalsOf(JSON.stringify(bundle))
    expect([other.id, 'identity--1', '', '__proto__'].map((id) => originals.object(id))).toEqual([undefined, undefined, undefined, undefined])
  })
})
