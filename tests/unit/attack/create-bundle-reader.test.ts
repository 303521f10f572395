import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBundleReader, type ReadBundle } from '../../../src/attack/bundle/read-bundle.js'
import { readAttackBundle } from '../../../src/attack/bundle/read-attack-bundle.js'
import { rawBundle, rawMatrix, rawRevocation, rawTactic, rawTechnique } from '../../support/attack-bundles.js'

const whole = rawBundle('99.0', [
  rawMatrix('Enterprise ATT&CK', ['TA0002', 'TA0001']),
  rawTactic('TA0001', 'initial-access'),
  rawTactic('TA0002', 'execution'),
  rawTechnique({ id: 'T1001', name: 'Quotes “”, \\ and "brackets" ][}{', tactics: ['execution'], more: { description: 'x'.repeat(99) } }),
  rawTechnique({ id: 'T1002', more: { revoked: true, x_mitre_detection: [['a'], { b: [] }] } }),
  rawRevocation('T1002', 'T1001'),
  { type: 'relationship', relationship_type: 'uses', source_ref: 'a', target_ref: 'b' },
  { type: 'malware', name: 'Not needed' },
])

/** The bytes in pieces of these lengths, the last as long as the rest. */
function read(bytes: Uint8Array, lengths: readonly number[] = []): ReadBundle {
  const reader = createBundleReader()
  let start = 0
  for (const length of [...lengths, bytes.length]) {
    reader.push(bytes.subarray(start, start + length))
    start += length
  }
  return reader.finish()
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
const understand = (result: ReadBundle): unknown => ('problem' in result ? result : readAttackBundle(result.value))

describe('a bundle, read in pieces', () => {
  it('is understood as it is when read whole, wherever it is cut', () => {
    const bytes = encode(JSON.stringify(whole, undefined, 2))
    const expected = readAttackBundle(whole)
    expect(expected).toMatchObject({ release: { techniques: [{ id: 'T1001' }, { id: 'T1002', successor: 'T1001' }] } })
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 400 })), (lengths) => {
      expect(understand(read(bytes, lengths))).toEqual(expected)
    }))
    expect(understand(read(encode(`\uFEFF${JSON.stringify(whole)}\n`), [1, 1, 1]))).toEqual(expected)
  })

  it('has no lone surrogates in its texts', () => {
    const bundle = JSON.stringify(rawBundle('99.0', [rawTechnique({ id: 'T1001', name: 'a\ud800b \u{1f600}' })]))
    expect(bundle).toContain('\\ud800')
    expect(understand(read(encode(bundle)))).toMatchObject({ release: { techniques: [{ name: 'a\ufffdb \u{1f600}' }] } })
  })

  it('keeps no more than is needed', () => {
    expect(JSON.stringify(read(encode(JSON.stringify(whole))))).not.toMatch(/xxxx|Not needed|uses|Elsewhere":|detection/)
  })

  it.each([
    ['', 'is not JSON'],
    ['404: Not Found', 'is not JSON'],
    ['<!doctype html><p>[{', 'is not JSON'],
    ['{"type":"bundle","objects":[{"type":"x"},]}', 'is not JSON'],
    ['{"type":"bundle","objects":[{"type":x}]}', 'is not JSON'],
    ['{"type":"bundle","objects":[{"type":"x"}]}}', 'is not JSON'],
    ['{"type":"bundle","objects":[{"type":"x"}]', 'is truncated'],
    ['{"type":"bundle","objects":[{"type":"attack-pat', 'is truncated'],
  ])('%j %s', (text, problem) => {
    expect(read(encode(text))).toEqual({ problem })
  })

  it('is no bundle when its bytes are no UTF-8', () => {
    expect(read(Uint8Array.of(0x7B, 0x22, 0xFF, 0x22, 0x7D))).toEqual({ problem: 'is not valid UTF-8' })
  })

  it('never takes anything that JSON.parse would not, nor throws', () => {
    const pieces = fc.constantFrom('{', '}', '[', ']', '"', '\\', ',', ':', '1', '"objects":', '"type":"bundle"', ' ', 'é')
    fc.assert(fc.property(fc.array(pieces).map((parts) => parts.join('')), fc.nat(9), (text, cut) => {
      const isJson = ((): boolean => {
        try {
          JSON.parse(text)
          return true
        } catch {
          return false
        }
      })()
      expect('value' in read(encode(text), [cut])).toBe(isJson)
    }), { numRuns: 2000 })
  })
})
