import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findLayerContradictions } from '../../../../src/emitters/navigator/validate-layer.js'
import { schemaErrors } from '../../../../src/schemas/schema-errors.js'
import { shared, sharedFolder } from '../../../support/shared.js'

/** A layer with every field that format 4.5 knows, as Navigator itself exports it. */
function fullLayer(): Record<string, unknown> {
  return {
    name: 'Everything',
    versions: { attack: '16', navigator: '5.1.0', layer: '4.5' },
    domain: 'enterprise-attack',
    description: '',
    customDataURL: 'https://example.org/bundle.json',
    filters: { platforms: ['Windows'] },
    sorting: 0,
    layout: {
      layout: 'flat', showID: true, showName: false, showAggregateScores: true, countUnscored: true,
      aggregateFunction: 'max', expandedSubtechniques: 'none',
    },
    hideDisabled: false,
    techniques: [
      { techniqueID: 'T1190', tactic: 'initial-access', color: '', comment: '', enabled: true, metadata: [], links: [], showSubtechniques: false },
      { techniqueID: 'T1553.002', score: 0, color: '#fd8d3cff', metadata: [{ name: 'a', value: 'b' }, { divider: true }], enabled: false },
    ],
    gradient: { colors: ['#ff6666ff', '#8ec843'], minValue: -1.5, maxValue: 100 },
    legendItems: [{ label: 'Red', color: '#f00' }],
    showTacticRowBackground: true,
    tacticRowBackground: '#dddddd',
    selectTechniquesAcrossTactics: true,
    selectSubtechniquesWithParent: true,
    selectVisibleTechniques: false,
    metadata: [{ name: 'a', value: 'b' }, { divider: true }],
    links: [{ label: 'a', url: 'https://example.org' }, { divider: true }],
  }
}

const technique = (fields: object): object => ({ techniques: [{ techniqueID: 'T1190', ...fields }] })
const gradient = (fields: object): object => ({ gradient: { colors: ['#ffffff', '#000000'], minValue: 0, maxValue: 1, ...fields } })
const versions = (fields: object): object => ({ versions: { attack: '16', navigator: '5.1.0', layer: '4.5', ...fields } })

