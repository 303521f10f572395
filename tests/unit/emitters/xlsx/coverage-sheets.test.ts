import { readXlsx } from 'hucre/xlsx'
import { describe, expect, it } from 'vitest'
import { coverageReport } from '../../../../src/analyses/coverage/coverage-report.js'
import { loadAttackIndex } from '../../../../src/attack/load-attack.js'
import { coverSet, labelSets } from '../../../../src/coverage/cover-set.js'
import { uniteCoverage } from '../../../../src/coverage/unite-coverage.js'
import { columnNotes } from '../../../../src/emitters/xlsx/sheet-columns.js'
import type { TableSheet } from '../../../../src/emitters/xlsx/workbook.js'
import type { ResolvedSet } from '../../../../src/model/mapping-set.js'
import type { ReportTable } from '../../../../src/model/report-table.js'
import { emitContext } from '../../../support/emit-context.js'
import { readParts } from '../../../support/read-workbook.js'
import { sampleSet } from '../../../support/sample-sets.js'
import { emitSets, valuesOf } from './emit.js'

const attack = await loadAttackIndex()
const sample = sampleSet()
const other: ResolvedSet = { ...sample, framework: { id: 'gcp', name: 'GCP' }, attack: { domain: 'enterprise', version: '14.1' } }
const mobile: ResolvedSet = { ...sample, attack: { domain: 'mobile' } }
const { workbook, sheet, table, bytes } = await emitSets([sample], emitContext(attack))

/** What `crosswalk coverage` says of the sets. */
function report(sets: readonly ResolvedSet[]): readonly ReportTable[] {
  const covered = labelSets(sets.map((set) => ({ folder: '', set }))).map((labelled) => coverSet(labelled, attack))
  return coverageReport({ sets: covered, unions: uniteCoverage(covered) }).tables
}

function columnOf({ columns, rows }: ReportTable, key: string): readonly unknown[] {
  const index = columns.findIndex((column) => column.key === key)
  if (index < 0) throw new Error(`no column ${key}`)
  return rows.map((row) => row[index])
}

function cells({ columns, rows, totals = [] }: TableSheet, title: string): readonly unknown[] {
  const index = columns.findIndex((column) => column.title === title)
  if (index < 0) throw new Error(`no column ${title}`)
  return [...rows, ...totals].map((row) => row[index])
}

const sameColumns: readonly (readonly [title: string, key: string])[] = [
  ['In ATT&CK', 'in_attack'], ['Mapped', 'mapped'], ['Share mapped', 'covered'], ['Declared unmappable', 'unmappable'],
  ['Named only', 'named_only'], ['Not mentioned', 'not_mentioned'], ['Only through sub-techniques', 'only_through_sub_techniques'],
]

describe('the sheet Coverage', () => {
  it('says what crosswalk coverage says, tactic by tactic and in total', () => {
    const tactics = report([sample]).find(({ name }) => name === 'tactics')
    const levels = report([sample]).find(({ name }) => name === 'levels')
    if (!tactics || !levels) throw new Error('no tables')
    for (const [title, key] of sameColumns) expect(cells(table('Coverage'), title), title).toEqual(columnOf(tactics, key))
    expect(cells(table('Coverage'), 'Techniques mapped')).toEqual(columnOf(levels, 'techniques_mapped'))
    expect(cells(table('Coverage'), 'Sub-techniques')).toEqual(columnOf(levels, 'sub_techniques_in_attack'))
  })

  it('agrees with Read me, By technique and Gaps', () => {
    const facts = new Map(valuesOf(sheet('Read me')).toReversed().map(([label, value]) => [label, value]))
    const total = table('Coverage').totals?.[0] ?? []
    // The sample names no technique that is not active.
    expect(total[2]).toBe(facts.get('Techniques that are mapped'))
    expect(valuesOf(sheet('By technique')).filter((row) => Number(row[4]) > 0)).toHaveLength(Number(total[2]))
    const gaps = valuesOf(sheet('Gaps')).slice(1)
    expect(new Set(gaps.map((row) => row[1])).size).toBe(Number(total[1]) - Number(total[2]))
    for (const [tactic, inAttack, mapped] of table('Coverage').rows) {
      expect([tactic, gaps.filter((row) => row[0] === tactic).length]).toEqual([tactic, Number(inAttack) - Number(mapped)])
    }
  })

  it('has a chart of the rows without the totals, on the same page', () => {
    const parts = readParts(bytes)
    const chart = parts.get('xl/charts/chart1.xml') ?? ''
    const rows = table('Coverage').rows.length
    expect(Array.from(chart.matchAll(/<c:f>([^<]*)<\/c:f>/g), ([, range]) => range)).toEqual(
      ['C', 'E', 'F', 'G'].flatMap((letter) => [`'Coverage'!$A$2:$A$${rows + 1}`, `'Coverage'!$${letter}$2:$${letter}$${rows + 1}`]),
    )
    expect(chart).toContain('<c:grouping val="stacked"/>')
    expect(parts.get('xl/tables/table4.xml')).toContain(`ref="A1:L${rows + 1}"`)
    expect(parts.get('xl/worksheets/sheet6.xml')).toContain('fitToWidth="1" fitToHeight="1"')
  })

  it('stands once a domain for several sets: all together by tactic, each in a total', async () => {
    const { workbook: combined, table: combinedTable } = await emitSets([sample, other, mobile], emitContext(attack))
    expect(combined.sheets.map(({ name }) => name).filter((name) => name.startsWith('Coverage')))
      .toEqual(['Coverage Enterprise', 'Coverage Mobile'])
    const tactics = report([sample, other, mobile]).find(({ name }) => name === 'tactics')
    if (!tactics) throw new Error('no table')
    const mapped = (label: string): readonly unknown[] =>
      columnOf(tactics, 'mapped').filter((_, row) => columnOf(tactics, 'set')[row] === label)
    const union = mapped('all (enterprise)')
    expect(cells(combinedTable('Coverage Enterprise'), 'Mapped').slice(0, union.length)).toEqual(union)
    const totals = combinedTable('Coverage Enterprise').totals ?? []
    expect(totals.map((row) => [row[0], row[2]]).slice(1)).toEqual(
      totals.slice(1).map(([label]) => [label, mapped(String(label)).at(-1)]),
    )
    expect(totals).toHaveLength(3)
  })
})

