import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadAttackIndex } from '../../src/attack/load-attack.js'
import { navigator } from '../../src/emitters/navigator/navigator.js'
import { navigatorLayer } from '../../src/parsers/navigator-layer/navigator-layer.js'
import { emitContext } from '../support/emit-context.js'
import { readDocument } from '../support/read-document.js'
import { readSharedSets } from '../support/read-shared-sets.js'
import { shared, sharedFolder } from '../support/shared.js'
import { summariseRead, summariseRows } from '../support/summarise-rows.js'

interface RawTechnique {
  readonly techniqueID: string
  readonly score?: number
  readonly comment?: string
  readonly metadata?: readonly { readonly name?: string; readonly value?: string | null }[]
}

const mappingFiles = sharedFolder === undefined ? [] : readdirSync(shared('mappings')).filter((name) => name.endsWith('.json'))
const options = { 'layer-by': 'framework', 'layer-files': 'list', 'layer-score': 'count', 'layer-metadata-limit': 10, 'palette': 'blue' } as const

function readTechniques(path: string): readonly RawTechnique[] {
  const layer: { readonly techniques: readonly RawTechnique[] } = JSON.parse(readFileSync(shared(path), 'utf8'))
  return layer.techniques
}

async function readLayer(path: string) {
  return readDocument(navigatorLayer, readFileSync(shared(path)), { name: path })
}

describe.skipIf(sharedFolder === undefined)('CTID\'s layers', () => {
  it.each([['E3', 266, 8], ['E5', 518, 18]])('of M365 %s: %i blocks of metadata are as many rows', async (licence, blocks, blanks) => {
    const path = `legacy/m365-12.11.2023_attack-14.1-enterprise_${licence}_navigator_layers.json`
    const raw = readTechniques(path).flatMap(({ techniqueID, metadata = [] }) => metadata.filter(({ name }) => name === 'capability')
      .map(({ value }) => `${techniqueID} ${value ?? ''}`))
    const { sets: [set], codes } = await readLayer(path)
    expect(raw).toHaveLength(blocks)
    expect(set?.mappings.map((row) => (row.kind === 'mapped' ? `${row.technique.id} ${row.capability.id}` : ''))).toEqual(raw)
    expect(set).toMatchObject({ framework: { id: 'm365', name: 'M365' }, attack: { domain: 'enterprise' } })
    const values = readTechniques(path).flatMap(({ metadata = [] }) => metadata)
      .filter(({ name, value }) => (name === 'category' || name === 'value') && typeof value === 'string')
    expect(set?.mappings.flatMap(({ score }) => [score?.category, score?.value].filter((part) => part !== undefined))).toHaveLength(values.length)
    expect(values.length).toBeGreaterThan(2 * blocks - blanks)
    expect(codes).toEqual({ 'parse/guessed-framework': 1 })
  })

  it('of NIST 800-53: each id in a comment is a row', async () => {
    const { sets: [set], codes } = await readLayer('legacy/nist/nist800-53-r4-overview.json')
    const scores = readTechniques('legacy/nist/nist800-53-r4-overview.json').map(({ score = 0 }) => score)
    expect(set?.mappings).toHaveLength(scores.reduce((sum, score) => sum + score, 0))
    expect(set?.mappings).toHaveLength(4863)
    expect(set).toMatchObject({ framework: { id: 'nist_800_53', version: 'rev4' }, attack: { domain: 'enterprise', version: '12' } })
    expect(codes).toEqual({})
  })
})

describe.skipIf(sharedFolder === undefined)('Navigator\'s own samples', () => {
  it.each([['Bear_APT', 126], ['heatmap_layer', 428]])('%s: each technique is a row', async (name, techniques) => {
    const raw = readTechniques(`navigator/${name}.json`)
    const { sets: [set], codes } = await readLayer(`navigator/${name}.json`)
    expect(raw).toHaveLength(techniques)
    expect(set?.mappings.map((row) => row.kind === 'mapped' && [row.technique.id, row.score?.value])).toEqual(
      raw.map(({ techniqueID, score }) => [techniqueID, score === undefined ? undefined : String(score)]))
    expect(set?.capabilities.size).toBe(1)
    expect(codes).toEqual({ 'parse/unknown-framework': techniques })
  })
})

describe.skipIf(sharedFolder === undefined)('the published mapping files as layers of ours', async () => {
  const attack = await loadAttackIndex()

  it.each(mappingFiles)('%s loses what docs/navigator.md says, and no more', async (file) => {
    for (const set of await readSharedSets(file, attack)) {
      const [whole] = await navigator.emit([set], emitContext(attack), { ...options, 'layer-metadata-limit': 1_000_000 })
      const { sets: [read], codes } = await readDocument(navigatorLayer, whole?.value, { attack })
      expect(read && summariseRead(read)).toEqual(summariseRows(set, attack))
      expect([read?.framework, read?.attack, read?.about]).toEqual([set.framework, set.attack, set.about])
      expect(read?.mappings).toHaveLength(summariseRows(set, attack).length)
      expect(Object.keys(codes).filter((code) => code !== 'parse/not-attributed')).toEqual(['parse/summary-only'])
      // What is given back to a row is what the layer holds of it: cut comments end in an ellipsis.
      const said = new Set(set.mappings.map((row) => row.comments))
      expect(read?.mappings.filter(({ comments }) => comments !== undefined && !comments.endsWith('…') && !said.has(comments))).toEqual([])
      const cited = new Set(set.mappings.flatMap((row) => row.references ?? []))
      expect(read?.mappings.flatMap(({ references = [] }) => references).filter((reference) => !cited.has(reference))).toEqual([])
    }
  }, 60_000)

  it.each(mappingFiles)('%s with the default limit: rows in are rows out and rows said to be cut', async (file) => {
    for (const set of await readSharedSets(file, attack)) {
      const [layer] = await navigator.emit([set], emitContext(attack), options)
      const { sets: [read], diagnostics } = await readDocument(navigatorLayer, layer?.value, { attack })
      const all = new Set(summariseRows(set, attack))
      expect(read && summariseRead(read).filter((row) => !all.has(row))).toEqual([])
      const summary = diagnostics.find(({ code }) => code === 'parse/summary-only')
      expect((read?.mappings.length ?? 0) + (summary?.count ?? 0)).toBe(set.mappings.length)
    }
  }, 60_000)
})
