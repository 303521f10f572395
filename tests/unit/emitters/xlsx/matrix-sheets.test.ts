import { describe, expect, it } from 'vitest'
import { loadAttackIndex } from '../../../../src/attack/load-attack.js'
import { buildMatrix } from '../../../../src/coverage/matrix.js'
import { coverSet } from '../../../../src/coverage/cover-set.js'
import { matrixOptions } from '../../../../src/emitters/matrix/matrix-options.js'
import { contrast, readableOn } from '../../../../src/emitters/matrix/score-rows.js'
import { xlsx } from '../../../../src/emitters/xlsx/xlsx.js'
import type { GridCell, GridSheet, Workbook } from '../../../../src/emitters/xlsx/workbook.js'
import type { ResolvedSet } from '../../../../src/model/mapping-set.js'
import { emitContext } from '../../../support/emit-context.js'
import { readParts, readWorkbook } from '../../../support/read-workbook.js'
import { sampleSet } from '../../../support/sample-sets.js'
import { workbookOptions } from '../../../support/workbook-options.js'

const attack = await loadAttackIndex()

async function emitWith(sets: readonly ResolvedSet[], options: Partial<typeof workbookOptions> = {}) {
  const [artifact] = await xlsx.emit(sets, emitContext(attack), { ...workbookOptions, ...options })
  if (!artifact) throw new Error('nothing was emitted')
  const workbook: Workbook = JSON.parse(JSON.stringify(artifact.value))
  const grids = workbook.sheets.filter((sheet): sheet is GridSheet => sheet.layout === 'grid')
  return { grids, bytes: await artifact.render() }
}

function cellsOf(grid: GridSheet | undefined): readonly GridCell[] {
  return grid?.rows.flat().filter((cell) => cell !== null) ?? []
}

/** The cell whose text holds this, and the number beside it. */
function find(grid: GridSheet | undefined, text: string): readonly [GridCell | null | undefined, GridCell | null | undefined] {
  for (const row of grid?.rows ?? []) {
    const index = row.findIndex((cell) => cell !== null && String(cell.value).includes(text))
    if (index >= 0) return [row[index], row[index + 1]]
  }
  return [undefined, undefined]
}

