import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { navigator } from '../../src/emitters/navigator/navigator.js'
import { navigatorLayer } from '../../src/parsers/navigator-layer/navigator-layer.js'
import { arbitrarySet } from '../support/arbitrary-set.js'
import { emitContext } from '../support/emit-context.js'
import { fakeAttackIndex } from '../support/fake-attack-index.js'
import { readDocument } from '../support/read-document.js'

const seed = 20_240_615
const attack = fakeAttackIndex()

describe('reading a layer never throws, and every entry is a row or told', () => {
  it('on any JSON in place of a layer or of any field', async () => {
    const fields = fc.constantFrom('name', 'versions', 'version', 'domain', 'description', 'metadata', 'legendItems', 'techniques', '__proto__', 'x')
    const entryFields = fc.constantFrom('techniqueID', 'tactic', 'score', 'comment', 'metadata', 'links', 'color', 'enabled', '__proto__')
    const words = fc.constantFrom('T1190', 'Related to AC-1, AC-2', 'Made by', 'attack-crosswalk 1', 'Framework', 'capability', 'Group', '…', 'X (y)')
    const value = fc.oneof(fc.jsonValue(), words, fc.constant([{ name: 'capability', value: 'AC-1' }, { name: 'Framework', value: 'X (x)' }]))
    const entries = fc.array(fc.oneof(fc.jsonValue(), fc.dictionary(entryFields, value)))
    await fc.assert(fc.asyncProperty(fc.dictionary(fields, value), entries, async (more, techniques) => {
      const { sets } = await readDocument(navigatorLayer, { versions: { layer: '4.5' }, techniques, ...more })
      for (const { mappings } of sets) for (const { origins } of mappings) expect(origins.length).toBeGreaterThan(0)
    }), { seed, numRuns: 500 })
  })

  it('on entries of a plain layer', async () => {
    const entry = fc.record({
      techniqueID: fc.constantFrom('T1190', 'T1553.002', null, ''),
      tactic: fc.constantFrom('impact', 'execution'),
      score: fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom('', null)),
      comment: fc.string(),
      enabled: fc.boolean(),
    }, { requiredKeys: [] })
    await fc.assert(fc.asyncProperty(fc.array(entry), async (techniques) => {
      const { sets, codes } = await readDocument(navigatorLayer, { name: 'x', versions: { layer: '4.5' }, techniques })
      const places = sets.flatMap(({ mappings }) => mappings.flatMap(({ origins }) => origins)).length
      const told = (codes['parse/disabled-technique'] ?? 0) + (codes['parse/unreadable-row'] ?? 0)
      const silent = techniques.filter(({ enabled, score, comment = '' }) => enabled !== false && typeof score !== 'number' && comment.trim() === '').length
      expect(places + told + silent).toBe(techniques.length)
    }), { seed, numRuns: 300 })
  })

  it('on layers of ours, of any set', async () => {
    const by = fc.constantFrom('framework' as const, 'group' as const, 'relation' as const)
    await fc.assert(fc.asyncProperty(arbitrarySet, by, fc.constantFrom(0, 1, 10), async (set, layerBy, limit) => {
      const options = { 'layer-by': layerBy, 'layer-files': 'list', 'layer-score': 'count', 'layer-metadata-limit': limit, 'palette': 'blue' } as const
      const [artifact] = await navigator.emit([set], emitContext(attack), options)
      const { sets } = await readDocument(navigatorLayer, artifact?.value, { attack })
      const rows = sets.reduce((sum, { mappings }) => sum + mappings.length, 0)
      expect(rows).toBeLessThanOrEqual(set.mappings.length)
    }), { seed, numRuns: 200 })
  })
})
