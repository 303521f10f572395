import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { renderSvg } from '../../../../src/emitters/picture/picture.js'
import { findItem, findSubject, nameItem, nameSubject, readAddress, writeAddress } from '../../../../src/emitters/html/view/address.js'
import { compareSets, coverSets, describeComparison, viewCompared } from '../../../../src/emitters/html/view/compare-sets.js'
import { explainOutside, listFigures } from '../../../../src/emitters/html/view/counts.js'
import { drawMatrix } from '../../../../src/emitters/html/view/draw-matrix.js'
import { allRows, countCells, listLegend, viewCell } from '../../../../src/emitters/html/view/matrix-cells.js'
import { writeCsv, writeLayer } from '../../../../src/emitters/html/view/take-away.js'
import type { ReportData, ReportMatrix } from '../../../../src/emitters/html/report-data.js'
import { understand } from '../../../../src/pipeline/convert.js'
import { createMemoryHost } from '../../../../src/pipeline/host.js'
import { schemaErrors } from '../../../../src/schemas/schema-errors.js'
import { hostileSet, hostileTexts, withdrawnSet } from '../../../contract/emitter-sets.js'
import { sampleSet } from '../../../support/sample-sets.js'
import { validateFile } from '../../validation/validate-file.js'
import { reportData } from './report-data.js'

const data = await reportData(sampleSet())
const colors = ['#c6dbef', '#08306b']

function matrixOf({ matrices: [matrix] }: ReportData): ReportMatrix {
  if (!matrix) throw new Error('There is no matrix')
  return matrix
}

function layer(of: ReportData, filter?: string): string {
  return writeLayer(of, matrixOf(of), countCells(of, allRows(of)), { filter, measure: 'count', highest: 1, colors })
}

function draw(of: ReportData, filter?: string): ReturnType<typeof drawMatrix> {
  const all = countCells(of, allRows(of))
  return drawMatrix({
    data: of, matrix: matrixOf(of), filter, view: (entry) => viewCell(entry, all, 'count', 2), legend: listLegend('count', 2),
    colours: () => ({ fill: '#c6dbef', color: '#000000' }),
  })
}