describe('the sheet Gaps', () => {
  it('has what is not mapped under each of its tactics, and why', () => {
    const rows = valuesOf(sheet('Gaps'))
    const [titles] = rows
    expect(titles?.slice(0, 5)).toEqual(['Tactic', 'Technique', 'Name', 'Level', 'Why'])
    const domains = rows.find((row) => row[1] === 'T1583.001')
    expect(domains?.slice(0, 5)).toEqual(['Resource Development', 'T1583.001', 'Domains', 'sub-technique', 'declared unmappable'])
    const scheduled = rows.filter((row) => row[1] === 'T1053')
    const also = titles?.indexOf('Also in') ?? -1
    expect(scheduled.map((row) => [row[0], row[also]])).toEqual([
      ['Execution', 'Persistence; Privilege Escalation'],
      ['Persistence', 'Execution; Privilege Escalation'],
      ['Privilege Escalation', 'Execution; Persistence'],
    ])
    expect(rows.some((row) => row[1] === 'T1190')).toBe(false)
    const through = titles?.indexOf('Sub-techniques mapped') ?? -1
    expect(rows.filter((row) => row[through] === 'yes').map((row) => row[1])).toEqual(['T1553'])
  })

  it('gives the reason of the documents where there is one', async () => {
    const mappings = sample.mappings.map((mapping) =>
      (mapping.kind === 'unmapped-technique' ? { ...mapping, comments: 'Outside of what the platform sees.' } : mapping))
    const rows = valuesOf((await emitSets([{ ...sample, mappings }], emitContext(attack))).sheet('Gaps'))
    const reason = rows[0]?.indexOf('Reason') ?? -1
    expect(rows.find((row) => row[1] === 'T1583.001')?.[reason]).toBe('Outside of what the platform sees.')
  })
})

describe('Read me', () => {
  it('names every sheet, and tells of every column what it holds and what a blank means', async () => {
    const all = [workbook, (await emitSets([sample, other, mobile], emitContext(attack))).workbook]
    for (const { sheets } of all) {
      const [readMe] = sheets
      const lines = readMe?.layout === 'page' ? readMe.lines.map(({ cells: [first] }) => first) : []
      for (const { name } of sheets.slice(1)) expect(lines, name).toContain(name)
      for (const each of sheets) {
        if (each.layout !== 'table' || each.name === 'Mappings' || each.name === 'Notes') continue
        const notes = columnNotes[each.name.replace(/^(Coverage) .*/, '$1')]
        for (const { title } of each.columns) {
          expect(notes?.[title], `${each.name}: ${title}`).toBeDefined()
          expect(lines, title).toContain(title)
        }
      }
    }
  })

  it('has room to sign, which nothing reads back', () => {
    const [readMe] = workbook.sheets
    const forms = readMe?.layout === 'page' ? readMe.lines.filter(({ kind }) => kind === 'form') : []
    expect(forms.map(({ cells: signed }) => signed)).toEqual(
      ['Prepared by', 'Reviewed by', 'Approved by'].map((role) => [role, null, null, null]),
    )
  })
})

/** Rows without the blanks at their ends; readers differ in how many of these they give. */
function trim(rows: readonly (readonly unknown[])[]): readonly (readonly unknown[])[] {
  const ended = rows.map((row) => row.slice(0, row.findLastIndex((cell) => cell !== null && cell !== undefined) + 1))
  return ended.filter(({ length }) => length > 0)
}

it('hucre reads the sheets as SheetJS does', async () => {
  const read = await readXlsx(bytes)
  expect(read.sheets.map(({ name }) => name)).toEqual(workbook.sheets.map(({ name }) => name))
  for (const { name, rows } of read.sheets) {
    expect(trim(rows), name).toEqual(trim(valuesOf(sheet(name))))
  }
})
