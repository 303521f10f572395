import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadAttackIndex } from '../../src/attack/load-attack.js'
import { findLayerContradictions } from '../../src/emitters/navigator/validate-layer.js'
import type { Layer } from '../../src/emitters/navigator/layer.js'
import { navigator, navigatorOptions, type NavigatorOptions } from '../../src/emitters/navigator/navigator.js'
import type { ResolvedSet } from '../../src/model/mapping-set.js'
import { schemaErrors } from '../../src/schemas/schema-errors.js'
import { emitContext } from '../support/emit-context.js'
import { readSharedSets } from '../support/read-shared-sets.js'
import { sampleSet } from '../support/sample-sets.js'
import { shared, sharedFolder } from '../support/shared.js'

const files = sharedFolder === undefined ? [] : readdirSync(shared('mappings')).filter((name) => name.endsWith('.json'))

/** Every way to split with every way to score, as lists; as files of their own, which are built as in a list, with one score. */
const combinations = navigatorOptions['layer-by'].values.flatMap((by) => [
  ...navigatorOptions['layer-score'].values.map((score) => combine(by, score, 'list')),
  ...(by === 'framework' ? [] : [combine(by, 'best', 'separate')]),
])

type Choice<Name extends keyof NavigatorOptions> = NavigatorOptions[Name]

function combine(by: Choice<'layer-by'>, score: Choice<'layer-score'>, kind: Choice<'layer-files'>): NavigatorOptions {
  return { 'layer-by': by, 'layer-score': score, 'layer-files': kind, 'layer-metadata-limit': 10, 'palette': 'blue' }
}

/** So many layers of a set go through the schema, which takes its time: the first ones and the last. findFlaws judges all. */
const judgedWhole = 25

describe.skipIf(sharedFolder === undefined)('layers of the real mapping files, split and scored in every way', async () => {
  const attack = await loadAttackIndex()

  it.each(files)('%s: what the real Navigator wants of a layer', async (file) => {
    for (const set of await readSharedSets(file, attack)) {
      const release = attack.release(set.attack.domain, set.attack.version)
      const active = new Set(release.techniques().filter(({ status }) => status === 'active').map(({ id }) => id))
      for (const options of combinations) {
        const layers = await emitLayers(set, options)
        const sample = layers.length > judgedWhole ? [...layers.slice(0, judgedWhole - 1), ...layers.slice(-1)] : layers
        expect([options, await schemaErrors('navigator-layer', sample)]).toEqual([options, []])
        const flaws = layers.flatMap((layer) => findFlaws(layer, set, active).map((flaw) => `${layer.name}: ${flaw}`))
        expect([options, flaws]).toEqual([options, []])
        expect(new Set(layers.map(({ name }) => name)).size).toBe(layers.length)
      }
    }
  }, 120_000)

  async function emitLayers(set: ResolvedSet, options: NavigatorOptions): Promise<readonly Layer[]> {
    const artifacts = await navigator.emit([set], emitContext(attack), options)
    const layers: Layer[] = []
    for (const artifact of artifacts) {
      if (artifact.schema !== 'navigator-layer') continue
      const read: Layer | readonly Layer[] = JSON.parse(new TextDecoder().decode(await artifact.render()))
      if (isList(read)) layers.push(...read)
      else layers.push(read)
    }
    return layers
  }
})

it('finds what Navigator would stumble over', async () => {
  const set = sampleSet()
  const attack = await loadAttackIndex()
  const [artifact] = await navigator.emit([set], emitContext(attack), combine('framework', 'count', 'list'))
  const layer: Layer = JSON.parse(new TextDecoder().decode(await artifact?.render()))
  const active = new Set(attack.release('enterprise', '16.1').techniques().map(({ id }) => id))
  expect(findFlaws(layer, set, active)).toEqual([])
  const metadata = [{ name: '', value: 'x' }]
  const sub = { techniqueID: 'T1553.002', score: 9, tactic: 'defense-evasion', metadata, comment: null }
  const hurt: Layer = JSON.parse(JSON.stringify({
    ...layer, domain: 'ics-attack', versions: { ...layer.versions, layer: '4.4' }, filters: {}, legendItems: [],
    gradient: { ...layer.gradient, minValue: 2, maxValue: 2 }, techniques: [sub, sub, { techniqueID: 'T0000', score: 2 }],
  }))
  expect(findFlaws(hurt, set, active).map((flaw) => flaw.replace(/^(?:\/\w+)+ /, '').slice(0, 24))).toEqual([
    'minValue 2 is not less t', 'The technique is already', 'versions {"attack":"16",', 'domain ics-attack', 'a null',
    'filters, which go stale', 'a gradient of one colour', 'a score 9 beyond the gra', 'a score 9 beyond the gra',
    'no legend', 'T0000 is not active',
    'T1553.002: blank metadat', 'T1553.002: blank metadat', 'T1553.002 is hidden in a', 'T1553.002 is hidden in a',
    'T1553.002 in one tactic ', 'T1553.002 in one tactic ',
  ])
})

function isList(value: Layer | readonly Layer[]): value is readonly Layer[] {
  return Array.isArray(value)
}

/** What Navigator 5.1.0 would reject, hang on, hide or colour wrongly. */
function findFlaws(layer: Layer, set: ResolvedSet, active: ReadonlySet<string>): readonly string[] {
  const { versions, gradient, techniques, legendItems } = layer
  const scores = techniques.flatMap(({ score }) => score ?? [])
  const opened = new Set(techniques.filter(({ showSubtechniques }) => showSubtechniques).map(({ techniqueID }) => techniqueID))
  const major = set.attack.version?.split('.')[0]
  return [
    ...findLayerContradictions(layer).map(({ pointer, message }) => `${pointer} ${message}`),
    ...(versions.layer === '4.5' && versions.attack === major ? [] : [`versions ${JSON.stringify(versions)}`]),
    ...(layer.domain === `${set.attack.domain}-attack` ? [] : [`domain ${layer.domain}`]),
    ...(hasNull(layer) ? ['a null'] : []),
    ...(Object.hasOwn(layer, 'filters') ? ['filters, which go stale'] : []),
    ...(techniques.length > 0 ? [] : ['no technique']),
    ...(gradient.colors.length >= 2 && gradient.minValue < gradient.maxValue ? [] : ['a gradient of one colour']),
    ...scores.filter((score) => !(score >= gradient.minValue && score <= gradient.maxValue))
      .map((score) => `a score ${score} beyond the gradient`),
    ...(legendItems.length > 0 ? [] : ['no legend']),
    ...techniques.filter(({ techniqueID }) => !active.has(techniqueID)).map(({ techniqueID }) => `${techniqueID} is not active`),
    ...techniques.flatMap(({ techniqueID, metadata = [] }) =>
      metadata.filter((item) => 'name' in item && (item.name === '' || item.value === ''))
        .map(() => `${techniqueID}: blank metadata`)),
    ...techniques.filter(({ metadata = [] }) => metadata.filter((item) => 'name' in item).length > 11)
      .map(({ techniqueID }) => `${techniqueID}: more metadata than a screen shows`),
    ...techniques.filter(({ techniqueID }) => techniqueID.includes('.') && !opened.has(techniqueID.split('.')[0] ?? ''))
      .map(({ techniqueID }) => `${techniqueID} is hidden in a folded technique`),
    ...techniques.filter((entry) => Object.hasOwn(entry, 'tactic')).map(({ techniqueID }) => `${techniqueID} in one tactic only`),
  ]
}

function hasNull(value: unknown): boolean {
  return value === null || (typeof value === 'object' && Object.values(value).some(hasNull))
}
