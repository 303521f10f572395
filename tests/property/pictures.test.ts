import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AttackTactic } from '../../src/attack/attack-index.js'
import type { Coverage, TechniqueCoverage } from '../../src/coverage/coverage.js'
import { buildPicture } from '../../src/emitters/picture/build-picture.js'
import { createPainter, createTextCleaner } from '../../src/emitters/picture/create-painter.js'
import type { PictureOptions } from '../../src/emitters/picture/picture-options.js'
import { renderSvg } from '../../src/emitters/picture/picture.js'
import { emitSvg } from '../../src/emitters/picture/emit-pictures.js'
import { schemaErrors } from '../../src/schemas/schema-errors.js'
import { arbitrarySet } from '../support/arbitrary-set.js'
import { emitContext } from '../support/emit-context.js'
import { findOverflows } from '../support/find-overflows.js'
import { readSvg } from '../support/read-svg.js'

const options: fc.Arbitrary<PictureOptions> = fc.record({
  'picture-size': fc.constantFrom('screen', 'a4', 'a3'),
  'picture-techniques': fc.constantFrom('all', 'mapped'),
  'picture-sub-techniques': fc.constantFrom('annotated', 'all', 'none'),
  'matrix-score': fc.constantFrom('count', 'best'),
  'palette': fc.constantFrom('blue', 'orange', 'viridis', 'cividis'),
})

const name = fc.oneof(
  { weight: 5, arbitrary: fc.array(fc.constantFrom('Access', 'of', 'Credential', 'Exfiltration', 'Man-in-the-Middle', '/etc/passwd'), { minLength: 1, maxLength: 6 })
    .map((words) => words.join(' ')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 80 }) },
  { weight: 1, arbitrary: fc.constantFrom('漢字'.repeat(20), 'x'.repeat(400), '\u{1f600}'.repeat(9)) },
)

interface Shape {
  readonly tactics: readonly string[]
  readonly techniques: readonly { readonly name: string; readonly subs: number; readonly of: number; readonly capabilities: number }[]
}

/** Matrices of any form: those of a bundle of somebody's own need not look like MITRE's. */
const shape: fc.Arbitrary<Shape> = fc.record({
  tactics: fc.array(name, { maxLength: 40 }),
  techniques: fc.array(fc.record({ name, subs: fc.nat(9), of: fc.nat(60), capabilities: fc.constantFrom(0, 0, 1, 2, 40, 12_345) }), { maxLength: 300 }),
})

function cover({ tactics, techniques }: Shape): Coverage {
  return {
    domain: 'enterprise',
    tactics: tactics.map((title, index): AttackTactic => ({ id: `TA${index}`, stixId: `x-mitre-tactic--${index}`, shortname: `t${index}`, name: title })),
    techniques: techniques.flatMap(({ name: title, subs, of, capabilities }, index) =>
      Array.from({ length: subs + 1 }, (_, sub): TechniqueCoverage => ({
        id: `T${1000 + index}${sub === 0 ? '' : `.00${sub}`}`,
        name: title,
        tactics: [`t${of}`, `t${of + 1}`],
        isSubTechnique: sub > 0,
        state: capabilities > 0 ? 'mapped' : 'unmappable',
        onlyThroughSubTechniques: false,
        rows: capabilities,
        capabilities: Array.from({ length: capabilities }, () => 'a'),
        best: new Map(),
      }))),
  }
}

describe('a picture of any matrix', () => {
  it('keeps every text in its cell, every cell on the page, and none upon another', () => {
    fc.assert(fc.property(shape, options, name, (given, asked, title) => {
      const coverage = cover(given)
      const cleaner = createTextCleaner()
      const subject = { coverage, title: cleaner.clean(title), facts: [cleaner.clean(title), 'a fact'], notes: [cleaner.clean(title)] }
      const { picture, hidden } = buildPicture(subject, createPainter(coverage, [], asked, cleaner), asked)
      expect(findOverflows(picture)).toEqual([])
      expect(hidden.techniques).toBeGreaterThanOrEqual(0)
      expect(() => readSvg(renderSvg(picture))).not.toThrow()
    }), { numRuns: 60 })
  })
})

describe('a picture of any mapping set', () => {
  it('is valid, well-formed, and the same again', async () => {
    await fc.assert(fc.asyncProperty(fc.array(arbitrarySet, { maxLength: 3 }), options, async (sets, asked) => {
      const context = emitContext()
      for (const artifact of emitSvg(sets, context, asked)) {
        expect(await schemaErrors(artifact.schema, artifact.value)).toEqual([])
        const text = new TextDecoder('utf-8', { fatal: true }).decode(await artifact.render())
        expect([...readSvg(text).elements.keys()].toSorted()).toEqual(['desc', 'g', 'rect', 'svg', 'text', 'title'])
      }
      expect(emitSvg(sets, emitContext(), asked)).toHaveLength(new Set(sets.map(({ attack }) => attack.domain)).size)
    }), { numRuns: 100 })
  })
})
