import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDiagnosticLog } from '../../../../src/diagnostics/diagnostic.js'
import { linkTarget, mostLinks, reportUnlinked } from '../../../../src/emitters/xlsx/excel-cells.js'
import { renderWorkbook } from '../../../../src/emitters/xlsx/render-workbook.js'
import type { TableSheet } from '../../../../src/emitters/xlsx/workbook.js'
import type { ResolvedSet } from '../../../../src/model/mapping-set.js'
import { hostileSet, hostileTexts, unfitTexts } from '../../../support/hostile-set.js'
import { readParts } from '../../../support/read-workbook.js'
import { sampleSet } from '../../../support/sample-sets.js'
import { emitSets } from './emit.js'

const { bytes, sheet } = await emitSets([sampleSet()])
const parts = readParts(bytes)

function part(path: string): string {
  const text = parts.get(path)
  if (text === undefined) throw new Error(`${path} is missing: ${[...parts.keys()].join(', ')}`)
  return text
}

describe('the package', () => {
  it('freezes headers and offers filters: each table sheet is an Excel table over all its rows', () => {
    expect(part('xl/worksheets/sheet2.xml')).toContain(
      '<pane ySplit="1" topLeftCell="A2" state="frozen" activePane="bottomLeft"/>',
    )
    expect(part('xl/worksheets/sheet3.xml')).toContain('<pane xSplit="1" ySplit="1" topLeftCell="B2" state="frozen"')
    const tables = [...parts]
      .filter(([path]) => path.startsWith('xl/tables/'))
      .map(([, text]) => /displayName="(\w+)" ref="([A-Z0-9:]+)".*<autoFilter ref="([A-Z0-9:]+)"/.exec(text)?.slice(1))
    expect(tables).toEqual([
      ['Mappings', 'A1:AB6', 'A1:AB6'],
      ['ByTechnique', 'A1:K4', 'A1:K4'],
      ['ByCapability', 'A1:J4', 'A1:J4'],
      ['Coverage', 'A1:L2', 'A1:L2'],
      ['Gaps', 'A1:G4', 'A1:G4'],
    ])
  })

  it('prints landscape, as wide as can be read, with the header on each page', () => {
    for (const [number, paper, across] of [
      [2, 8, 1],
      [3, 9, 1],
      [4, 9, 2],
    ]) {
      expect(part(`xl/worksheets/sheet${number}.xml`)).toContain(
        `<pageSetup paperSize="${paper}" orientation="landscape" fitToWidth="${across}" fitToHeight="0"/>`,
      )
    }
    for (const [sheetId, range] of [[1, "'Mappings'!$1:$1"], [3, "'By capability'!$A:$A,'By capability'!$1:$1"]]) {
      expect(part('xl/workbook.xml')).toContain(`<definedName name="_xlnm.Print_Titles" localSheetId="${sheetId}">${range}</definedName>`)
    }
    expect(part('xl/workbook.xml')).toContain(
      '<definedName name="_xlnm.Print_Titles" localSheetId="2">&apos;By technique&apos;!$1:$1</definedName>'.replaceAll(
        '&apos;',
        "'",
      ),
    )
  })

  it('writes titles of columns in tables as in their cells, whatever they look like', () => {
    const titles = ['_x0041_', '<a> & "b"', 'two\nlines']
    const odd: TableSheet = {
      layout: 'table', name: 'Odd', table: 'Odd', frozenColumns: 0, paper: 'a4', rows: [titles],
      columns: titles.map((title) => ({ title, width: 10, format: 'text', note: title })),
    }
    const rendered = readParts(renderWorkbook({ title: '_x0041_ & <b>', creator: 't', created: '2024-01-01', modified: '2024-01-01', sheets: [odd] }))
    expect(Array.from(rendered.get('xl/tables/table1.xml')?.matchAll(/<tableColumn id="\d" name="([^"]*)"/g) ?? [], ([, name]) => name))
      .toEqual(['_x005F_x0041_', '&lt;a&gt; &amp; &quot;b&quot;', 'two&#10;lines'])
    expect(rendered.get('xl/sharedStrings.xml')).toContain('<t>_x005F_x0041_</t></si><si><t>&lt;a&gt; &amp; "b"</t></si><si><t xml:space="preserve">two\nlines</t>')
    expect(rendered.get('xl/comments1.xml')).toContain('<comment ref="B1" authorId="0"><text><r><t>&lt;a&gt; &amp; "b"</t></r></text></comment>')
    expect(rendered.get('docProps/core.xml')).toContain('<dc:title>_x005F_x0041_ &amp; &lt;b&gt;</dc:title>')
  })

  it('links addresses of techniques, and references that are one address', () => {
    const found = sheet('Mappings').flatMap((row) => row.flatMap(({ link }) => link ?? []))
    expect(found).toEqual([
      'https://attack.mitre.org/techniques/T1553/002/',
      'https://attack.mitre.org/techniques/T1553/002/',
      'https://attack.mitre.org/techniques/T1190/',
      'https://attack.mitre.org/techniques/T1583/001/',
    ])
  })

  it('has one relationship for the cells with one address', () => {
    const relationships = part('xl/worksheets/_rels/sheet2.xml.rels').match(/Target="https:[^"]*"/g) ?? []
    expect(new Set(relationships).size).toBe(relationships.length)
    const ids = part('xl/worksheets/sheet2.xml').match(/<hyperlink [^>]*r:id="rId1"/g)
    expect(ids).toHaveLength(2)
  })

  it('colours scores', () => {
    const styles = part('xl/styles.xml')
    for (const colour of ['DEEBF7', '9ECAE1', '2171B5', 'FCE5B6']) expect(styles).toContain(`<fgColor rgb="FF${colour}"/>`)
  })

  it('has neither clock nor user in its properties', async () => {
    expect(part('docProps/core.xml')).toContain('<dc:creator>attack-crosswalk 0.0.0</dc:creator>')
    expect(part('docProps/core.xml')).toContain(
      '2021-09-21T00:00:00Z</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">2024-12-11T00:00:00Z<',
    )
    const undated: ResolvedSet = { ...sampleSet(), about: {} }
    expect(readParts((await emitSets([undated])).bytes).get('docProps/core.xml')).toContain(
      '1980-01-01T00:00:00Z</dcterms:modified>',
    )
  })

  it('is XML without a character that XML forbids, whatever documents hold', async () => {
    for (const texts of [hostileTexts, unfitTexts]) {
      for (const [path, text] of readParts((await emitSets([hostileSet(texts)])).bytes)) {
        expect([path, /[^\t\n\r\u{20}-\u{FFFD}\u{10000}-\u{10FFFF}]|&#(?:0|x0)*;/u.exec(text)]).toEqual([path, null])
        expect([path, text.isWellFormed()]).toEqual([path, true])
      }
    }
  })
})

describe('linkTarget', () => {
  it.each([
    ['https://example.org/a?b=c&d=e#f', 'https://example.org/a?b=c&d=e#f'],
    ['http://example.org', 'http://example.org/'],
    ['https://example.org/ü', 'https://example.org/%C3%BC'],
    ['https://example.org/a\nhttps://example.org/b', undefined],
    ['see https://example.org', undefined],
    ['javascript:alert(1)', undefined],
    ['file:///etc/passwd', undefined],
    ['https://', undefined],
    ['https://exa mple.org', undefined],
    [`https://example.org/${'x'.repeat(2100)}`, undefined],
    [12, undefined],
    [null, undefined],
  ])('of %j is %j', (cell, target) => {
    expect(linkTarget(cell)).toBe(target)
  })

  it('is the address that browsers make of it', () => {
    const host = fc.string({ unit: fc.constantFrom('a', 'x', '0', '1', '.', '-', 'A'), maxLength: 12 })
    const rest = fc.string({ unit: fc.constantFrom('a', 'Z', '0', '.', '_', '-', '~', '%', '/', '?', '#', '@', ':'), maxLength: 12 })
    const anyAddress = fc.tuple(fc.constantFrom('https://', 'http://', 'https:/'), host, fc.constantFrom('.org', '.org/', '', '/', '.1/'), rest)
    const linked = fc.sample(anyAddress, { seed: 20_261_129, numRuns: 3000 }).map((address) => address.join('')).filter((address) => linkTarget(address) !== undefined)
    expect(linked.length).toBeGreaterThan(500)
    expect(linked.map((address) => linkTarget(address))).toEqual(linked.map((address) => new URL(address).href))
  })
})

describe('the limit of links', () => {
  const links: TableSheet = {
    layout: 'table',
    name: 'Links',
    table: 'Links',
    columns: [{ title: 'Link', width: 20, format: 'url' }],
    frozenColumns: 0,
    paper: 'a4',
    rows: Array.from({ length: mostLinks + 10 }, (_, index) => [`https://example.org/${index}`]),
  }

  it("is Excel's: what is beyond is text", async () => {
    const rendered = renderWorkbook({
      title: 'Many',
      creator: 'test',
      created: '2024-01-01',
      modified: '2024-01-01',
      sheets: [links],
    })
    const text = readParts(rendered).get('xl/worksheets/sheet1.xml') ?? ''
    expect(text.match(/<hyperlink /g)).toHaveLength(mostLinks)
    expect(text.match(/<row /g)).toHaveLength(mostLinks + 11)
  })

  it('is reported where it is passed, and only there', () => {
    const log = createDiagnosticLog()
    reportUnlinked({ ...links, rows: [...links.rows].slice(0, mostLinks) }, log.report)
    expect(log.entries).toEqual([])
    reportUnlinked(links, log.report)
    expect(log.entries.map(({ code, count }) => [code, count])).toEqual([['emit/not-representable', 10]])
  })
})
