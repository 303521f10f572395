import * as sheetjs from 'xlsx'
import { describe, expect, it } from 'vitest'
import { loadAttackIndex } from '../../../../src/attack/load-attack.js'
import { renderWorkbook } from '../../../../src/emitters/xlsx/render-workbook.js'
import { tableColumns } from '../../../../src/emitters/table/table-columns.js'
import { mappingIds } from '../../../../src/emitters/table/mapping-ids.js'
import { mappingsSheets, measureMappings } from '../../../../src/emitters/xlsx/mappings-sheet.js'
import { verdicts } from '../../../../src/model/vocabulary.js'
import type { ResolvedSet } from '../../../../src/model/mapping-set.js'
import { describeSet } from '../../../support/describe-set.js'
import { emitContext } from '../../../support/emit-context.js'
import { readTable } from '../../../support/read-table.js'
import { readParts } from '../../../support/read-workbook.js'
import { sampleSet } from '../../../support/sample-sets.js'
import { emitSets, valuesOf } from './emit.js'

const attack = emitContext(await loadAttackIndex())
const { bytes } = await emitSets([sampleSet()], attack)
const parts = readParts(bytes)
const xml = parts.get('xl/worksheets/sheet2.xml') ?? ''

/** The sample with verdicts on two rows and a remark on a third. */
function reviewedSet(): ResolvedSet {
  const reviews = [
    { verdict: 'agreed', initials: 'AB' }, { verdict: 'fine by me' }, undefined, { remark: 'Ask the team.\n=1+1' }, undefined,
  ]
  const set = sampleSet()
  return { ...set, mappings: set.mappings.map((row, index) => ({ ...row, ...(reviews[index] && { review: reviews[index] }) })) }
}

/** The workbook as another program saves it, with texts put into cells. */
function edit(original: Uint8Array, cells: Readonly<Record<string, string>>): Uint8Array {
  const book = sheetjs.read(original, { type: 'array' })
  const sheet = book.Sheets['Mappings']
  if (!sheet) throw new Error('no sheet Mappings')
  for (const [address, text] of Object.entries(cells)) sheet[address] = { t: 's', v: text }
  const saved: unknown = sheetjs.write(book, { bookType: 'xlsx', type: 'array' })
  if (!(saved instanceof ArrayBuffer)) throw new Error('SheetJS wrote no bytes')
  return new Uint8Array(saved)
}

describe("the auditor's cells", () => {
  it('have one rule a column, over all its rows', () => {
    const rules = Array.from(xml.matchAll(/<dataValidation type="(\w+)" sqref="([A-Z0-9:]+)"/g), ([, type, range]) => [type, range])
    expect(rules).toEqual([['list', 'Z2:Z6'], ['textLength', 'AA2:AA6'], ['textLength', 'AB2:AB6']])
  })

  it('offer the verdicts, ask about other words, and refuse long initials', () => {
    expect(xml).toContain(`<formula1>"${verdicts.map(({ word }) => word).join(',')}"</formula1>`)
    const [list, initials] = xml.match(/<dataValidation [^>]*>/g) ?? []
    expect(list).toContain('errorStyle="warning"')
    expect(initials).toContain('operator="lessThanOrEqual"')
    expect(initials).toContain('errorStyle="stop"')
    for (const rule of [list, initials]) expect(rule).toMatch(/promptTitle="[^"]{1,32}" prompt="[^"]{1,255}"/)
  })

  it('look as if to be filled in, blank ones too', () => {
    const format = /<conditionalFormatting sqref="Z2:Z6 AA2:AA6 AB2:AB6"><cfRule type="expression" priority="1" dxfId="(\d+)"><formula>TRUE</.exec(xml)?.[1]
    const formats = parts.get('xl/styles.xml')?.match(/<dxf>.*?<\/dxf>/g) ?? []
    expect(formats[Number(format)]).toContain('<fill><patternFill patternType="solid"><bgColor rgb="FFFFFBE0"/>')
    expect(formats[Number(format)]).toContain('<left style="thin"><color rgb="FFD9E2EC"/>')
    expect(xml).not.toMatch(/<c r="[A-Z]+\d+" s="\d+"\/>/)
    // Where somebody writes, text wraps and begins at the top.
    const wrapped = /<col min="28" max="28"[^>]* style="(\d+)"/.exec(xml)?.[1]
    expect(parts.get('xl/styles.xml')?.match(/<cellXfs.*<\/cellXfs>/)?.[0].split('<xf ')[Number(wrapped) + 1]).toContain('<alignment vertical="top" wrapText="1"/>')
  })

  it('have no rules where there are no rows', async () => {
    const empty = { ...sampleSet(), mappings: [], capabilities: new Map() }
    expect(readParts((await emitSets([empty])).bytes).get('xl/worksheets/sheet2.xml')).not.toContain('dataValidation')
  })

  it('cost three rules however many rows there are', async () => {
    const row = { mapping_framework: 'x', technology_domain: 'enterprise', capability_id: 'a', mapping_id: 'b' }
    const measure = measureMappings()
    const rows = Array.from({ length: 5000 }, () => row)
    for (const one of rows) measure.add(one)
    const [sheet] = mappingsSheets(rows, measure.end())
    const dates = { created: '2024-01-01', modified: '2024-01-01' }
    const text = readParts(renderWorkbook({ title: 'x', creator: 'x', ...dates, sheets: [sheet] })).get('xl/worksheets/sheet1.xml')
    expect(text?.match(/<dataValidation /g)).toHaveLength(3)
    expect(text).toContain('sqref="AB2:AB5001"')
  })
})