describe('the sheet Matrix', () => {
  it('has the tactics in the order of ATT&CK, and each technique with its number, as the matrix has them', async () => {
    const { grids: [grid] } = await emitWith([sampleSet()])
    const columns = buildMatrix(coverSet({ label: '', set: sampleSet() }, attack))
    const headings = grid?.rows[3]?.filter((_, index) => index % 2 === 0).map((cell) => String(cell?.value).split('\n')[0])
    expect(headings).toEqual(columns.map(({ tactic }) => tactic?.name))
    for (const [index, { entries }] of columns.entries()) {
      const wanted = entries.flatMap(({ technique, subTechniques }) => [technique, ...subTechniques])
      const found = grid?.rows.slice(4).flatMap((row) => (row[index * 2] ? [[row[index * 2], row[index * 2 + 1]] as const] : []))
      expect(found?.map(([cell, count]) => [/T[\d.]+/.exec(String(cell?.value).split('\n')[1] ?? '')?.[0], count?.value, cell?.kind]))
        .toEqual(wanted.map(({ id, capabilities, isSubTechnique }) => [id, capabilities.length, isSubTechnique ? 'inner' : 'entry']))
    }
  })

  it('says in words what colours say, and links every number', async () => {
    const { grids: [grid] } = await emitWith([sampleSet()])
    expect(find(grid, 'T1190').map((cell) => cell?.value)).toEqual(['Exploit Public-Facing Application\nT1190 · significant', 1])
    expect(find(grid, 'T1583.001').map((cell) => cell?.value)).toEqual(['Domains\nT1583.001 · unmappable', 0])
    expect(find(grid, 'T1583.001')[1]?.link).toBe('https://attack.mitre.org/techniques/T1583/001/')
    expect(find(grid, 'T1110')[0]).toEqual({ kind: 'entry', value: 'Brute Force\nT1110' })
    expect(grid?.rows[3]?.[1]?.link).toBe('https://attack.mitre.org/tactics/TA0043/')
    for (const cell of cellsOf(grid)) expect(cell.link !== undefined).toBe(typeof cell.value === 'number')
  })

  it.each(matrixOptions.palette.values)('has a legend of all its colours, with text that can be read on them: %s', async (palette) => {
    for (const score of matrixOptions['matrix-score'].values) {
      const { grids: [grid] } = await emitWith([sampleSet()], { palette, 'matrix-score': score })
      const keys = new Map(cellsOf(grid).filter(({ kind }) => kind === 'key').map(({ value, fill }) => [value, fill]))
      const fills = new Set(cellsOf(grid).flatMap(({ kind, fill }) => (kind === 'key' || fill === undefined ? [] : [fill])))
      expect(fills.size).toBeGreaterThan(1)
      expect([...keys.values()]).toEqual(expect.arrayContaining([...fills]))
      const words = ['declared unmappable', 'not mentioned', score === 'best' ? 'partial' : '1 capability']
      expect([...keys.keys()]).toEqual(expect.arrayContaining(words))
      for (const fill of fills) expect(contrast(fill, readableOn(fill))).toBeGreaterThanOrEqual(4.5)
    }
  })

  it('colours by the best score on request', async () => {
    const { grids: [grid] } = await emitWith([sampleSet()], { 'matrix-score': 'best' })
    const keys = new Map(cellsOf(grid).filter(({ kind }) => kind === 'key').map(({ value, fill }) => [value, fill]))
    expect(find(grid, 'T1190')[0]?.fill).toBe(keys.get('significant'))
    expect(find(grid, 'T1553.002')[0]?.fill).toBe(keys.get('partial'))
  })

  it('stands once a domain, under names that Excel takes', async () => {
    const mobile: ResolvedSet = { ...sampleSet(), attack: { domain: 'mobile' } }
    const other = { ...sampleSet(), framework: { id: 'gcp', name: 'GCP' } }
    const { grids } = await emitWith([mobile, sampleSet(), other])
    expect(grids.map(({ name }) => name)).toEqual(['Matrix Enterprise', 'Matrix Mobile'])
    expect(find(grids[0], 'T1190')[1]?.value).toBe(2)
    expect(grids[0]?.rows[0]?.[0]?.value).toBe('Matrix: 2 mapping sets and Enterprise ATT&CK 16.1')
  })

  it('prints on A3, as wide as the page, with legend and tactics on each page; numbers are numbers', async () => {
    const { bytes, grids: [grid] } = await emitWith([sampleSet()])
    const parts = readParts(bytes)
    const sheet = parts.get('xl/worksheets/sheet5.xml') ?? ''
    expect(sheet).toContain('<pageSetup paperSize="8" orientation="landscape" fitToWidth="1" fitToHeight="0"/>')
    expect(sheet).toContain('<pane ySplit="4" topLeftCell="A5" state="frozen"')
    expect(parts.get('xl/workbook.xml')).toContain("'Matrix'!$1:$4")
    const read = readWorkbook(bytes).get('Matrix')?.flat().filter(({ value }) => typeof value === 'number') ?? []
    expect(read.map(({ value }) => value)).toEqual(cellsOf(grid).map(({ value }) => value).filter((value) => typeof value === 'number'))
    expect(read.every(({ link }) => link?.startsWith('https://attack.mitre.org/') === true)).toBe(true)
  })
})

describe('readableOn', () => {
  it('has enough contrast on any colour', () => {
    for (let colour = 0; colour < 0x1_00_00_00; colour += 9973) {
      const fill = `#${colour.toString(16).padStart(6, '0')}`
      expect(contrast(fill, readableOn(fill))).toBeGreaterThanOrEqual(4.5)
    }
  })

  it('knows the ends', () => {
    expect([readableOn('#ffffff'), readableOn('#000000'), Math.round(contrast('#ffffff', '#000000'))]).toEqual(['#000000', '#ffffff', 21])
  })
})
