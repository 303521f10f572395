import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TreeDocument, TreeValue } from '../../src/formats/decoded.js'
import { toModelDocument } from '../../src/model/mapping-set.js'
import type { Parser } from '../../src/parsers/parser.js'
import { securityStack } from '../../src/parsers/security-stack/security-stack.js'
import { verisJson } from '../../src/parsers/veris-json/veris-json.js'
import { schemaErrors } from '../../src/schemas/schema-errors.js'
import { freezeDeep } from '../contract/freeze-deep.js'
import { testFile } from '../support/read-tree.js'

const seed = 20_210_916

const names = fc.constantFrom(
  'version', 'ATT&CK version', 'creation date', 'name', 'id', 'platform', 'tags', 'description', 'techniques', 'comments',
  'references',  'technique-scores', 'sub-techniques-scores', 'sub-techniques', 'scores', 'category', 'value',
  'metadata', 'attack_to_veris', 'veris_to_attack', 'veris', 'T1059', 'G0007', 'action', '""', '', ' ', '__proto__', 'a/b~c',
)

const texts = [
  'T1059', 'T1059.001', 'Protect', 'Minimal', 'AWS', '04/16/2021', 'action.hacking.variety.DoS', 'a.b."".c', '', ' ',
  'Not Mappable',
]

/** Any value, its names drawn from those that the two dialects know. */
const trees: fc.Arbitrary<TreeValue> = fc.letrec<{ tree: TreeValue }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    fc.oneof(
      fc.constantFrom(...texts),
      fc.string({ unit: 'binary' }), fc.double(), fc.boolean(), fc.constant(null),
    ),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(names, tie('tree'), { maxKeys: 6 }),
  ),
})).tree

/** Values with the top of a dialect's document, so that its rows are reached. */
const techniques = fc.array(
  fc.oneof(trees, fc.record({ id: trees, 'technique-scores': trees, 'sub-techniques-scores': fc.array(trees) })),
  { maxLength: 4 },
)
const controls = fc.record({ name: fc.constant('Box'), platform: trees, techniques, tags: trees, comments: trees })
const ids = fc.constantFrom('T1059', 'T1059.001', 'T1552', 'G0007')
const pairs = fc.dictionary(ids, fc.record({ name: trees, veris: fc.array(trees, { maxLength: 3 }) }), { maxKeys: 5 })
const verisFiles = fc.record({ metadata: trees, attack_to_veris: fc.oneof(trees, pairs), veris_to_attack: trees })

function documentOf(value: TreeValue): TreeDocument {
  return { container: 'json', file: testFile('x.json', '{}'), value, locate: () => undefined }
}

describe.each<[string, Parser, fc.Arbitrary<TreeValue>]>([
  ['security-stack', securityStack, fc.oneof(trees, controls)], ['veris-json', verisJson, fc.oneof(trees, verisFiles)],
])('%s', (_id, parser, values) => {
  it('never throws, changes nothing, gives the same twice, and keeps to the model', async () => {
    let rows = 0
    await fc.assert(fc.asyncProperty(values, async (value) => {
      const document = documentOf(freezeDeep(value))
      expect(parser.sniff(document).confidence).toBeLessThanOrEqual(1)
      const sets = await parser.parse(document, { statements: {}, report: () => undefined })
      expect(await parser.parse(document, { statements: {}, report: () => undefined })).toEqual(sets)
      rows += sets.flatMap(({ mappings }) => mappings).length
      for (const set of sets) expect(await schemaErrors('model', toModelDocument(set))).toEqual([])
    }), { seed, numRuns: 500 })
    // Else the values never reach what is tested.
    expect(rows).toBeGreaterThan(50)
  })
})
