import { expect, it } from 'vitest'
import { findHarm } from '../../contract/find-harm.js'
import { convert, createMemoryHost, emitters } from '../../../src/index.js'

const half = '\ud800'
const file = {
  metadata: {
    mapping_version: '1', attack_version: '16.1', technology_domain: 'enterprise', mapping_framework: 'aws', author: `A${half}`,
    mapping_framework_version: half, mapping_types: { [half]: { name: `T${half}`, description: half } }, capability_groups: { [half]: half },
  },
  mapping_objects: [
    {
      capability_id: `a${half}`, capability_description: half, mapping_type: half, attack_object_id: 'T1190', attack_object_name: half,
      capability_group: half, comments: half, references: [half], score_category: half, score_value: half,
    },
    { capability_id: '\udc00', mapping_type: 'non_mappable', attack_object_id: null },
  ],
}

it('lone surrogates reach no emitter; they are reported once', async () => {
  const host = createMemoryHost({ 'mapping.json': JSON.stringify(file) })
  const formats = emitters.map(({ id }) => id).filter((id) => id !== 'png')
  const { diagnostics, artifacts } = await convert({ inputs: [], emitters: formats, combine: true }, host)
  expect(artifacts.length).toBeGreaterThan(2 * formats.length)
  // CSV keeps what looks like a formula, as it does by default: there is none here.
  expect(Array.from(host.written, ([name, bytes]) => findHarm(name, bytes)).flat()).toEqual([])
  expect(diagnostics.filter(({ code }) => code === 'normalise/lone-surrogate')).toMatchObject([{ origin: { document: 'mapping.json' } }])
  expect(diagnostics.filter(({ code }) => code === 'emit/text-adjusted')).toEqual([])
})
