import { describe, expect, it } from 'vitest'
import { createDiagnosticLog } from '../../../src/diagnostics/diagnostic.js'
import type { Artifact } from '../../../src/emitters/emitter.js'
import { reportArtifacts, type ReportFormat } from '../../../src/analyses/report/report-artifacts.js'
import { schemaErrors } from '../../../src/schemas/schema-errors.js'
import { readCsv } from '../../support/read-csv.js'
import { readParts, readWorkbook } from '../../support/read-workbook.js'
import { sampleReport, type Thing } from './sample-report.js'

const things: readonly Thing[] = [
  { id: 'AC-2', change: 'added', share: 0.12345, remark: '=1+1, "quoted"\nsecond line' },
  { id: 'AC-10', change: 'removed', share: 1 },
]

async function render(format: ReportFormat, list = things): Promise<readonly { artifact: Artifact; bytes: Uint8Array }[]> {
  const artifacts = reportArtifacts(sampleReport(list), format, createDiagnosticLog().report)
  return Promise.all(artifacts.map(async (artifact) => ({ artifact, bytes: await artifact.render() })))
}

describe('CSV', () => {
  it('is a file per table: keys, whole cells, whole numbers, blanks', async () => {
    const files = await render('csv')
    expect(files.map(({ artifact }) => artifact.name)).toEqual(['things.sample.things.csv', 'things.sample.details.csv'])
    expect(readCsv(new TextDecoder().decode(files[0]?.bytes))).toEqual([
      ['change', 'thing_id', 'share', 'remark', 'page'],
      ['added', 'AC-2', '0.12345', '\'=1+1, "quoted"\nsecond line', 'https://example.org/AC-2'],
      ['removed', 'AC-10', '1', '', 'https://example.org/AC-10'],
    ])
  })

  it('has no characters that XML forbids, and says so', () => {
    const log = createDiagnosticLog()
    const [artifact] = reportArtifacts(sampleReport([{ id: 'a\u0000b', change: 'added', share: 1 }]), 'csv', log.report)
    expect(artifact?.value).toMatchObject({ rows: [['added', 'ab', 1, null, 'https://example.org/ab']] })
    expect(log.entries.map(({ code }) => code)).toContain('emit/text-adjusted')
  })
})

describe('the workbook', () => {
  it('is a page that explains it and a sheet per table, as an independent reader sees it', async () => {
    const [file] = await render('xlsx')
    const sheets = readWorkbook(file?.bytes ?? new Uint8Array())
    expect([...sheets.keys()]).toEqual(['Read me', 'Things', 'Details'])
    expect(sheets.get('Things')?.map((row) => row.map(({ value }) => value))).toEqual([
      ['Change', 'Thing', 'Share', 'Remark', 'Page'],
      ['added', 'AC-2', 0.12345, '=1+1, "quoted"\nsecond line', 'https://example.org/AC-2'],
      ['removed', 'AC-10', 1, null, 'https://example.org/AC-10'],
    ])
    const page = sheets.get('Read me')?.map((row) => row.map(({ value }) => value).join(' ').trim()) ?? []
    expect(page).toEqual(expect.arrayContaining([
      'A sample of things', 'Made up for tests.', 'Of these odd 1234', 'added it came', 'Share From 0 to 1.',
    ]))
  })

  it('freezes headers, filters, and colours the words of the legend', async () => {
    const [file] = await render('xlsx')
    const parts = readParts(file?.bytes ?? new Uint8Array())
    const sheet = [...parts].find(([path]) => path.endsWith('sheet2.xml'))?.[1] ?? ''
    expect(sheet).toMatch(/<pane [^>]*ySplit="1"[^>]*state="frozen"/)
    expect([...parts].some(([path, text]) => path.includes('table') && text.includes('<autoFilter'))).toBe(true)
    const styles = [...parts].find(([path]) => path.endsWith('styles.xml'))?.[1] ?? ''
    for (const colour of ['CFE8F7', 'F6CDB8']) expect(styles).toContain(colour)
    // 2: "0.00", a format that every reader knows (ECMA-376 part 1, section 18.8.30).
    expect(styles).toMatch(/<xf numFmtId="2"/)
  })

  it('is the same bytes twice', async () => {
    const [first, second] = [await render('xlsx'), await render('xlsx')]
    expect(first[0]?.bytes).toEqual(second[0]?.bytes)
  })
})

describe('schemas of tables and workbooks', () => {
  it.each(['csv', 'xlsx'] as const)('accept what we make as %s', async (format) => {
    for (const { artifact } of await render(format)) expect(await schemaErrors(artifact.schema, artifact.value)).toEqual([])
  })

  it.each([
    ['an empty text', { rows: [['added', '', 1, null, null]] }],
    ['a character that XML forbids', { rows: [['added', '\u0001', 1, null, null]] }],
    ['a truth value', { rows: [[true]] }],
    ['a name that is no part of a file name', { name: '../x' }],
    ['a sheet name that Excel refuses', { title: 'a/b' }],
    ['a column of another kind', { columns: [{ key: 'a', title: 'A', kind: 'colour' }] }],
    ['a column for text alone', { columns: [{ key: 'a', title: 'A', kind: 'text', only: 'text' }] }],
  ])('reject %s', async (_what, flaw) => {
    const [artifact] = reportArtifacts(sampleReport(things), 'csv', () => {})
    expect(await schemaErrors('report-table', { ...Object(artifact?.value), ...flaw })).not.toEqual([])
  })

  it('reject a workbook without its page, and a tone that has no colour', async () => {
    const [artifact] = reportArtifacts(sampleReport(things), 'xlsx', () => {})
    const workbook = Object(artifact?.value)
    expect(await schemaErrors('report-workbook', { ...workbook, sheets: workbook.sheets.slice(1) })).not.toEqual([])
    expect(await schemaErrors('report-workbook', { ...workbook, tones: [{ word: 'x', tone: 'pink' }] })).not.toEqual([])
  })
})
