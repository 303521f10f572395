import { describe, expect, it } from 'vitest'
import { emitSvg } from '../../../../src/emitters/picture/emit-pictures.js'
import type { Picture, PictureCell } from '../../../../src/emitters/picture/picture.js'
import type { PictureOptions } from '../../../../src/emitters/picture/picture-options.js'
import type { Mapping } from '../../../../src/model/mapping.js'
import { createMappingSet, type ResolvedSet } from '../../../../src/model/mapping-set.js'
import { schemaErrors } from '../../../../src/schemas/schema-errors.js'
import { emitContext } from '../../../support/emit-context.js'
import { madeUpAttack, type MadeUpTechnique } from '../../../support/made-up-attack.js'
import { originAt } from '../../../support/sample-sets.js'
import { readSvg } from '../../../support/read-svg.js'

const techniques: readonly MadeUpTechnique[] = [
  { id: 'T1001', name: 'Counted' }, { id: 'T1001.001', name: 'Under it' }, { id: 'T1001.002', name: 'Under it, unmapped' },
  { id: 'T1002', name: 'Unmappable' }, { id: 'T1003', name: 'Unmapped', tactics: ['two'] },
]
const attack = madeUpAttack({ 'enterprise 1.0': techniques, 'mobile 1.0': [{ id: 'T1401', name: 'Of a phone' }] })

function mapped(id: string, capability: string, value?: string): Mapping {
  return {
    kind: 'mapped', origins: [originAt(1)], technique: { id }, capability: { id: capability },
    ...(value !== undefined && { score: { category: 'protect', value } }),
  }
}

function setOf(mappings: readonly Mapping[], domain: 'enterprise' | 'mobile' = 'enterprise', name = 'Tools & <more>'): ResolvedSet {
  const set = createMappingSet({ framework: { id: 'tools', name, version: '1' }, mappings, sources: [] })
  return { ...set, attack: { domain, version: '1.0' } }
}

const sample = setOf([
  mapped('T1001', 'a', 'partial'), mapped('T1001', 'b', 'minimal'), mapped('T1001.001', 'a'),
  { kind: 'unmapped-technique', origins: [originAt(2)], technique: { id: 'T1002' }, status: 'non_mappable' },
])

const defaults: PictureOptions = {
  'picture-size': 'screen', 'picture-techniques': 'all', 'picture-sub-techniques': 'annotated', 'matrix-score': 'count', 'palette': 'blue',
}

async function draw(asked: Partial<PictureOptions> = {}, sets = [sample]) {
  const context = emitContext(attack)
  const artifacts = emitSvg(sets, context, { ...defaults, ...asked })
  const picture = artifacts[0]?.value
  if (!picture) throw new Error('No picture')
  const cells = picture.cells.filter(({ kind }) => kind.endsWith('technique'))
  return { artifacts, picture, cells, said: context.log.entries, text: new TextDecoder().decode(await artifacts[0]?.render()) }
}

function wordsOf(cells: readonly PictureCell[]): readonly string[] {
  return cells.map(({ texts }) => texts.map(({ text }) => text).join(' '))
}

describe('cells', () => {
  it('have the name, the number of capabilities, and the sub-techniques that the mappings speak of', async () => {
    const { cells } = await draw()
    expect(wordsOf(cells)).toEqual(['T1001 Counted 2', '.001 Under it 1', 'T1002 Unmappable ×', 'T1003 Unmapped'])
    expect(cells.map(({ kind, id }) => [kind, id])).toContainEqual(['sub-technique', 'T1001.001'])
  })

  it('say all in words for tooltips', async () => {
    const { cells } = await draw()
    expect(cells.map(({ title }) => title)).toEqual([
      'T1001 Counted: 2 capabilities; protect: partial', 'T1001.001 Under it: 1 capability',
      'T1002 Unmappable: declared unmappable', 'T1003 Unmapped: not mapped',
    ])
  })

  it('have the best score where asked, and say where there is none', async () => {
    const { cells, picture } = await draw({ 'matrix-score': 'best' })
    expect(wordsOf(cells).slice(0, 2)).toEqual(['T1001 Counted 2', '.001 Under it •'])
    expect(picture.cells.filter(({ kind }) => kind === 'legend').map(({ title }) => title)).toEqual([
      'Minimal (1)', 'Partial (2)', 'Significant (3)', 'Mapped, no score', 'Declared unmappable', 'Not mapped',
    ])
  })

  it('count capabilities where no mapping has a score, and say so', async () => {
    const { cells, said } = await draw({ 'matrix-score': 'best' }, [setOf([mapped('T1001', 'a')])])
    expect(wordsOf(cells)[0]).toBe('T1001 Counted 1')
    expect(said.map(({ code }) => code)).toContain('emit/left-out')
  })

  it('are those asked for', async () => {
    expect(wordsOf((await draw({ 'picture-techniques': 'mapped' })).cells)).toEqual(['T1001 Counted 2', '.001 Under it 1'])
    expect((await draw({ 'picture-sub-techniques': 'all' })).cells).toHaveLength(5)
    const { cells, picture } = await draw({ 'picture-sub-techniques': 'none' })
    expect(wordsOf(cells)[0]).toBe('T1001 Counted 2 +1')
    expect(picture.description).toContain('+n: so many of its sub-techniques are mapped')
  })
})