describe('rows saved as CSV', () => {
  it('are read back by Crosswalk as what they were, but for the apostrophe before a formula', async () => {
    const { sets } = await understand({ inputs: [] }, createMemoryHost({ 'rows.csv': writeCsv(data, allRows(data)) }))
    const rows = sets.flatMap(({ set }) => set.mappings)
    const list = (mappings: typeof rows): unknown => mappings.map((row) => [
      row.kind, row.kind === 'unmapped-technique' ? '' : row.capability.id, row.kind === 'unmapped-capability' ? '' : row.technique.id,
      row.score?.category, row.score?.value, row.comments?.replace(/^'=/, '='), row.references,
    ])
    expect(list(rows)).toEqual(list([...sampleSet().mappings]))
    expect(sets.map(({ set: { framework, attack } }) => [framework.id, framework.version, attack])).toEqual(
      [['aws', '12/12/2024', { domain: 'enterprise', version: '16.1' }]],
    )
  })

  it('are only those that are shown', () => {
    expect(writeCsv(data, [2]).split('\r\n').slice(1)).toEqual([expect.stringContaining('amazon_guardduty'), ''])
  })

  it('begin no cell like a formula, and quote what must be', async () => {
    const hostile = await reportData(hostileSet('=1+1,"a"\nb'))
    const text = writeCsv(hostile, allRows(hostile))
    expect(text).toContain('"\'=1+1,""a""')
    const cells = parse(text, { bom: true }).flat().map(String)
    expect(cells.filter((cell) => cell.startsWith("'=1+1")).length).toBeGreaterThan(10)
    expect(cells.filter((cell) => /^[=+\-@]/.test(cell))).toEqual([])
  })
})

describe('the layer of a matrix', () => {
  it('is one that Navigator takes, with the techniques that are mapped, and their parents unfolded', async () => {
    expect(await validateFile(layer(data), 'a.json')).toEqual({ kind: 'navigator-layer', found: [] })
    const { techniques, versions, domain } = JSON.parse(layer(data))
    expect(techniques).toEqual([
      { techniqueID: 'T1190', score: 1, comment: '1 capability' },
      { techniqueID: 'T1553', showSubtechniques: true },
      { techniqueID: 'T1553.002', score: 1, comment: '1 capability' },
    ])
    expect([versions.attack, domain]).toEqual(['16', 'enterprise-attack'])
  })

  it('says what was filtered', () => {
    expect(JSON.parse(layer(data, 'Tactic: Execution')).description).toContain('Filtered: Tactic: Execution.')
  })

  it.each(Object.entries(hostileTexts))('is valid with %s', async (_name, text) => {
    expect((await validateFile(layer(await reportData(hostileSet(text)), text), 'a.json')).found).toEqual([])
  })
})

describe('the picture of a matrix', () => {
  it('is a valid picture of all tactics, with mapped sub-techniques', async () => {
    const picture = draw(data)
    expect(await schemaErrors('matrix-picture', picture)).toEqual([])
    expect(picture.cells.filter(({ kind }) => kind === 'tactic').length).toBe(14)
    expect(picture.cells.filter(({ kind }) => kind === 'sub-technique').map(({ id }) => id)).toContain('T1553.002')
    expect(renderSvg(picture)).toContain('Initial Access: 1 of 10')
  })

  it.each(Object.entries(hostileTexts))('is valid with %s', async (_name, text) => {
    expect(await schemaErrors('matrix-picture', draw(await reportData(hostileSet(text)), text))).toEqual([])
  })
})

describe('an address', () => {
  const views = ['matrix', 'mappings']

  it('is read as it was written, without what is unknown', () => {
    const address = { view: 'mappings', q: 'a & b?#', tactic: 'Initial Access', sort: '-score' }
    expect(readAddress(writeAddress(address), views)).toEqual(address)
    expect(readAddress('#mappings?q=&else=1', views)).toEqual({ view: 'mappings' })
    expect(readAddress('#main', views)).toBeUndefined()
    expect(writeAddress({ view: 'matrix', q: '' })).toBe('#matrix')
  })

  it('names items by their text where that is short and unique', () => {
    const names = ['one', 'two', 'two', '~1', 'x'.repeat(200), '']
    expect(names.map((_name, index) => nameItem(names, index))).toEqual(['one', '~1', '~2', '~3', '~4', '~5'])
    expect(names.map((_name, index) => findItem(names, nameItem(names, index)))).toEqual([0, 1, 2, 3, 4, 5])
    expect([findItem(names, '~9'), findItem(names, 'three')]).toEqual([-1, -1])
  })

  it('names what is open', () => {
    const technique = data.techniques.findIndex(({ id }) => id === 'T1190')
    expect(nameSubject(data, { kind: 'technique', index: technique })).toBe('technique T1190')
    expect(findSubject(data, 'technique T1190')).toEqual({ kind: 'technique', index: technique })
    expect(findSubject(data, 'row 5')).toEqual({ kind: 'row', index: 4 })
    expect(['row 6', 'row x', 'row 0', 'technique T0', 'else 1', ''].map((detail) => findSubject(data, detail))).toEqual(
      Array.from({ length: 6 }, () => undefined),
    )
  })
})

describe('two frameworks compared', () => {
  it('show what only one maps, what both do, and which is better', async () => {
    const [first] = sampleSet().mappings
    if (first?.kind !== 'mapped') throw new Error('The first row maps')
    const worse = { ...first, technique: { id: 'T1190' }, score: { category: 'detect', value: 'minimal' } }
    const both = await reportData(sampleSet(), { ...sampleSet(), mappings: [worse, { ...worse, technique: { id: 'T1110' } }] })
    const comparison = compareSets(both, allRows(both), 0, 1)
    const look = (id: string): string => {
      const entry = both.matrices.flatMap(({ tactics }) => tactics.flatMap(({ entries }) => entries))
        .find(([index]) => both.techniques[index]?.id === id)
      return entry ? viewCompared(entry, comparison).look : ''
    }
    expect(['T1190', 'T1110', 'T1553', 'T1200'].map(look)).toEqual(['a-better', 'only-b', 'through', 'none'])
    expect(describeComparison(both, comparison)).toBe('Techniques: 1 only in A, 1 only in B, 1 in both: 1 better in A, 0 better in B')
    expect(coverSets(both, allRows(both)).map(({ rows, techniques, subTechniques, only }) => [rows, techniques, subTechniques, only]))
      .toEqual([[5, 1, 1, 1], [2, 2, 0, 1]])
  })
})

describe('the figures', () => {
  it('count the shown rows, each technique once', () => {
    expect(listFigures(data, countCells(data, allRows(data)), allRows(data))).toEqual([
      ['2 of 656', 'techniques and sub-techniques covered: 1%'], ['2 of 3', 'capabilities map to techniques'],
      ['654', 'gaps: nothing maps to them'],
    ])
  })

  it('are explained where rows name techniques that the matrix has not', async () => {
    expect(explainOutside(data)).toBeUndefined()
    expect(explainOutside(await reportData(withdrawnSet()))).toBe('5 techniques in rows, 4 not in the matrix: 2 unknown, 1 revoked, 1 deprecated')
  })
})
