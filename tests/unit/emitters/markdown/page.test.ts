import { describe, expect, it } from 'vitest'
import { csv } from '../../../../src/emitters/csv/csv.js'
import { countFacts, countSets } from '../../../../src/emitters/table/set-facts.js'
import { xlsx } from '../../../../src/emitters/xlsx/xlsx.js'
import type { ResolvedSet } from '../../../../src/model/mapping-set.js'
import { emitContext } from '../../../support/emit-context.js'
import { originAt, sampleSet } from '../../../support/sample-sets.js'
import { createSet, mapped } from '../../../support/small-set.js'
import { column, emitSets } from './emit.js'
import { workbookOptions } from '../../../support/workbook-options.js'

const sections = [
  'About', 'Counts', 'Source documents', 'Mapping types', 'Techniques', 'Capabilities', 'Without a mapping', 'Rows', 'Notes',
]

describe('the page of a set', () => {
  it('has its sections in order, under the title of the set', async () => {
    const { page } = await emitSets([sampleSet()])
    expect(page.headings).toEqual([
      { level: 1, text: 'AWS 12/12/2024 and Enterprise ATT&CK 16.1' },
      ...sections.map((text) => ({ level: 2, text })),
    ])
  })

  it('says what it is about, and what is not stated', async () => {
    const { attack, about } = sampleSet()
    const set = { ...sampleSet(), about: { ...about, contact: 'author@example.org' }, attack: { domain: attack.domain } }
    const { table } = await emitSets([set])
    const facts = new Map(table('About').rows.map(([label, value]) => [label?.text, value?.text]))
    expect(facts.get('Framework version')).toBe('12/12/2024')
    expect(facts.get('ATT&CK version')).toBe('not stated')
    expect(facts.get('Contact')).toBe('author@example.org')
    expect(facts.get('Created')).toBe('2021-09-21')
  })

  it('says which date was supplied', async () => {
    const { table } = await emitSets([createSet({ rows: [mapped('a', 'T1190')] })], { ...emitContext(), created: '2024-12-31' })
    expect(column(table('About'), 'Value')).toContain('2024-12-31 (supplied when the page was made)')
  })

  it('counts as every other artifact does', async () => {
    const set = sampleSet()
    const { table, counts } = await emitSets([set])
    expect(table('Counts').rows.map((row) => row.map(({ text }) => text))).toEqual(
      countFacts(countSets([set])).map(([label, count]) => [label, String(count)]))
    const [workbook] = await xlsx.emit([set], emitContext(), workbookOptions)
    const [rows] = await csv.emit([set], emitContext(), { 'csv-raw': true })
    expect(counts).toEqual(workbook?.counts)
    expect(counts).toMatchObject({ ...rows?.counts })
  })

  it('lists as many techniques, capabilities and rows as it counts', async () => {
    const { table, counts } = await emitSets([sampleSet()])
    expect(table('Techniques').rows).toHaveLength(counts['mappedTechniques'] ?? -1)
    expect(table('Capabilities').rows).toHaveLength(counts['mappedCapabilities'] ?? -1)
    expect(table('Rows').rows).toHaveLength(counts['rows'] ?? -1)
    const { capabilities = 0, mappedCapabilities = 0, techniques = 0, mappedTechniques = 0 } = counts
    const unmapped = column(table('Without a mapping'), 'What')
    expect(unmapped.filter((what) => what === 'capability')).toHaveLength(capabilities - mappedCapabilities)
    expect(unmapped.filter((what) => what === 'technique')).toHaveLength(techniques - mappedTechniques)
  })

  it('links techniques, names their tactics and their best scores', async () => {
    const { table } = await emitSets([sampleSet()])
    const [first, second] = table('Techniques').rows
    expect(first?.map(({ text }) => text)).toEqual([
      'T1190', 'Exploit Public-Facing Application', 'initial-access', '1', '1', 'detect: significant', 'amazon_guardduty',
    ])
    expect(second?.[0]?.links).toEqual(['https://attack.mitre.org/techniques/T1553/002/'])
    expect(second?.[5]?.text).toBe('protect: partial\ndetect: minimal')
  })

  it('says what is withdrawn, only where something is', async () => {
    const { table } = await emitSets([createSet({ rows: [mapped('a', 'T1066'), mapped('a', 'T1190'), mapped('b', 'no id')] })])
    expect(column(table('Techniques'), 'In ATT&CK')).toEqual(['revoked', '', 'unknown'])
    expect(table('Techniques').rows[2]?.[0]?.links).toEqual([])
    const plain = await emitSets([sampleSet()])
    expect(plain.table('Techniques').titles).not.toContain('In ATT&CK')
  })

  it('says why something is not mapped', async () => {
    const { table } = await emitSets([sampleSet()])
    expect(table('Without a mapping').rows.map((row) => row.map(({ text }) => text))).toEqual([
      ['capability', 'aws_artifact', 'AWS Artifact', 'declared unmappable', 'Gives access to reports only.'],
      ['technique', 'T1583.001', 'Domains', 'declared unmappable', ''],
    ])
  })

  it('prints every row with its comment, its references and its place', async () => {
    const { table } = await emitSets([sampleSet()])
    const rows = table('Rows')
    expect(column(rows, 'Capability')[0]).toBe('aws_cloudhsm\nAWS CloudHSM')
    expect(column(rows, 'Technique')).toEqual([
      'T1553.002\nCode Signing', 'T1553.002\nCode Signing', 'T1190\nExploit Public-Facing Application', '', 'T1583.001\nDomains',
    ])
    expect(column(rows, 'Comment')[0]).toBe('Keys stay in hardware.\nA second line.')
    expect(column(rows, 'References')[0]).toBe('https://example.org/cloudhsm\nhttps://example.org/keys')
    expect(column(rows, 'Score')).toEqual(['protect: partial', 'detect: minimal', 'detect: significant', '', ''])
    expect(column(rows, 'Source')).toEqual([5, 9, 12, 15, 18].map((line) => `sample.txt, line ${line}`))
  })

  it('prints each document beside its own place', async () => {
    const row = mapped('a', 'T1190', { origins: [originAt(3, 'a.txt'), originAt(7, 'b.txt')] })
    const { table } = await emitSets([createSet({ rows: [row] })])
    expect(column(table('Rows'), 'Source')).toEqual(['a.txt, line 3\nb.txt, line 7'])
  })

  it('prints what was found on the way', async () => {
    const message = 'It *breaks* off'
    const found = { code: 'parse/truncated', severity: 'error', message, origin: originAt(4), count: 2 } as const
    const { table, page } = await emitSets([sampleSet()], { ...emitContext(), diagnostics: [found] })
    expect(table('Notes').rows.map((row) => row.map(({ text }) => text))).toEqual(
      [['error', 'It *breaks* off', '2', 'sample.txt, line 4', 'parse/truncated']])
    expect(page.headings.at(-1)?.text).toBe('Notes')
    const quiet = await emitSets([sampleSet()])
    expect(quiet.page.others.at(-1)?.text).toBe('Nothing was found that you would have to know.')
  })
})

