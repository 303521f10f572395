import { describe, expect, it } from 'vitest'
import { loadAttackIndex } from '../../../src/attack/load-attack.js'
import type { Emitter } from '../../../src/emitters/emitter.js'
import { emitters } from '../../../src/emitters/registry.js'
import type { ResolvedSet } from '../../../src/model/mapping-set.js'
import { emitContext } from '../../support/emit-context.js'
import { sampleSet } from '../../support/sample-sets.js'

const all: readonly Emitter[] = emitters
const attack = await loadAttackIndex()
const words = ['strongly agreed', 'QXZ', 'See ticket 7719.']

function reviewedSet(): ResolvedSet {
  const [verdict, initials, remark] = words
  const [first, ...rest] = sampleSet().mappings
  if (!first || verdict === undefined || initials === undefined || remark === undefined) throw new Error('the sample has rows')
  return { ...sampleSet(), mappings: [{ ...first, review: { verdict, initials, remark } }, ...rest] }
}

/** What an emitter writes of the set, as text, and what it says of losses that a set without verdicts has not. */
async function emit(id: string, changed: Readonly<Record<string, string>> = {}) {
  const emitter = all.find((one) => one.id === id)
  if (!emitter) throw new Error(`no emitter ${id}`)
  const options = { ...Object.fromEntries(Object.entries(emitter.options).map(([name, spec]) => [name, spec.default])), ...changed }
  const losses = async (set: ResolvedSet) => {
    const context = emitContext(attack)
    const artifacts = await emitter.emit([set], context, options)
    // A workbook is packed; what stands in it was judged before.
    const texts = artifacts.map(async (artifact) => (
      emitter.id === 'xlsx' ? JSON.stringify(artifact.value) : new TextDecoder().decode(await artifact.render())
    ))
    return { text: (await Promise.all(texts)).join('\n'), said: context.log.entries.map(({ message }) => message) }
  }
  const plain = await losses(sampleSet())
  const { text, said } = await losses(reviewedSet())
  return { text, said: said.filter((message) => !plain.said.includes(message)), all: said }
}

describe("an auditor's verdict, initials and remark", () => {
  it.each(['csv', 'xlsx', 'stix', 'html'])('are carried by %s', async (id) => {
    const { text, said } = await emit(id)
    for (const word of words) expect(text).toContain(word)
    expect(said).toEqual([])
  })

  it.each(['navigator', 'json', 'yaml', 'markdown', 'misp-galaxy'])('are a loss that %s reports', async (id) => {
    const { text, said } = await emit(id)
    for (const word of words) expect(text).not.toContain(word)
    expect(said).toEqual([expect.stringContaining('verdict')])
  })

  it.each(['opencti', 'mapex'])('are a loss that STIX profile %s reports', async (profile) => {
    const { text, all: said } = await emit('stix', { 'stix-profile': profile })
    for (const word of words) expect(text).not.toContain(word)
    expect(said.join('\n')).toContain('verdict')
  })

  it('are part of what a picture says that it does not show', async () => {
    const { text, all: said } = await emit('svg')
    for (const word of words) expect(text).not.toContain(word)
    expect(said.join('\n')).toMatch(/of \d rows, only the number of capabilities or the best score/)
  })
})
