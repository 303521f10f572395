import { type Cell, readXlsx, writeXlsx } from 'hucre/xlsx'
import { describe, expect, it } from 'vitest'
import { updateFile } from '../../../../src/analyses/in-place/update-file.js'
import { loadAttackIndex } from '../../../../src/attack/load-attack.js'
import { createDiagnosticLog } from '../../../../src/diagnostics/diagnostic.js'
import { inflateMember, surveyZip } from '../../../../src/formats/workbook/survey-zip.js'
import { makeZip } from '../../../support/make-zip.js'
import { testFile } from '../../../support/read-tree.js'

async function update(bytes: Uint8Array) {
  const log = createDiagnosticLog()
  const result = await updateFile(testFile('book.xlsx', bytes), await loadAttackIndex(), { to: '19.1', choices: new Map(), withProse: false }, log.report)
  return { result, codes: log.entries.map(({ code }) => code) }
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

const red = { fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'FFFF0000' } }, font: { bold: true } } as const

/** A workbook with colours, a formula, a date, and texts that several cells share. */
function colourfulBook(): Promise<Uint8Array> {
  const cells = new Map<string, Partial<Cell>>([
    ['1,0', { style: red }], ['2,3', { style: red }], ['4,0', { formula: 'COUNTIF(B2:B4,"T1562.001")', formulaResult: 1, style: red }],
  ])
  return writeXlsx({
    sheets: [{
      name: 'Map & more',
      rows: [
        ['Control', 'Technique', 'Name', 'Tactic', 'ATT&CK version', 'Comment'],
        ['AC-1', 'T1562.001', 'Disable or Modify Tools', 'Defense Evasion', 18.1, 'T1562.001'],
        ['AC-2', 'T1027', 'Obfuscated Files or Information', 'Defense Evasion', 18.1, 'a sentence about what T1562.001 is'],
        ['AC-3', 'T1562.001', 'Disable or Modify Tools', 'Defense Evasion', 18.1, '<b> & "c"'],
        [null, 'T1557.001', 'LLMNR/NBT-NS Poisoning and SMB Relay', null, null, null],
      ],
      cells,
      columns: [{ width: 20 }, { width: 12 }],
    }, { name: 'Other', rows: [['kept', 7]] }],
  })
}

/** The members of an archive with their bytes as they are stored, compressed, with their headers. */
function rawMembers(bytes: Uint8Array): ReadonlyMap<string, string> {
  const entries = surveyZip(bytes, 100) ?? []
  const starts = entries.map(({ offset }) => offset).toSorted((a, b) => a - b)
  return new Map(entries.map(({ name, offset, compressed }) => {
    const end = starts.find((start) => start > offset) ?? offset + 30 + name.length + compressed
    return [name, Buffer.from(bytes.subarray(offset, end)).toString('base64')]
  }))
}

async function part(bytes: Uint8Array, name: string): Promise<string> {
  return new TextDecoder().decode(await inflateMember(bytes, surveyZip(bytes, 100) ?? [], name))
}

