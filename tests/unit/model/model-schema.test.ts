import { describe, expect, it } from 'vitest'
import { toModelDocument } from '../../../src/model/mapping-set.js'
import { schemaErrors } from '../../../src/schemas/schema-errors.js'
import { sampleSet } from '../../support/sample-sets.js'

function document(): Record<string, unknown> {
  return structuredClone({ ...toModelDocument(sampleSet()) })
}

/** The sample with one thing of its first row changed. */
function withRow(change: object): object {
  const [first, ...rest] = toModelDocument(sampleSet()).mappings
  return { ...document(), mappings: [{ ...first, ...change }, ...rest] }
}

describe('schemas/model.schema.json', () => {
  it('accepts the model', async () => {
    expect(await schemaErrors('model', document())).toEqual([])
  })

  it.each([
    ['a row without an origin', withRow({ origins: [] })],
    ['a mapped row without a technique', withRow({ technique: undefined })],
    ['an unmapped capability with a technique', withRow({ kind: 'unmapped-capability' })],
    ['an unmapped technique with a capability', withRow({ kind: 'unmapped-technique' })],
    ['an empty text', withRow({ comments: '' })],
    ['a null', withRow({ group: null })],
    ['an empty list', withRow({ references: [] })],
    ['an unknown field', withRow({ surprise: 1 })],
    ['an unknown status', withRow({ status: 'done' })],
    ['a place without its line', withRow({ origins: [{ document: 'a', place: { kind: 'text', column: 1 } }] })],
    ['an absolute path', withRow({ origins: [{ document: '/a', place: { kind: 'file' } }] })],
    ['a date of another form', { ...document(), about: { created: '12/31/2024' } }],
    ['an unknown domain', { ...document(), attack: { domain: 'cloud' } }],
    ['no framework', { ...document(), framework: undefined }],
  ])('rejects %s', async (_what, broken) => {
    expect(await schemaErrors('model', JSON.parse(JSON.stringify(broken)))).not.toEqual([])
  })
})