describe('several sets', () => {
  const other: ResolvedSet = { ...sampleSet(), framework: { id: 'gcp', name: 'GCP' } }

  it('get a section each, which the contents link to', async () => {
    const { page } = await emitSets([sampleSet(), other])
    const anchors = new Set(page.headings.map(({ text }) => `#${text.toLowerCase().replaceAll(' ', '-')}`))
    const links = page.others.flatMap((line) => line.links)
    expect(links).toEqual(['#set-1', '#set-2', '#notes'])
    expect(links.filter((link) => !anchors.has(link))).toEqual([])
    const main = page.headings.filter(({ level }) => level === 2).map(({ text }) => text)
    expect(main).toEqual(['Contents', 'Counts', 'Set 1', 'Set 2', 'Notes'])
    expect(page.tables.filter(({ heading }) => heading === 'Rows')).toHaveLength(2)
  })

  it('are counted together, and each for itself', async () => {
    const { page, counts } = await emitSets([sampleSet(), other])
    expect(counts).toEqual(countSets([sampleSet(), other]))
    const rows = page.tables.filter(({ heading }) => heading === 'Counts').map((table) => column(table, 'Count')[0])
    expect(rows).toEqual(['10', '5', '5'])
  })
})

describe('what the page leaves out', () => {
  it('is reported, with counts', async () => {
    const [first, ...rest] = sampleSet().mappings
    const context = emitContext()
    const described = { id: 'listed', name: 'Listed', description: 'longer', groups: [] }
    if (!first) throw new Error('the sample has rows')
    const more = { author: { name: 'B' }, release: { attackVersion: '9' }, completed: [{ field: 'score', from: originAt(1) }] }
    await emitSets([{
      ...sampleSet(),
      groups: new Map([['idle', { id: 'idle', name: 'Idle', description: 'says more' }]]),
      capabilities: new Map([[described.id, described]]),
      mappings: [{ ...first, ...more }, ...rest],
    }], context)
    const lost = context.log.entries.filter(({ code }) => code === 'emit/not-representable')
    expect(lost.map(({ message, count }) => [message.split(' ').slice(1, 4).join(' '), count])).toEqual([
      ['authors of single', 1],
      ['framework, versions and', 1],
      ['related scores are', 1],
      ['the origin of', 1],
      ['longer descriptions of', 1],
      ['descriptions of groups', 1],
      ['groups without a', 1],
    ])
  })

  it('is nothing where the page shows everything', async () => {
    const context = emitContext()
    const row = mapped('a', 'T1190', { comments: 'why', references: ['https://example.org/'] })
    await emitSets([createSet({ rows: [row] })], context)
    expect(context.log.entries).toEqual([])
  })

  it('is every row where the table of rows is left out', async () => {
    const context = emitContext()
    const { page, counts } = await emitSets([sampleSet()], context, { 'markdown-rows': false })
    expect(page.headings.map(({ text }) => text)).not.toContain('Rows')
    expect(counts['rows']).toBe(0)
    const lost = context.log.entries.filter(({ message }) => message.includes('--no-markdown-rows'))
    expect(lost.map(({ count }) => count)).toEqual([5])
  })
})