describe('a workbook', () => {
  it('gets ids, names, tactics and versions cell by cell; styles, formulas, widths and other sheets stay', async () => {
    const before = await colourfulBook()
    const { result } = await update(before)
    const after = result?.bytes ?? new Uint8Array()
    const [old, now] = [await readXlsx(before, { readStyles: true }), await readXlsx(after, { readStyles: true })]
    expect(now.sheets[0]?.rows.map((row) => row.slice(0, 6))).toEqual([
      ['Control', 'Technique', 'Name', 'Tactic', 'ATT&CK version', 'Comment'],
      ['AC-1', 'T1685', 'Disable or Modify Tools', 'Defense Impairment', 19.1, 'T1685'],
      ['AC-2', 'T1027', 'Obfuscated Files or Information', 'Stealth', 19.1, 'a sentence about what T1562.001 is'],
      ['AC-3', 'T1685', 'Disable or Modify Tools', 'Defense Impairment', 19.1, '<b> & "c"'],
      [old.sheets[0]?.rows[4]?.[0], 'T1557.001', 'Name Resolution Poisoning and SMB Relay', ...(old.sheets[0]?.rows[4]?.slice(3) ?? [])],
    ])
    const styles = (book: typeof old): unknown => Array.from(book.sheets[0]?.cells ?? [], ([key, { style, formula }]) => [key, style, formula])
    expect(styles(now)).toEqual(styles(old))
    expect(now.sheets[1]).toEqual(old.sheets[1])
    expect(result?.findings.map(({ kind, subject, place }) => [kind, subject, place])).toEqual([
      ['mentioned', 'T1562.001', { kind: 'cell', sheet: 'Map & more', cell: 'F3' }],
      ['mentioned', 'T1562.001', { kind: 'cell', sheet: 'Map & more', cell: 'A5' }],
    ])
    expect((await update(after)).result?.bytes).toBeUndefined()
  })

  it('keeps all other members byte for byte, in their order', async () => {
    const before = await colourfulBook()
    const after = (await update(before)).result?.bytes ?? new Uint8Array()
    const [old, now] = [rawMembers(before), rawMembers(after)]
    expect([...now.keys()]).toEqual([...old.keys()])
    const changed = [...old.keys()].filter((name) => old.get(name) !== now.get(name))
    expect(changed.toSorted()).toEqual(['xl/sharedStrings.xml', 'xl/worksheets/sheet1.xml'])
  })

  const content = '[Content_Types].xml'
  const types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

  /** A workbook by hand: shared texts, and the cells of a row after the titles. */
  function handMade(shared: string, cells: string): Uint8Array {
    return makeZip([
      { name: content, content: encode(types) },
      { name: '_rels/.rels', content: encode(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`) },
      { name: 'xl/workbook.xml', content: encode(`<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="One" sheetId="1" r:id="s1"/></sheets></workbook>`) },
      { name: 'xl/_rels/workbook.xml.rels', content: encode(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="s1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="s2" Type="${office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`) },
      { name: 'xl/sharedStrings.xml', content: encode(`<sst xmlns="${main}">${shared}</sst>`) },
      { name: 'xl/worksheets/sheet1.xml', content: encode(`<worksheet xmlns="${main}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Technique</t></is></c><c r="B1" t="inlineStr"><is><t>Tactic</t></is></c></row>${cells}</sheetData></worksheet>`) },
    ])
  }

  it('keeps the formats within a text, and gives a cell its own text where others keep theirs', async () => {
    const shared = '<si><r><rPr><b/></rPr><t>T1562.001</t></r><r><t xml:space="preserve"> x</t></r></si><si><t>Defense Evasion</t></si><si><r><t>T15</t></r><r><rPr><i/></rPr><t>62.001</t></r></si><si><t>T1027</t></si>'
    const cells = '<row r="2"><c r="A2" s="0" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c></row><row r="3"><c r="A3" t="s"><v>2</v></c></row><row r="4"><c r="A4" t="s"><v>3</v></c><c t="s" r="B4"><v>1</v></c></row>'
    const { result } = await update(handMade(shared, cells))
    const bytes = result?.bytes ?? new Uint8Array()
    expect(await part(bytes, 'xl/sharedStrings.xml')).toContain(shared.replace('T1562.001', 'T1685'))
    expect(await part(bytes, 'xl/worksheets/sheet1.xml')).toContain(cells
      .replace('<c r="B2" t="s"><v>1</v>', '<c r="B2" t="inlineStr"><is><t>Defense Impairment</t></is>').replace('<c t="s" r="B4"><v>1</v>', '<c t="inlineStr" r="B4"><is><t>Stealth</t></is>'))
    expect(result?.findings.map(({ subject, why }) => `${subject} ${why}`)).toEqual(['T1562.001 its letters have different formats'])
    expect((await readXlsx(bytes)).sheets[0]?.rows.slice(1)).toEqual([['T1685 x', 'Defense Impairment'], ['T1562.001', null], ['T1027', 'Stealth']])
  })

  it('in another format is left alone', async () => {
    expect((await update(makeZip([{ name: 'content.xml', content: new TextEncoder().encode('<a/>') }]))).result).toBeUndefined()
  })
})
