import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadAttackIndex } from '../../../../src/attack/load-attack.js'
import { findLayerContradictions } from '../../../../src/emitters/navigator/validate-layer.js'
import type { Layer } from '../../../../src/emitters/navigator/layer.js'
import { schemaErrors } from '../../../../src/schemas/schema-errors.js'
import { readSharedSets } from '../../../support/read-shared-sets.js'
import { shared, sharedFolder } from '../../../support/shared.js'
import { emit } from './emit.js'

const files = sharedFolder === undefined ? [] : readdirSync(shared('mappings')).filter((name) => name.endsWith('.json'))

/** In pixels: what a screen of 1080 lines leaves for a tooltip. */
const tallestTooltip = 950

describe.skipIf(sharedFolder === undefined)('layers of the real mapping files', () => {
  it('are of all 24', () => {
    expect(files).toHaveLength(24)
  })

  it.each(files)('%s', async (name) => {
    const attack = await loadAttackIndex()
    const sets = await readSharedSets(name, attack)
    expect(sets).toHaveLength(1)
    for (const set of sets) {
      const release = attack.release(set.attack.domain, set.attack.version)
      expect(release.match).toBe('exact')
      const { artifact, layer, said } = await emit(set, {}, attack)
      expect(await schemaErrors('navigator-layer', artifact.value)).toEqual([])
      expect(findLayerContradictions(artifact.value)).toEqual([])
      expect(layer.versions.attack).toBe(set.attack.version?.split('.')[0])

      const active = new Set(release.techniques().filter(({ status }) => status === 'active').map(({ id }) => id))
      expect(layer.techniques.filter(({ techniqueID }) => !active.has(techniqueID))).toEqual([])
      expect(countsOf(layer)).toEqual(expectedCounts())
      const scores = layer.techniques.flatMap(({ score }) => score ?? [])
      expect(layer.gradient.maxValue).toBe(Math.max(...scores))
      expect(layer.gradient.minValue).toBe(Math.min(...scores))
      expect(Math.max(...layer.techniques.map(measureTooltip))).toBeLessThan(tallestTooltip)

      const rows = set.mappings.filter((row) => row.kind === 'mapped' && active.has(row.technique.id)).length
      expect(artifact.counts.rows).toBe(rows)
      expect(reported(said, ' left out')).toBe(set.mappings.length - rows)

      function expectedCounts(): ReadonlyMap<string, number> {
        const counts = new Map<string, Set<string>>()
        for (const row of set.mappings) {
          if (row.kind !== 'mapped' || !active.has(row.technique.id)) continue
          counts.set(row.technique.id, (counts.get(row.technique.id) ?? new Set()).add(row.capability.id))
        }
        return new Map(Array.from(counts, ([id, capabilities]) => [id, capabilities.size]))
      }
    }
  })
})

function countsOf(layer: Layer): ReadonlyMap<string, number> {
  return new Map(layer.techniques.flatMap(({ techniqueID, score }) => (score === undefined ? [] : [[techniqueID, score] as const])))
}

function reported(said: readonly { readonly message: string; readonly count?: number }[], words: string): number {
  return said.filter(({ message }) => message.includes(words)).reduce((sum, { count = 1 }) => sum + count, 0)
}

/** Navigator's tooltip is 300 pixels wide, its letters 8 points; a cell has 6 pixels around it, and names are never broken. */
function measureTooltip({ comment = '', metadata = [] }: Layer['techniques'][number]): number {
  const [lettersPerLine, line, around] = [52, 13, 6]
  const entries = metadata.map((item) => ('name' in item ? item : { name: '', value: '' }))
  const longestName = Math.max('Comment:'.length, ...entries.map(({ name }) => name.length))
  const room = Math.max(lettersPerLine - longestName, 10)
  const lines = (text: string): number => text.split('\n').reduce((sum, part) => sum + Math.max(1, Math.ceil(part.length / room)), 0)
  return [comment, ...entries.map(({ value }) => value)].reduce((sum, text) => sum + around + line * lines(text), 2 * (line + around))
}
