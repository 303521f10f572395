import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCollectionAddress, statusAddress } from '../../../../src/taxii/client/read-collection.js'
import { countOutcome } from '../../../../src/taxii/client/count-outcome.js'
import { readMediaType } from '../../../../src/taxii/media-type.js'
import { normaliseVersion, planBatches, readOutgoingBundle, takeBatch } from '../../../../src/taxii/client/outgoing-bundle.js'
import { readStatus } from '../../../../src/taxii/client/push-batch.js'
import { bundleOf, fakeAddress, objectOf } from './push.js'

describe('the address of a collection', () => {
  it.each(['', '/', '/objects', '/objects/'])('may end in "%s"', (end) => {
    const found = readCollectionAddress(new URL(`https://example.org/a%20b/collections/x%2Fy${end}`))
    expect(found && Object.values(found).map(String)).toEqual([
      'https://example.org/a%20b/',
      'https://example.org/a%20b/collections/x%2Fy/',
      'https://example.org/a%20b/collections/x%2Fy/objects/',
      'https://example.org/a%20b/collections/x%2Fy/manifest/',
    ])
  })

  it('stays on its server where the path begins with two slashes', () => {
    expect(readCollectionAddress(new URL('https://example.org//evil.example/collections/m/'))?.collection.host).toBe('example.org')
  })

  it('gives statuses addresses below the API root, whatever their id', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (id) => {
      const { href = 'none' } = statusAddress(fakeAddress(), id) ?? {}
      const isNone = id === '' || id === '.' || id === '..' || !id.isWellFormed()
      expect(href).toMatch(isNone ? /^none$/ : /^http:\/\/fake\/api1\/status\/[^/?#]+\/$/)
    }))
  })
})

describe('batches', () => {
  const { objects } = readOutgoingBundle(bundleOf(Array.from({ length: 30 }, (_, index) => objectOf(index, { name: 'é'.repeat(index * 7 % 50) }))))

  it('are all objects in order, each within the limits', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 9000 }), (most, bytes) => {
      const sent: unknown[] = []
      while (sent.length < objects.length) {
        const batch = takeBatch(objects, sent.length, { objects: most, bytes })
        const size = new TextEncoder().encode(batch.body).byteLength
        expect(batch.bytes).toBe(size)
        expect(batch.objects.length).toBeLessThanOrEqual(most)
        expect(size <= bytes || batch.objects.length === 1).toBe(true)
        const envelope: { objects: unknown[] } = JSON.parse(batch.body)
        sent.push(...envelope.objects)
      }
      expect(sent).toEqual(objects.map(({ value }) => value))
    }))
  })

  it('are planned as they would be sent', () => {
    const bundles = [bundleOf(25), bundleOf([objectOf(3), objectOf(99)], 'b.json')].map(readOutgoingBundle)
    expect(planBatches(bundles, 10)).toMatchObject([{ objects: 25, toSend: 25, requests: 3 }, { objects: 2, toSend: 1, requests: 1 }])
  })
})

it('versions are compared by time, not by digits', () => {
  expect(['2024-03-01T00:00:00.000Z', '2024-03-01T00:00:00.120Z', '2024-03-01T00:00:00Z', 'soon', '.Z'].map(normaliseVersion))
    .toEqual(['2024-03-01T00:00:00Z', '2024-03-01T00:00:00.12Z', '2024-03-01T00:00:00Z', 'soon', '.Z'])
})

it('media types are read whatever their parameters', () => {
  expect(readMediaType('Application/Taxii+JSON ; charset=utf-8; Version="2.1"')).toEqual({ essence: 'application/taxii+json', version: '2.1' })
  expect(readMediaType('')).toEqual({ essence: '' })
})

it('every object is accounted for once, whatever a server says', () => {
  const { objects } = readOutgoingBundle(bundleOf(8))
  const detail = fc.record({
    id: fc.constantFrom(...objects.map(({ id }) => id), 'identity--other'),
    version: fc.constantFrom('2024-03-01T00:00:00Z', 'x'),
    message: fc.constantFrom('already there', 'no', ''),
  }, { requiredKeys: ['id'] })
  const count = fc.oneof(fc.integer({ min: -3, max: 12 }), fc.constantFrom(null, '3', 1.5, 1e300))
  const status = fc.record({
    id: fc.constant('s'), status: fc.constantFrom('complete', 'pending'), total_count: count, success_count: count, failure_count: count,
    pending_count: count, successes: fc.array(detail), failures: fc.array(detail), pendings: fc.array(detail),
  }, { requiredKeys: ['id', 'status'] })
  fc.assert(fc.property(status, (value) => {
    const read = readStatus(value)
    if (!read) throw new Error('no status')
    const { added, already, failures, unnamedFailures, pendings, unnamedPendings } = countOutcome(objects, read)
    const counts = [added, already, failures.length, unnamedFailures, pendings.length, unnamedPendings]
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(0)
    expect(counts.reduce((sum, one) => sum + one, 0)).toBe(objects.length)
    const named = [...failures, ...pendings].map(({ object }) => object)
    expect(new Set(named).size).toBe(named.length)
  }))
})
