import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { InvalidArtifactError, renderArtifact } from '../../../../src/emitters/artifact-parts.js'
import type { Artifact } from '../../../../src/emitters/emitter.js'
import { mappingsSheets, measureMappings } from '../../../../src/emitters/xlsx/mappings-sheet.js'
import { renderWorkbook, writeWorkbook } from '../../../../src/emitters/xlsx/render-workbook.js'
import type { SheetRows, TableSheet, Workbook } from '../../../../src/emitters/xlsx/workbook.js'
import { xlsx } from '../../../../src/emitters/xlsx/xlsx.js'
import { writeFileAtomically } from '../../../../src/io/write-files.js'
import { collectContent } from '../../../../src/pipeline/host.js'
import { emitContext } from '../../../support/emit-context.js'
import { sampleSet } from '../../../support/sample-sets.js'
import { createSet, mapped } from '../../../support/small-set.js'
import { workbookOptions } from '../../../support/workbook-options.js'

const sample = sampleSet()
/** More rows than are kept for other formats, and than are written together. */
const many = createSet({ rows: Array.from({ length: 10_200 }, (_, index) => mapped(`EX-${index}`, index % 2 === 0 ? 'T1190' : 'T1066')) })

async function emit(set = sample): Promise<Artifact & Required<Pick<Artifact, 'parts'>>> {
  const [artifact] = await xlsx.emit([set], emitContext(), workbookOptions)
  if (!artifact?.parts) throw new Error('no artifact in parts')
  return { ...artifact, value: artifact.value, parts: artifact.parts }
}

/** The rows of a sheet whose cells are made, and counted, when they are written. */
function madeRows(length: number, cellOf: (row: number) => string = (row) => `text ${row}`) {
  const seen = { made: 0 }
  const rows: SheetRows = { length, *[Symbol.iterator]() { for (let row = 0; row < length; row++) { seen.made += 1; yield [cellOf(row)] } } }
  return { seen, rows }
}

function workbookOf(rows: SheetRows): Workbook {
  const sheet: TableSheet = { ...mappingsSheets([], measureMappings().end())[0], columns: [{ title: 'Text', width: 10, format: 'text', unique: true }], rows }
  return { title: 't', creator: 't', created: '2024-01-01', modified: '2024-01-01', sheets: [sheet] }
}

/** The rows of the sheet Mappings. */
function rowsOf({ sheets: [, sheet] }: Workbook): readonly unknown[] {
  return sheet?.layout === 'table' ? [...sheet.rows] : []
}

/** A text that is hardly compressed. */
function noise(row: number): string {
  return Array.from({ length: 40 }, (_, index) => Math.imul(row * 40 + index + 1, 0x9e3779b1).toString(36)).join('')
}

describe('a workbook in parts', () => {
  it.each([['a few rows', sample], ['many rows', many]])('has the bytes of the whole: %s', async (_name, set) => {
    const artifact = await emit(set)
    const content = await renderArtifact(artifact)
    expect(content).not.toBeInstanceOf(Uint8Array)
    expect(Buffer.compare(await collectContent(content), await artifact.render())).toBe(0)
    // Also of the whole value, whose rows are lists.
    const value: Workbook = JSON.parse(JSON.stringify(artifact.value))
    expect(Buffer.compare(renderWorkbook(value), await artifact.render())).toBe(0)
  })

  it('has each row of the sheet Mappings as an item of one piece, and the rest in its head', async () => {
    const { value, parts } = await emit(many)
    const whole: Workbook = JSON.parse(JSON.stringify(value))
    const items = [...parts.pieces()].map((piece) => piece.items)
    expect(Math.max(...items.map(({ length }) => length))).toBe(80)
    expect(items.flat()).toEqual(rowsOf(whole))
    const { head }: { readonly head: Workbook } = Object(parts)
    expect(rowsOf(head).filter((row) => row !== undefined)).toEqual([])
    expect(head.sheets.map(({ name, layout }) => [name, layout])).toEqual(whole.sheets.map(({ name, layout }) => [name, layout]))
    expect(head.sheets.slice(2)).toEqual(Object(value).sheets.slice(2))
  })

  it('makes rows one piece after the other: those of a piece are made when the ones before are written', () => {
    const { seen, rows } = madeRows(1000)
    const made: number[] = []
    for (const { items } of writeWorkbook(workbookOf(rows))) if (items.length > 0) made.push(seen.made)
    expect(made).toEqual([...Array.from({ length: 12 }, (_, index) => (index + 1) * 80), 1000])
  })

  it('gives out what is compressed when a sheet ends', () => {
    const workbook = workbookOf(madeRows(8000, noise).rows)
    const sizes = Array.from(writeWorkbook(workbook), ({ bytes }) => bytes?.length ?? 0).filter((size) => size > 0)
    expect(sizes.length).toBeGreaterThan(2)
    expect(sizes.reduce((sum, size) => sum + size)).toBe(renderWorkbook(workbook).length)
  })

  it('throws if rows are not as many as their sheet says', () => {
    const { rows } = madeRows(10)
    expect(() => renderWorkbook(workbookOf({ length: 11, [Symbol.iterator]: () => rows[Symbol.iterator]() }))).toThrow('The sheet Mappings has 10 rows, not the 11 that it says')
  })
})

describe('an invalid row', () => {
  it.each([['a wrong text', 'a\u0000b'], ['what is no cell', Object('x')]])('ends a workbook before it has its name: %s', async (_name, cell) => {
    const artifact = await emit(many)
    const whole: Workbook = JSON.parse(JSON.stringify(artifact.value))
    let made = 0
    const broken: Workbook = {
      ...whole,
      sheets: whole.sheets.map((sheet) => {
        if (sheet.name !== 'Mappings' || sheet.layout !== 'table') return sheet
        const { rows } = sheet
        return { ...sheet, rows: { length: rows.length, *[Symbol.iterator]() { for (const row of rows) yield (made += 1) === 500 ? [cell] : row } } }
      }),
    }
    const value = { ...broken, sheets: broken.sheets.map((sheet) => (sheet.layout === 'table' ? { ...sheet, rows: [...sheet.rows] } : sheet)) }
    made = 0
    const content = await renderArtifact({ ...artifact, value, parts: { ...artifact.parts, pieces: () => writeWorkbook(broken) } })
    const folder = await mkdtemp(path.join(tmpdir(), 'workbook-'))
    await expect(writeFileAtomically(path.join(folder, 'x.xlsx'), content)).rejects.toThrow(InvalidArtifactError)
    expect(await readdir(folder)).toEqual([])
    // Those after it were not made, and it was not written itself, which would have thrown another error.
    expect(made).toBe(560)
    await rm(folder, { recursive: true })
  })

  it('is refused also if it is one too many', async () => {
    const artifact = await emit(sample)
    const { head }: { readonly head: Workbook } = Object(artifact.parts)
    const sheets = head.sheets.map((sheet) => (sheet.name === 'Mappings' ? { ...sheet, rows: Object.assign([], { length: 1_048_576 }) } : sheet))
    const content = await renderArtifact({ ...artifact, parts: { ...artifact.parts, head: { ...head, sheets } } })
    await expect(collectContent(content)).rejects.toThrow(InvalidArtifactError)
  })
})