describe('the page', () => {
  it('says what it shows', async () => {
    const { picture } = await draw()
    expect(picture.texts.map(({ text }) => text)).toEqual([
      'Tools & <more> 1',
      'Mapped to Enterprise ATT&CK 1.0 · 1 technique of 3 and 1 sub-technique of 2 · 3 mappings of 2 capabilities',
      'attack-crosswalk 0.0.0',
    ])
    expect(picture.cells.filter(({ kind }) => kind === 'tactic').map(({ title }) => title)).toEqual([
      'ONE: 1 of 2 techniques mapped', 'TWO: 0 of 1 techniques mapped', 'THREE: 0 of 0 techniques mapped',
    ])
  })

  it.each([['a4', '297mm', '210mm'], ['a3', '420mm', '297mm'], ['screen', '1920', '1080']] as const)('is of the size %s', async (size, width, height) => {
    const { text } = await draw({ 'picture-size': size })
    expect(text).toContain(`width="${width}" height="${height}" viewBox="0 0 `)
  })

  it('is text that can be selected, with a title, and nothing of documents as markup', async () => {
    const { text } = await draw()
    const read = readSvg(text)
    expect(read.title).toBe('Tools & <more> 1: Mapped to Enterprise ATT&CK 1.0')
    expect(read.texts).toEqual(expect.arrayContaining(['T1001 Counted', '2', 'Tools & <more> 1']))
    expect(text).toContain('role="img"')
  })
})

describe('several sets', () => {
  it('of one domain are counted together, of several get a picture each', async () => {
    const other = setOf([mapped('T1001', 'a')], 'enterprise', 'Other')
    const { cells, picture, artifacts } = await draw({}, [sample, other, setOf([mapped('T1401', 'a')], 'mobile')])
    expect(artifacts.map(({ name }) => name.slice(name.lastIndexOf('-')))).toEqual(['-enterprise.svg', '-mobile.svg'])
    expect(wordsOf(cells)[0]).toBe('T1001 Counted 3')
    expect(picture.texts[0]?.text).toBe('Tools & <more> 1, Other 1')
  })
})

describe('the schema', () => {
  it.each<readonly [string, (picture: Picture) => unknown]>([
    ['a cell without its title', (picture) => ({ ...picture, cells: picture.cells.map((cell) => ({ ...cell, title: undefined })) })],
    ['a technique without its id', (picture) => ({ ...picture, cells: picture.cells.map((cell) => ({ ...cell, id: undefined })) })],
    ['a colour by name', (picture) => ({ ...picture, cells: picture.cells.map((cell) => ({ ...cell, fill: 'red' })) })],
    ['text with a control character', (picture) => ({ ...picture, title: 'a\u0000' })],
    ['text with half a surrogate pair', (picture) => ({ ...picture, title: 'a\ud800' })],
    ['text that turns round', (picture) => ({ ...picture, title: 'a\u202eb' })],
    ['a place left of the page', (picture) => ({ ...picture, cells: picture.cells.map((cell) => ({ ...cell, x: -1 })) })],
    ['a width of its own', (picture) => ({ ...picture, printedWidth: '100%" onload="alert(1)' })],
    ['what it does not know', (picture) => ({ ...picture, script: '' })],
  ])('refuses %s', async (_name, spoil) => {
    const { picture } = await draw()
    expect(await schemaErrors('matrix-picture', picture)).toEqual([])
    expect(await schemaErrors('matrix-picture', spoil(picture))).not.toEqual([])
  })
})
