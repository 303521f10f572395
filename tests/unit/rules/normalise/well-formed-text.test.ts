import { expect, it } from 'vitest'
import { createDiagnosticLog } from '../../../../src/diagnostics/diagnostic.js'
import { normaliseSet, wellFormedText } from '../../../../src/rules/normalise/normalise-set.js'
import type { MappedRow } from '../../../../src/model/mapping.js'
import { originAt, sampleSet } from '../../../support/sample-sets.js'

const half = '\ud800'

it('replaces lone surrogates in texts and keys, once reported with the first row that has one', () => {
  const set = sampleSet()
  const [first, ...rest] = set.mappings
  if (first?.kind !== 'mapped') throw new Error('the sample begins with a mapped row')
  const broken = {
    ...set,
    about: { ...set.about, name: `A${half}` },
    groups: new Map([[half, { id: half, name: 'G \u{1f600}' }]]),
    mappings: [...rest, { ...first, comments: `x${half}`, references: [half], origins: [originAt(9)] }],
  }
  const { report, entries } = createDiagnosticLog()
  const { about, groups, mappings } = wellFormedText(broken, report)
  expect(about.name).toBe('A\ufffd')
  expect([...groups]).toEqual([['\ufffd', { id: '\ufffd', name: 'G \u{1f600}' }]])
  expect(mappings.at(-1)).toMatchObject({ comments: 'x\ufffd', references: ['\ufffd'] })
  expect(entries).toMatchObject([{ code: 'normalise/lone-surrogate', severity: 'warning', count: 5, origin: originAt(9) }])
})

it('returns a set without any as it is', () => {
  const { report, entries } = createDiagnosticLog()
  const set = sampleSet()
  expect(wellFormedText(set, report)).toBe(set)
  expect(entries).toEqual([])
})

it('runs with the other rules', () => {
  const { report, entries } = createDiagnosticLog()
  normaliseSet({ ...sampleSet(), framework: { id: 'aws', name: half } }, report)
  expect(entries.map(({ code }) => code)).toContain('normalise/lone-surrogate')
})

/** A row with all that rows can state: a field that is new must be added, or this does not compile. */
const fullRow: Required<MappedRow> = {
  kind: 'mapped',
  capability: { id: 'AC-2', description: 'Accounts' },
  technique: {
    id: 'T1078', name: 'Valid Accounts',
    object: { stixId: 'attack-pattern--1', name: 'Valid Accounts', tactics: ['persistence'], created: '2024-01-01', modified: '2024-01-01' },
  },
  origins: [{ document: 'a.json', place: { kind: 'pointer', pointer: '/1' } }, { document: 'b.xlsx', place: { kind: 'cell', sheet: 'S', cell: 'A1' } }],
  relation: 'mitigates', group: 'AC', comments: 'Some', references: ['https://example.com'], status: 'complete',
  score: { category: 'protect', value: 'partial', related: 'T1' },
  author: { name: 'A', contact: 'a@example.com', organization: 'O' },
  release: { attackVersion: '16.1', domain: 'enterprise', framework: 'f', frameworkVersion: '1' },
  review: { verdict: 'agree', initials: 'AB', remark: 'Fine' },
  completed: [{ field: 'group', from: { document: 'c.json', place: { kind: 'file' } } }],
}
/** Words of the model, which no document states as they are. */
const ownWords: ReadonlySet<string> = new Set(['kind', 'status'])

it('finds a lone surrogate in any text of a row', () => {
  const text = JSON.stringify(fullRow)
  const texts = [...text.matchAll(/"(\w+)":(?:\[?)"([^"]*)"/g)].filter(([, name]) => name !== undefined && !ownWords.has(name))
  expect(texts).toHaveLength(33)
  for (const { index, 0: found } of texts) {
    const row = JSON.parse(`${text.slice(0, index + found.length - 1)}\\ud800${text.slice(index + found.length - 1)}`)
    const { report, entries } = createDiagnosticLog()
    wellFormedText({ ...sampleSet(), mappings: [row] }, report)
    expect(entries.map(({ count }) => count), found).toEqual([1])
  }
})
