import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js'
import { type Artifact, type Emitter, type OptionValue, resolveOptionValues } from '../../src/emitters/emitter.js'
import type { ResolvedSet } from '../../src/model/mapping-set.js'
import { emitContext } from '../support/emit-context.js'
import { sampleSet } from '../support/sample-sets.js'
import { emptySet, hostileSet, hostileTexts, largeSet, unmappedSet, withdrawnSet } from './emitter-sets.js'
import { findFlaws, type Outcome } from './find-flaws.js'
import { findHarm } from './find-harm.js'
import { findStrangers } from './find-strangers.js'
import { freezeDeep } from './freeze-deep.js'

/**
 * What every emitter keeps, whatever its format. Defines the tests; to be called where tests are collected. `guarded` are the
 * options that make its artifacts safe to open, where by default they are made for programs.
 */
export function emitterContract(emitter: Emitter, guarded: Readonly<Record<string, OptionValue>> = {}): void {
  const options = resolveOptionValues(emitter.options, guarded)

  async function emit(set: ResolvedSet, asked: Readonly<Record<string, OptionValue>> = options): Promise<Outcome> {
    const context = emitContext()
    return finish(await emitter.emit([set], context, asked), context.log.entries)
  }

  async function combine(sets: readonly ResolvedSet[]): Promise<Outcome> {
    const context = { ...emitContext(), combined: true as const }
    return finish(await emitter.emit(sets, context, options), context.log.entries)
  }

  async function flawsOf(outcome: Outcome): Promise<readonly string[]> {
    return findFlaws(emitter, outcome)
  }

  describe('describes itself', () => {
    it('in words, with an extension and options of known kinds', () => {
      expect(emitter.id).toMatch(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/)
      expect(emitter.extension).toMatch(/^(?:\.[a-z0-9]+)+$/)
      expect([emitter.title, emitter.loses].map((text) => text.trim().length > 3)).toEqual([true, true])
      for (const [name, spec] of Object.entries(emitter.options)) {
        expect(name).toMatch(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/)
        expect(spec.description.trim()).not.toBe('')
        expect(spec.kind === 'choice' ? spec.values : [typeof spec.default]).toContain(spec.kind === 'choice' ? spec.default : spec.kind)
      }
    })
  })

  describe('emits valid artifacts', () => {
    it('of a set that has one of everything', async () => {
      const outcome = await emit(sampleSet())
      expect(outcome.artifacts.length).toBeGreaterThan(0)
      expect(outcome.bytes.every((bytes) => bytes.length > 0)).toBe(true)
      expect(await flawsOf(outcome)).toEqual([])
    })

    it('with every value of every option', async () => {
      for (const asked of everyChoice(emitter)) expect([asked, await flawsOf(await emit(sampleSet(), { ...options, ...asked }))]).toEqual([asked, []])
    })

    it.each([['without rows', emptySet()], ['with unmapped rows alone', unmappedSet()], ['with withdrawn techniques', withdrawnSet()]])(
      'of a set %s', async (_name, set) => {
        expect(await flawsOf(await emit(set))).toEqual([])
      })

    it.each(Object.entries(hostileTexts))('that %s cannot harm', async (_name, text) => {
      const alone = await emit(hostileSet(text))
      const combined = await combine([hostileSet(text), sampleSet()])
      expect([await flawsOf(alone), await flawsOf(combined)]).toEqual([[], []])
      expect([harmOf(alone), harmOf(combined)]).toEqual([[], []])
    })

    it('of 5,000 rows in a few seconds', async () => {
      const start = performance.now()
      expect(await flawsOf(await emit(largeSet(5000)))).toEqual([])
      expect(performance.now() - start).toBeLessThan(20_000)
    })
  })

  describe('writes files that crosswalk validate knows', () => {
    it('by one of its kinds alone, and finds valid, with every value of every option', async () => {
      const { attack } = emitContext()
      for (const asked of [{}, ...everyChoice(emitter)]) {
        expect([asked, await findStrangers(emitter, await emit(sampleSet(), { ...options, ...asked }), attack)]).toEqual([asked, []])
      }
    })

    it('of several sets together, too', async () => {
      expect(await findStrangers(emitter, await combine([sampleSet(), emptySet()]), emitContext().attack)).toEqual([])
      expect(await findStrangers(emitter, await combine([sampleSet()]), emitContext().attack)).toEqual([])
    })
  })

  describe('is pure', () => {
    beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
    afterEach(() => {
      vi.useRealTimers()
      vi.unstubAllEnvs()
      vi.restoreAllMocks()
    })

    it('gives the same bytes and words at any time, in any time zone, and without chance', async () => {
      vi.setSystemTime(new Date('2001-02-03T04:05:06Z'))
      const before = await emit(sampleSet())
      await emit(withdrawnSet())
      vi.setSystemTime(new Date('2035-12-31T23:59:58Z'))
      vi.stubEnv('TZ', 'Asia/Tokyo')
      vi.spyOn(Math, 'random').mockReturnValue(0.123)
      const after = await emit(sampleSet())
      expect(after.bytes).toEqual(before.bytes)
      expect(after.said).toEqual(before.said)
    })

    it('leaves the set as it is', async () => {
      const set = freezeDeep(sampleSet())
      const before = structuredClone(set)
      await emit(set)
      await combine([set, set])
      expect(set).toEqual(before)
    })
  })

  describe('loses nothing in silence', () => {
    it.each([['one of everything', sampleSet()], ['unmapped rows', unmappedSet()], ['withdrawn techniques', withdrawnSet()]])(
      'from a set of %s', async (_name, set) => {
        const { artifacts, said } = await emit(set)
        const carried = artifacts[0]?.counts.rows ?? 0
        const lost = said.filter(({ code }) => code === 'emit/not-representable').reduce((sum, { count = 1 }) => sum + count, 0)
        expect(carried).toBeLessThanOrEqual(set.mappings.length)
        expect(carried + lost).toBeGreaterThanOrEqual(set.mappings.length)
      })
  })

  describe('combines', () => {
    it('several sets into artifacts that hold the rows of all', async () => {
      const sets = [sampleSet(), withdrawnSet(), emptySet()]
      const outcome = await combine(sets)
      expect(await flawsOf(outcome)).toEqual([])
      const each = await Promise.all(sets.map((set) => emit(set)))
      expect(outcome.artifacts[0]?.counts.rows).toBe(each.reduce((sum, { artifacts }) => sum + (artifacts[0]?.counts.rows ?? 0), 0))
    })

    it('sets in the order given, the same at every run', async () => {
      const sets = [sampleSet(), withdrawnSet()]
      expect((await combine(sets)).bytes).toEqual((await combine(sets)).bytes)
    })
  })
}

async function finish(artifacts: readonly Artifact[], said: readonly Diagnostic[]): Promise<Outcome> {
  return { artifacts, said, bytes: await Promise.all(artifacts.map(async (artifact) => artifact.render())) }
}

function harmOf({ artifacts, bytes }: Outcome): readonly string[] {
  return artifacts.flatMap(({ name }, index) => findHarm(name, bytes[index] ?? new Uint8Array()))
}

/** Each value of each choice, each boolean and a few numbers, one at a time. */
function everyChoice(emitter: Emitter): readonly Readonly<Record<string, OptionValue>>[] {
  return Object.entries(emitter.options).flatMap(([name, spec]) => {
    const values: readonly OptionValue[] = spec.kind === 'choice' ? spec.values : spec.kind === 'boolean' ? [true, false] : [0, 1, 1000]
    return values.map((value) => ({ [name]: value }))
  })
}
