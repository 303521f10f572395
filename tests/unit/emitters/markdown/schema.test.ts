import { describe, expect, it } from 'vitest'
import type { MarkdownPage } from '../../../../src/emitters/markdown/page.js'
import { schemaErrors } from '../../../../src/schemas/schema-errors.js'
import { sampleSet } from '../../../support/sample-sets.js'
import { emitSets } from './emit.js'

// Any is what JSON gives: the value is a page, as the schema says.
const page: MarkdownPage = JSON.parse(JSON.stringify((await emitSets([sampleSet()])).value))
const [set] = page.sets
if (!set) throw new Error('a page has a set')
const [technique] = set.techniques
const [capability] = set.capabilities
const [unmapped] = set.unmapped
const note = { severity: 'info', message: 'x', count: 1, code: 'emit/left-out' }

function withSet(change: Readonly<Record<string, unknown>>): unknown {
  return { ...page, sets: [{ ...set, ...change }] }
}

describe('markdown-summary.schema.json', () => {
  it('accepts what we write', async () => {
    expect(await schemaErrors('markdown-summary', page)).toEqual([])
    expect(await schemaErrors('markdown-summary', { ...page, notes: [note] })).toEqual([])
    expect(await schemaErrors('markdown-summary', withSet({ rows: undefined }))).toEqual([])
  })

  it.each<readonly [string, unknown]>([
    ['no title', { ...page, title: '' }],
    ['an unknown property', { ...page, author: 'x' }],
    ['a count too few', { ...page, counts: { rows: 1 } }],
    ['a negative count', { ...page, counts: { ...page.counts, rows: -1 } }],
    ['a fraction', withSet({ counts: { ...page.counts, rows: 1.5 } })],
    ['no facts', withSet({ about: [] })],
    ['a fact without a value', withSet({ about: [{ label: 'x', value: '' }] })],
    ['a digest that is none', withSet({ sources: [{ ...set.sources[0], sha256: 'x' }] })],
    ['a link elsewhere', withSet({ techniques: [{ ...technique, url: 'https://example.org/techniques/T1190/' }] })],
    ['a link to a script', withSet({ techniques: [{ ...technique, url: 'javascript:alert(1)' }] })],
    ['an unknown status', withSet({ techniques: [{ ...technique, status: 'gone' }] })],
    ['a technique that nothing maps to', withSet({ techniques: [{ ...technique, capabilities: [] }] })],
    ['a capability that maps to nothing', withSet({ capabilities: [{ ...capability, techniques: [] }] })],
    ['an empty name', withSet({ capabilities: [{ ...capability, name: '' }] })],
    ['an unknown kind', withSet({ unmapped: [{ ...unmapped, kind: 'group' }] })],
    ['an unknown remark', withSet({ unmapped: [{ ...unmapped, remark: 'who knows' }] })],
    ['a row that is none of the table', withSet({ rows: [{ capability_id: 'x' }] })],
    ['a control character', withSet({ title: 'a\u0000b' })],
    ['a carriage return', withSet({ title: 'a\rb' })],
    ['an unknown severity', { ...page, notes: [{ ...note, severity: 'fatal' }] }],
    ['a note without a code', { ...page, notes: [{ ...note, code: undefined }] }],
    ['a note that stands for nothing', { ...page, notes: [{ ...note, count: 0 }] }],
  ])('rejects %s', async (_name, value) => {
    expect(await schemaErrors('markdown-summary', JSON.parse(JSON.stringify(value)))).not.toEqual([])
  })
})
