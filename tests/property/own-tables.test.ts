import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EmitterId } from '../../src/emitters/registry.js'
import { convert, understand } from '../../src/pipeline/convert.js'
import { createMemoryHost } from '../../src/pipeline/host.js'
import { toModelDocument } from '../../src/model/mapping-set.js'

/** Texts of any characters, and those that other tables would split, take for blank or change. */
const text = fc.oneof(
  fc.constantFrom(
    '[]', "['a', 'b']", 'https://a.example/1 https://b.example/2', 'see page 3, then page 4', 'a; b', 'a|b', 'n/a', 'none', '-', 'null', '=1+1',
    "'=1+1", '-1', '+1', '@x', '"quoted"', "it's", '_x000D_', 'T1078; T1059', 'AC-2, AC-3', 'AC-2 Account Management', '01/02/2024', '1E5',
    'not mappable', 'non_mappable', 'a\nb', 'x  y', '\u{FEFF}z', '<b>&amp;</b>', 'https://a.example/ü?x=[1], https://b.example', '007', 'TRUE',
  ),
  fc.string({ maxLength: 20 }),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
)

const optional = fc.option(text, { nil: undefined })

const row = fc.record({
  capability_id: text,
  capability_description: optional,
  capability_group: fc.constantFrom('g', 'h'),
  mapping_type: fc.constantFrom('mitigates', 'technique_scores'),
  attack_object_id: fc.constantFrom('T1078', 'T1059.001', 'T9999', 'T1059.1'),
  attack_object_name: optional,
  comments: optional,
  references: fc.option(fc.array(text, { maxLength: 4 }), { nil: undefined }),
  status: fc.constantFrom('complete', 'in_progress', undefined),
})

/** Everything that documents say but where they say it, and the codes of what was reported while they were read. */
async function read(documents: Readonly<Record<string, string | Uint8Array>>) {
  const { sets, diagnostics } = await understand({ inputs: [] }, createMemoryHost(documents))
  const models = sets.map(({ set }) => {
    const { sources: _sources, mappings, ...facts } = toModelDocument(set)
    return { ...facts, mappings: mappings.map(({ origins: _origins, completed: _completed, ...one }) => one) }
  })
  return { models, codes: diagnostics.filter(({ severity }) => severity !== 'info').map(({ code }) => code) }
}

describe('our own tables, whatever their texts are', () => {
  it.each<[EmitterId, Readonly<Record<string, boolean>>, number]>([
    ['csv', {}, 150], ['csv', { 'csv-raw': true }, 60], ['xlsx', {}, 30],
  ])('as %s %j are read back as the same set', async (emitter, options, numRuns) => {
    await fc.assert(fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 6 }), async (rows) => {
      const metadata = {
        mapping_framework: 'ours', mapping_framework_version: '1', attack_version: '16.1', technology_domain: 'enterprise', mapping_version: '1',
        mapping_types: { mitigates: { name: 'Mitigates', description: '' } }, capability_groups: { g: 'Group, the first', h: 'h' },
      }
      const input = { 'x.json': JSON.stringify({ metadata, mapping_objects: rows }) }
      const host = createMemoryHost(input)
      const { diagnostics } = await convert({ inputs: [], emitters: [emitter], options }, host)
      // Characters that XML forbids are removed from cells, and reported.
      fc.pre(!diagnostics.some(({ code }) => code === 'emit/text-adjusted'))
      const expected = await read(input)
      fc.pre(expected.models.length > 0)
      const artifacts = [...host.written].filter(([name]) => name !== 'manifest.json')
      const found = await read(Object.fromEntries(artifacts))
      expect(found.models).toEqual(expected.models)
      expect(found.codes.filter((code) => code.startsWith('parse/') && !expected.codes.includes(code))).toEqual([])
    }), { numRuns })
  }, 120_000)
})