describe('a workbook with verdicts', () => {
  it('is read back as the same set, and the rows keep their ids', async () => {
    const emitted = await emitSets([reviewedSet()], attack)
    const { sets } = await readTable('x.xlsx', emitted.bytes)
    expect(sets.map(describeSet)).toEqual([describeSet(reviewedSet())])
    expect(mappingIds(reviewedSet())).toEqual(mappingIds(sampleSet()))
  })

  it('counts them in Read me', async () => {
    const lines = valuesOf((await emitSets([reviewedSet()])).sheet('Read me'))
    const counts = new Map(lines.map(([first, , third]) => [first, third]))
    expect(['agreed', 'disagreed', 'another word', 'no verdict', 'without initials'].map((word) => counts.get(word)))
      .toEqual([1, 0, 1, 3, 1])
  })

  it('keeps what was filled in by hand and saved by another program', async () => {
    const saved = edit(bytes, { Z2: 'Agreed', AA2: 'AB', Z4: 'disagreed', AA4: 'CD', AB4: 'See\nticket 7.' })
    const { sets, diagnostics } = await readTable('reviewed.xlsx', saved)
    expect(diagnostics).toEqual([])
    expect(sets[0]?.mappings.map(({ review }) => review)).toEqual([
      { verdict: 'agreed', initials: 'AB' }, undefined, { verdict: 'disagreed', initials: 'CD', remark: 'See\nticket 7.' }, undefined, undefined,
    ])
    const reviews = sets[0]?.mappings.map(({ review: _review, ...row }) => row)
    const untouched = (await readTable('reviewed.xlsx', bytes)).sets[0]?.mappings
    expect(reviews).toEqual(untouched)
  })

  it('keeps words that are none of the list, and tells their cell', async () => {
    const { sets, diagnostics } = await readTable('reviewed.xlsx', edit(bytes, { Z3: 'looks fine', Z5: 'looks fine', Z6: ' ' }))
    expect(sets[0]?.mappings.map(({ review }) => review?.verdict)).toEqual([undefined, 'looks fine', undefined, 'looks fine', undefined])
    expect(diagnostics.filter(({ code }) => code === 'parse/unknown-verdict')).toMatchObject([
      { found: 'looks fine', count: 2, origin: { place: { sheet: 'Mappings', cell: 'Z3' } } },
    ])
  })

  it('has its columns at the end, where nothing that is told by its place is moved', () => {
    expect(tableColumns.slice(-3).map(({ name }) => name)).toEqual(['auditor_verdict', 'auditor_initials', 'auditor_remark'])
  })
})