/** What the real Navigator warns of, hangs on or drops in silence; each replaces fields of the full layer. */
const broken: Readonly<Record<string, object>> = {
  'no name': { name: undefined },
  'an empty name': { name: '' },
  'no versions': { versions: undefined },
  'layer version of an older format': versions({ layer: '4.4' }),
  'layer version of a newer format': versions({ layer: '4.6' }),
  'layer version as a number': versions({ layer: 4.5 }),
  'ATT&CK version as a number': versions({ attack: 16 }),
  'an empty ATT&CK version': versions({ attack: '' }),
  'ATT&CK version with a v': versions({ attack: 'v16' }),
  'ATT&CK version null': versions({ attack: null }),
  'the field of format 3': { version: '3.0' },
  'the domain of format 3': { domain: 'mitre-enterprise' },
  'an unknown domain': { domain: 'enterprise' },
  'no domain': { domain: undefined },
  'null gradient': { gradient: null },
  'null filters': { filters: null },
  'null techniques': { techniques: null },
  'no techniques': { techniques: undefined },
  'null metadata': { metadata: null },
  'null links': { links: null },
  'null legendItems': { legendItems: null },
  'null description': { description: null },
  'a gradient of one colour': gradient({ colors: ['#ffffff'] }),
  'a gradient without colours': gradient({ colors: [] }),
  'a gradient without minimum': gradient({ minValue: undefined }),
  'a gradient without maximum': gradient({ maxValue: undefined }),
  'a gradient with a null bound': gradient({ minValue: null }),
  'a gradient with a bound as text': gradient({ maxValue: '1' }),
  'a gradient that is flat': gradient({ minValue: 1 }),
  'a gradient that falls': gradient({ minValue: 2 }),
  'a gradient colour that is none': gradient({ colors: ['#ffffff', 'bluish'] }),
  'a technique id that is null': technique({ techniqueID: null }),
  'no technique id': technique({ techniqueID: undefined }),
  'a technique id that is none': technique({ techniqueID: 'TA0001' }),
  'a technique id in lower case': technique({ techniqueID: 't1190' }),
  'a technique id with more behind it': technique({ techniqueID: 'T1190 ' }),
  'a tactic by name': technique({ tactic: 'Defense Evasion' }),
  'a tactic by id': technique({ tactic: 'TA0005' }),
  'a null tactic': technique({ tactic: null }),
  'a score as text': technique({ score: '3' }),
  'a null score': technique({ score: null }),
  'a null comment': technique({ comment: null }),
  'a colour that is none': technique({ color: 'red-ish' }),
  'null technique metadata': technique({ metadata: null }),
  'a metadata value that is empty': technique({ metadata: [{ name: 'a', value: '' }] }),
  'a metadata value that is a number': technique({ metadata: [{ name: 'a', value: 3 }] }),
  'a metadata value that is blank': { metadata: [{ name: 'a', value: ' ' }] },
  'metadata without a name': { metadata: [{ value: 'a' }] },
  'metadata that is a divider as well': { metadata: [{ name: 'a', value: 'b', divider: true }] },
  'metadata that is nothing': { metadata: [{}] },
  'a link without protocol': technique({ links: [{ label: 'a', url: 'example.org' }] }),
  'a link with a script': technique({ links: [{ label: 'a', url: 'javascript:alert(1)' }] }),
  'a link without label': technique({ links: [{ url: 'https://example.org' }] }),
  'a link with a space': { links: [{ label: 'a', url: 'https://example.org/ b' }] },
  'a legend without colour': { legendItems: [{ label: 'a' }] },
  'a legend colour that is none': { legendItems: [{ label: 'a', color: '#12' }] },
  'an unknown sorting': { sorting: 4 },
  'a misspelled field': { legendItem: [] },
  'a misspelled field of a technique': technique({ techniqueId: 'T1190' }),
  'an unknown layout': { layout: { expandedSubtechniques: 'some' } },
  'the same technique twice': { techniques: [{ techniqueID: 'T1190' }, { techniqueID: 'T1190', score: 1 }] },
  'the same technique and tactic twice': {
    techniques: [{ techniqueID: 'T1190', tactic: 'execution' }, { techniqueID: 'T1190', tactic: 'execution' }],
  },
}

/** What is wrong by the schema, or beyond it. */
async function validateLayer(value: unknown): Promise<number> {
  return (await schemaErrors('navigator-layer', value)).length + findLayerContradictions(value).length
}

describe('the layer schema', () => {
  it('accepts all of format 4.5, alone and in a list', async () => {
    expect(await schemaErrors('navigator-layer', fullLayer())).toEqual([])
    expect(await validateLayer([fullLayer(), fullLayer()])).toBe(0)
    expect(await validateLayer([])).toBe(0)
  })

  it('accepts a technique that stands once for each of two tactics', async () => {
    const techniques = [{ techniqueID: 'T1190', tactic: 'execution' }, { techniqueID: 'T1190', tactic: 'initial-access' }]
    expect(await validateLayer({ ...fullLayer(), techniques })).toBe(0)
  })

  it.each(Object.keys(broken))('rejects %s, alone and in a list', async (name) => {
    const value: unknown = JSON.parse(JSON.stringify({ ...fullLayer(), ...broken[name] }))
    expect(await validateLayer(value)).toBeGreaterThan(0)
    expect(await validateLayer([fullLayer(), value])).toBeGreaterThan(0)
  })

  it.each([null, 'layer', 4.5, true, [null], [[]], {}])('rejects %j', async (value) => {
    expect(await validateLayer(value)).toBeGreaterThan(0)
  })
})

describe.skipIf(sharedFolder === undefined)("others' layers", () => {
  it.each(['Bear_APT', 'heatmap_layer'])("rejects Navigator's own sample %s: it is of format 3.0", async (name) => {
    const layer: unknown = JSON.parse(readFileSync(shared(`navigator/${name}.json`), 'utf8'))
    expect(layer).toMatchObject({ version: '3.0', domain: 'mitre-enterprise' })
    expect(await schemaErrors('navigator-layer', layer)).not.toEqual([])
    const { version: _, ...upgraded } = Object(layer)
    const current = { attack: '8', navigator: '5.1.0', layer: '4.5' }
    expect(await validateLayer({ ...upgraded, versions: current, domain: 'enterprise-attack' })).toBe(0)
  })
})
