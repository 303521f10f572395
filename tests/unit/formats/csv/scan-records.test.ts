import { parse } from 'csv-parse/browser/esm/sync'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { detectDelimiter } from '../../../../src/formats/csv/detect-delimiter.js'
import { scanRecords } from '../../../../src/formats/csv/scan-records.js'

describe('splitting CSV into records', () => {
  it.each([
    ['plain', 'a,b\nc,d\n', [['a', 'b'], ['c', 'd']]],
    ['CRLF, and no line end at the end', 'a,b\r\nc,d', [['a', 'b'], ['c', 'd']]],
    ['CR alone', 'a,b\rc,d\r', [['a', 'b'], ['c', 'd']]],
    ['blank cells', ',\n,,x\n', [['', ''], ['', '', 'x']]],
    ['quotes, doubled ones, delimiters and line ends in cells', '"a, ""b""","c\r\nd"\n"",e', [['a, "b"', 'c\r\nd'], ['', 'e']]],
    ['blank lines', 'a\n\nb\n', [['a'], [''], ['b']]],
    ['a quote inside an unquoted cell', 'a "b" c,d\n', [['a "b" c', 'd']]],
    ['nothing', '', []],
  ])('reads %s', (_, text, rows) => {
    expect(scanRecords(text, ',').rows).toEqual(rows)
  })

  it('keeps what follows a closing quote, and tells where', () => {
    const scanned = scanRecords('x,"a"b,c\n', ',')
    expect(scanned.rows).toEqual([['x', 'ab', 'c']])
    expect(scanned.strays).toEqual({ first: 2, count: 1 })
  })

  it('takes a quote that is closed nowhere for text, so that the rows after it are read', () => {
    const scanned = scanRecords('a,b\n"x,y\nz,""\n', ',')
    expect(scanned.rows).toEqual([['a', 'b'], ['"x', 'y'], ['z', '']])
    expect(scanned.unclosed).toBe(4)
  })

  it('agrees with csv-parse on whatever is written by the rules', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', ';', '\n', '\r', ' ', '\t'), maxLength: 8 })
    fc.assert(fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }), (rows) => {
      const text = rows.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')).join('\r\n')
      expect(scanRecords(text, ',').rows).toEqual(rows)
      expect(scanRecords(text, ',').rows).toEqual(parse(text, { relax_column_count: true, record_delimiter: '\r\n' }))
    }))
  })

  it('takes time in proportion to the text, however its quotes stand', () => {
    for (const piece of ['"', '"",', ',"', '"a\n', '""""', '"\n"']) {
      const started = performance.now()
      scanRecords(piece.repeat(200_000), ',')
      expect(performance.now() - started).toBeLessThan(3000)
    }
  })
})

describe('telling the delimiter', () => {
  it.each([
    [',', 'Control,Technique,Comment\nAC-2,T1078,"a; b; c; d"\nAC-3,T1059,x\n'],
    [';', 'Control;Technique;Comment\nAC-2;T1078;a, b, c, d\nAC-3;T1059;x, y\n'],
    ['\t', 'Control\tTechnique\nAC-2\tT1078, T1059\nAC-3\tT1190, T1200\n'],
    ['|', 'Control|Technique|Comment\nAC-2|T1078|a, b\nAC-3|T1059|c\n'],
    [';', 'sep=;\nControl;Technique,Comment\n'],
    [',', 'one column\nof words\n'],
    [',', `capability_id,attack_object_id,comments\nAC-2,T1078,"${'a|b|c|d|e|f|g|h\n'.repeat(40)}"\n`],
    [',', `Control,Technique,Comment\nAC-2,T1078,"see\n| Control | Technique |\n|---|---|\n${'| AC-2 | T1078 |\n'.repeat(30)}"\n`],
    [',', `Control ID,ATT&CK ID,Command\n${'AC-2,T1078,cat x|sort|uniq -c|sort -rn|head|tail\n'.repeat(9)}`],
    [';', `Control;Technique;Steps\n${'AC-2;T1078;one, two, three, four, five, six\n'.repeat(9)}`],
    [',', `Steuerung,Technik,Bemerkung\nAC-2,T1078,"${'a|b|c|d|e|f|g|h\n'.repeat(4)}"\nAC-3,T1059,"a;b;c"\n`],
    ['\t', `Technique, Name\tControl\n${'T1078, Valid Accounts\tAC-2\n'.repeat(5)}`],
    ['|', 'Control|Technique|Comment\nAC-2|T1078|"a, b, c, d\na, b, c, d"\nAC-3|T1059|"x, y, z, w"\n'],
    [';', 'Controls, techniques and comments\n\nControl;Technique;Comment\nAC-2;T1078;a\nAC-3;T1059;b\n'],
    [',', 'A title; with a semicolon\n\nControl,Technique,Note\nAC-2,T1078,\nAC-3,T1059,\n'],
  ])('is %j', (delimiter, text) => {
    expect(detectDelimiter(text).delimiter).toBe(delimiter)
  })
})
