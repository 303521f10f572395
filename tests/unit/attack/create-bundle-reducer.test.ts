import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBundleReducer } from '../../../src/attack/bundle/reduce-bundle.js'
import { readAttackBundle } from '../../../src/attack/bundle/read-attack-bundle.js'
import { rawBundle, rawMatrix, rawRevocation, rawTactic, rawTechnique, stixId } from '../../support/attack-bundles.js'

const technique = rawTechnique({ id: 'T1001', name: 'Quotes “”, 𝕏, \\ and "brackets" ][}{', more: { description: 'y'.repeat(99), x_mitre_a: ['b'] } })
const identity = { type: 'identity', id: stixId('identity', 1), name: 'Someone', x_mitre_a: 'b' }
const whole = rawBundle('99.0', [
  rawMatrix('Enterprise ATT&CK', ['TA0001'], { description: 'x'.repeat(99) }),
  rawTactic('TA0001', 'initial-access', { description: 'x'.repeat(99) }),
  { type: 'course-of-action', id: stixId('course-of-action', 1), name: 'xxx' },
  { type: 'malware', id: stixId('malware', 1), name: 'Some software', description: 'xxx' },
  technique,
  rawTechnique({ id: 'T1002', more: { revoked: true } }),
  { type: 'relationship', relationship_type: 'mitigates', source_ref: 'xxx', target_ref: 'xxx' },
  rawRevocation('T1002', 'T1001', { description: 'xxx' }),
  identity,
])

function reduce(text: string, lengths: readonly number[] = []): Uint8Array | undefined {
  const bytes = new TextEncoder().encode(text)
  const reducer = createBundleReducer()
  let start = 0
  for (const length of [...lengths, bytes.length]) {
    reducer.push(bytes.subarray(start, start + length))
    start += length
  }
  return reducer.finish()
}

describe('a bundle made short', () => {
  it('says of the release what the whole one says, wherever it is cut while it is read', () => {
    const text = `\uFEFF${JSON.stringify(whole, undefined, 2)}\n`
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 400 })), (lengths) => {
      const short = new TextDecoder().decode(reduce(text, lengths))
      expect(readAttackBundle(JSON.parse(short))).toEqual(readAttackBundle(whole))
      expect(short).not.toContain('xxx')
      const { objects }: { objects: unknown[] } = JSON.parse(short)
      expect(objects).toEqual(expect.arrayContaining([technique, identity]))
    }))
  })

  it.each([
    ['', '404: Not Found', '[]', 'null', '{"type":"bundle"}', '{"type":"bundle","objects":{}}', '{"type":"other","objects":[]}'],
    ['{"type":"bundle","objects":[{"type":"x"}]', '{"type":"bundle","objects":[{"type":"x"},]}', '{"type":"bundle","objects":[{"type":x}]}'],
  ].flat())('is none where there was none: %j', (text) => {
    expect(reduce(text)).toBeUndefined()
  })

  it('is none where the bytes are no UTF-8', () => {
    const reducer = createBundleReducer()
    reducer.push(new TextEncoder().encode('{"type":"bundle","objects":[{"type":"'))
    expect(reducer.push(Uint8Array.of(0xFF, 0x22, 0x7D))).toBe(false)
    expect(reducer.finish()).toBeUndefined()
  })

  it('has no objects where nothing is needed', () => {
    expect(new TextDecoder().decode(reduce('{"type":"bundle","objects":[1,{"type":"course-of-action"}],"other":[{"type":"identity","id":"a"}]}')))
      .toBe('{"type":"bundle","objects":[]}')
  })
})
