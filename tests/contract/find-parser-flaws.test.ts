import { expect, it } from 'vitest'
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js'
import type { Mapping } from '../../src/model/mapping.js'
import type { MappingSet } from '../../src/model/mapping-set.js'
import { securityStack } from '../../src/parsers/security-stack/security-stack.js'
import { readDocument } from '../support/read-document.js'
import { testFile } from '../support/read-tree.js'
import { sampleControl } from '../support/sample-control.js'
import { findParserFlaws } from './find-parser-flaws.js'

const file = testFile('control.yaml', sampleControl)

async function flawsOf(spoil: (set: MappingSet, row: Mapping) => MappingSet, said: readonly Diagnostic[] = []) {
  const { sets } = await readDocument(securityStack, sampleControl, { name: file.name })
  const spoilt = sets.map((set) => (set.mappings[0] ? spoil(set, set.mappings[0]) : set))
  return findParserFlaws(securityStack, file, { sets: spoilt, said })
}

function withRow(set: MappingSet, row: Mapping): MappingSet {
  return { ...set, mappings: [row, ...set.mappings.slice(1)] }
}

it('finds nothing wrong with what is right', async () => {
  expect(await flawsOf((set) => set)).toEqual([])
})

const elsewhere = { document: 'elsewhere', place: { kind: 'file' } } as const

it.each<[string, (set: MappingSet, row: Mapping) => MappingSet, RegExp]>([
  ['an empty text', (set, row) => withRow(set, { ...row, comments: '' }), /^not of the model: \/mappings\/0\/comments/],
  ['an empty list', (set, row) => withRow(set, { ...row, references: [] }), /^not of the model: \/mappings\/0\/references/],
  ['a row of another document', (set, row) => withRow(set, { ...row, origins: [elsewhere] }), /no origin/],
  ['a row without origins', (set, row) => withRow(set, { ...row, origins: [] }), /no origin/],
  ['a mapping type without an entry', (set, row) => withRow(set, { ...row, relation: 'x' }), /mapping type x has no entry/],
  ['a group without an entry', (set) => ({ ...set, groups: new Map() }), /group Credentials has no entry/],
  ['no source', (set) => ({ ...set, sources: [] }), /does not name its source/],
  ['a miscount', (set) => ({ ...set, sources: set.sources.map((source) => ({ ...source, rows: 1 })) }), /counts 1 rows of 7/],
])('finds %s', async (_what, spoil, flaw) => {
  expect(await flawsOf(spoil)).toContainEqual(expect.stringMatching(flaw))
})

it('finds words that a parser must not say', async () => {
  const said: readonly Diagnostic[] = [
    { code: 'emit/nothing', severity: 'warning', message: 'x', origin: { document: file.name, place: { kind: 'file' } } },
    { code: 'parse/empty-row', severity: 'warning', message: ' ' },
  ]
  expect(await flawsOf((set) => set, said)).toEqual([
    'emit/nothing is none of a parser\'s', 'parse/empty-row says nothing', 'parse/empty-row has no place in the document',
  ])
})
