import { describe, expect, it } from 'vitest'
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js'
import { itemsOf, textOf, type TreeValue } from '../../src/formats/decoded.js'
import { itemsAt as itemsSeen } from '../../src/formats/rows.js'
import type { Mapping } from '../../src/model/mapping.js'
import { createMappingSet, type MappingSet, unknownFramework } from '../../src/model/mapping-set.js'
import type { ParseContext, Parser } from '../../src/parsers/parser.js'
import { securityStack } from '../../src/parsers/security-stack/security-stack.js'
import { readDocument } from '../support/read-document.js'
import { testFile } from '../support/read-tree.js'
import { sampleControl } from '../support/sample-control.js'
import { itemsAt } from './count-rows.js'
import { findLostRows, findParserFlaws } from './find-parser-flaws.js'

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
    'emit/nothing is not a code of parsers', 'parse/empty-row says nothing', 'parse/empty-row has no place in the document',
  ])
})

type Rule = { readonly id?: string, readonly title?: string, readonly technique?: string }

/** A parser of lists of detection rules; `readRule` decides what becomes of a rule without an id or a title. */
function ruleParser(readRule: (rule: Rule, pointer: string, context: ParseContext) => Rule | undefined): Parser {
  return {
    id: 'rules', title: 'Detection rules', extensions: ['json'], containers: ['json'],
    sniff: () => ({ confidence: 1, reason: 'has rules' }),
    parse: async (document, context) => {
      const rules = 'value' in document ? itemsOf(document.value, 'rules').map(toRule) : []
      const mappings = rules.flatMap((rule, index): readonly Mapping[] => {
        const pointer = `/rules/${index}`
        const read = readRule(rule, pointer, context)
        const origins = [{ document: document.file.name, place: { kind: 'pointer', pointer } }] as const
        return read ? [{
          kind: 'mapped', origins, capability: { id: read.id ?? '?' }, technique: { id: read.technique ?? '?' },
        }] : []
      })
      return [createMappingSet({ framework: unknownFramework, attack: {}, mappings, sources: [] })]
    },
  }
}

function toRule(value: TreeValue): Rule {
  const [id, title, technique] = ['id', 'title', 'technique'].map((name) => textOf(value, name))
  return { ...(id !== undefined && { id }), ...(title !== undefined && { title }), ...(technique !== undefined && { technique }) }
}

const rules = {
  name: 'rules.json',
  content: JSON.stringify({ rules: [{ id: 'R-1', title: 'Logons', technique: 'T1078' }, { id: 'R-2', title: 'Shells', technique: 'T1059' }] }),
  countRows: itemsAt('rules/*'),
}

const isWhole = ({ id, title }: Rule): boolean => id !== undefined && title !== undefined

describe('a parser that drops rows without an id or a title', () => {
  it('is found out by a sample in which every row has both', async () => {
    const flaws = await findLostRows(ruleParser((rule) => (isWhole(rule) ? rule : undefined)), rules)
    expect(flaws).toEqual(expect.arrayContaining([
      '2 rows, 1 mappings, 0 reported: /rules/0 is null',
      '2 rows, 1 mappings, 0 reported: /rules/0/id is absent',
      '2 rows, 1 mappings, 0 reported: /rules/1/title is null',
      '2 rows, 1 mappings, 0 reported: all but /rules/1/technique is absent',
    ]))
    expect(flaws.filter((flaw) => flaw.includes('/technique is null'))).toEqual([])
  })

  it('is found out by a sample that has such a row', async () => {
    const content = JSON.stringify({ rules: [{ id: 'R-1', technique: 'T1078' }] })
    const flaws = await findLostRows(ruleParser((rule) => (isWhole(rule) ? rule : undefined)), { ...rules, content })
    expect(flaws).toContain('1 rows, 0 mappings, 0 reported: nothing is missing')
  })

  it('is found out by the account of each run, if it has the rows counted', async () => {
    const dropping = ruleParser((rule) => (isWhole(rule) ? rule : undefined))
    const parse: Parser['parse'] = async (document, context) => {
      context.seen?.(itemsSeen('value' in document ? document.value : undefined, '', 'rules/[]'))
      return dropping.parse(document, context)
    }
    const flaws = await findLostRows({ ...dropping, parse }, rules)
    expect(flaws).toContain('unaccounted rules.json#/rules/1: /rules/1/title is null')
    expect(flaws).not.toContainEqual(expect.stringContaining('nothing is missing'))
  })

  it('is in order if it reports them, each by itself or all by a count', async () => {
    const reporting = ruleParser((rule, pointer, { report }) => {
      if (isWhole(rule)) return rule
      report('parse/unreadable-row', { origin: { document: rules.name, place: { kind: 'pointer', pointer } } })
      return undefined
    })
    expect(await findLostRows(reporting, rules)).toEqual([])
    const counting = ruleParser(() => undefined)
    const parse: Parser['parse'] = async (document, context) => {
      const count = 'value' in document ? itemsOf(document.value, 'rules').length : 0
      context.report('parse/unreadable-row', { origin: { document: document.file.name, place: { kind: 'file' } }, count })
      return counting.parse(document, context)
    }
    expect(await findLostRows({ ...counting, parse }, rules)).toEqual([])
  })
})
