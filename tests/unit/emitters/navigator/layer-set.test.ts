import { describe, expect, it } from 'vitest'
import { nameLayerFiles } from '../../../../src/emitters/navigator/emit-layers.js'
import { navigator } from '../../../../src/emitters/navigator/navigator.js'
import { loadAttackIndex } from '../../../../src/attack/load-attack.js'
import type { ResolvedSet } from '../../../../src/model/mapping-set.js'
import { schemaErrors } from '../../../../src/schemas/schema-errors.js'
import { emitContext } from '../../../support/emit-context.js'
import { hostileSet, hostileTexts, unfitTexts } from '../../../support/hostile-set.js'
import { readSharedSets } from '../../../support/read-shared-sets.js'
import { sharedFolder } from '../../../support/shared.js'
import { sampleSet } from '../../../support/sample-sets.js'
import { defaults } from './emit.js'

const base = 'aws-12.12.2024_attack-16.1-enterprise'

async function emitSet(set: ResolvedSet, by: 'group' | 'capability' | 'score-category' | 'framework', attack = emitContext().attack) {
  const context = emitContext(attack)
  const artifacts = await navigator.emit([set], context, { ...defaults, 'layer-by': by, 'layer-files': 'separate' })
  for (const { schema, value } of artifacts) expect(await schemaErrors(schema, value)).toEqual([])
  const texts = new Map<string, string>()
  for (const artifact of artifacts) texts.set(artifact.name, new TextDecoder().decode(await artifact.render()))
  return { artifacts, texts, said: context.log.entries }
}

describe('a set of layers', () => {
  it('is a layer of everything, one for each part, and a page that lists them', async () => {
    const { artifacts, texts } = await emitSet(sampleSet(), 'capability')
    expect(artifacts.map(({ name }) => name)).toEqual([
      `${base}.layer.json`, `${base}.amazon_guardduty.layer.json`, `${base}.aws_cloudhsm.layer.json`, `${base}.layers.md`,
    ])
    expect(texts.get(`${base}.layers.md`)).toContain(`| [AWS CloudHSM](${base}.aws_cloudhsm.layer.json) | 1 |`)
    const links = [...(texts.get(`${base}.layers.md`) ?? '').matchAll(/\]\(([^)]+)\)/g)].map(([, file]) => decodeURIComponent(file ?? ''))
    expect(links).toEqual(artifacts.slice(0, -1).map(({ name }) => name))
  })

  it('says on its page what a score means, and which words are the colours', async () => {
    const context = emitContext()
    const read = async (score: 'count' | 'best', set = sampleSet()): Promise<string> => {
      const artifacts = await navigator.emit([set], context, { ...defaults, 'layer-by': 'capability', 'layer-files': 'separate', 'layer-score': score })
      return new TextDecoder().decode(await artifacts.at(-1)?.render())
    }
    expect(await read('best')).toContain('significant 3. The parts share their colours, from Minimal (1) to Significant (3).\n')
    expect(await read('count')).toMatch(/The parts share their colours(?:, from .+ to .+)?\.\n/)
  })

  it('has the colours and rows of the list that the same option writes without it', async () => {
    const context = emitContext()
    const [list] = await navigator.emit([sampleSet()], context, { ...defaults, 'layer-by': 'capability' })
    const { artifacts } = await emitSet(sampleSet(), 'capability')
    expect(artifacts.slice(1, -1).map(({ value }) => value)).toEqual(list?.value)
  })

  it('is the one layer alone where nothing is split', async () => {
    const { artifacts } = await emitSet(sampleSet(), 'framework')
    expect(artifacts.map(({ name }) => name)).toEqual([`${base}.layer.json`])
  })

  it('keeps hostile names out of file names and links', async () => {
    const { artifacts, texts } = await emitSet(hostileSet([...hostileTexts, ...unfitTexts, '../../etc/passwd', 'CON', '..']), 'capability')
    for (const { name } of artifacts) expect(name).toMatch(/^[\w.-]{1,160}$/)
    expect(new Set(artifacts.map(({ name }) => name.toLowerCase())).size).toBe(artifacts.length)
    const page = texts.get(`${base}.layers.md`) ?? ''
    expect(page).not.toMatch(/<script|\u202E|[^\P{Cc}\n]/u)
    expect(page.split('\n').filter((line) => line.startsWith('| ')).length).toBe(artifacts.length + 1)
  })
})

describe('the names of layer files', () => {
  it.each([
    [['AC-2', 'AC-10'], ['AC-2', 'AC-10']],
    [['action.hacking', 'Action.Hacking'], ['action.hacking', 'Action.Hacking-2']],
    [['a/b', 'a\\b', 'a b'], ['a_b', 'a_b-2', 'a_b-3']],
    [['../x', '.hidden', '', '日本'], ['x', 'hidden', '_', '_-2']],
    [[undefined, 'none'], ['none', 'none-2']],
    [['x-2', 'x', 'X'], ['x-2', 'x', 'X-3']],
    [['y'.repeat(60), 'y'.repeat(61)], ['y'.repeat(40), `${'y'.repeat(40)}-2`]],
    [['v1.'], ['v1']],
  ])('%j are %j', (keys, names) => {
    expect(nameLayerFiles(keys)).toEqual(names)
  })
})

describe.skipIf(sharedFolder === undefined)('the published mappings of NIST 800-53', () => {
  it('give a layer for every family, which hold every row once', async () => {
    const attack = await loadAttackIndex()
    const [set] = await readSharedSets('nist_800_53-rev5_attack-14.1-enterprise.json', attack)
    if (!set) throw new Error('no set')
    const { artifacts } = await emitSet(set, 'group', attack)
    const [whole, ...rest] = artifacts
    const parts = rest.slice(0, -1)
    expect(parts.length).toBe(new Set(set.mappings.flatMap(({ kind, group }) => (kind === 'mapped' ? [group] : []))).size)
    expect(parts.reduce((sum, { counts }) => sum + (counts['rows'] ?? 0), 0)).toBe(whole?.counts['rows'])
  })
})
