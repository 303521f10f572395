import { expect, it } from 'vitest'
import { createDiagnosticLog } from '../../../../src/diagnostics/diagnostic.js'
import { normaliseSet, wellFormedText } from '../../../../src/rules/normalise/normalise-set.js'
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
