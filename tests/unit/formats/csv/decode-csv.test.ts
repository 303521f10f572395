import { describe, expect, it } from 'vitest'
import { decodeTable } from '../../../support/read-table.js'

const rows = 'Control ID,Technique ID,Comments\nAC-2,T1078,"two\r\nlines"\nAC-3,T1059,caf\u00e9 \u2013 \u20ac\n'

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2 + 2)
  const view = new DataView(bytes.buffer)
  for (
    const [index, code] of [0xfeff, ...Array.from(text, (character) => character.charCodeAt(0))].entries()
  ) view.setUint16(index * 2, code, littleEndian)
  return bytes
}

describe('CSV files', () => {
  it('are read with their places', async () => {
    const { document, diagnostics } = await decodeTable('x.csv', rows)
    const [sheet] = document?.sheets ?? []
    expect(diagnostics).toEqual([])
    expect(document?.container).toBe('csv')
    expect(sheet?.rows[1]).toEqual(['AC-2', 'T1078', 'two\r\nlines'])
    expect(sheet?.place(1, 1)).toEqual({ kind: 'text', line: 2, column: 6 })
    // The cell above has two lines.
    expect(sheet?.place(2, 2)).toEqual({ kind: 'text', line: 4, column: 12 })
    // Beyond the record: its beginning.
    expect(sheet?.place(2, 9)).toEqual({ kind: 'text', line: 4, column: 1 })
  })

  it.each([
    ['UTF-8 with a byte order mark', new TextEncoder().encode(`\uFEFF${rows}`)],
    ['UTF-16, little end first', utf16(rows, true)],
    ['UTF-16, big end first', utf16(rows, false)],
  ])('are read from %s without a word', async (_, bytes) => {
    const { document, diagnostics } = await decodeTable('x.csv', bytes)
    expect(diagnostics).toEqual([])
    expect(document?.sheets[0]?.rows[0]).toEqual(['Control ID', 'Technique ID', 'Comments'])
    expect(document?.sheets[0]?.rows[2]?.[2]).toBe('caf\u00e9 \u2013 \u20ac')
  })

  it('are read as Windows-1252 where they are not UTF-8, which is told at its first byte', async () => {
    const bytes = Uint8Array.from(rows, (character) => ({ '\u2013': 0x96, '\u20ac': 0x80 })[character] ?? character.charCodeAt(0))
    const { document, diagnostics } = await decodeTable('x.csv', bytes)
    expect(document?.sheets[0]?.rows[2]?.[2]).toBe('caf\u00e9 \u2013 \u20ac')
    expect(diagnostics).toEqual([expect.objectContaining({
      code: 'read/encoding',
      message: 'The text is not UTF-8; it was read as Windows-1252',
      origin: { document: 'x.csv', place: { kind: 'text', line: 4, column: 15 } },
    })])
    expect(diagnostics[0]?.hint).toContain('CSV UTF-8')
  })

  it('are told apart from binary files with the same ending', async () => {
    const noise = Uint8Array.from({ length: 2000 }, (_, index) => (index * 97 + 31) % 255 + 1)
    const { document, diagnostics } = await decodeTable('x.csv', noise)
    expect(document).toBeUndefined()
    expect(diagnostics.map(({ code }) => code)).toEqual(['read/binary'])
  })

  it('are said to be empty when they are', async () => {
    const { diagnostics } = await decodeTable('x.csv', '\n \n')
    expect(diagnostics.map(({ code }) => code)).toEqual(['read/empty'])
  })

  it('are not shifted by the line that names the delimiter', async () => {
    const { document } = await decodeTable('x.csv', 'sep=;\nControl;Technique\nAC-2;T1078\n')
    expect(document?.sheets[0]?.rows).toEqual([[], ['Control', 'Technique'], ['AC-2', 'T1078']])
    expect(document?.sheets[0]?.place(2, 1)).toEqual({ kind: 'text', line: 3, column: 6 })
  })

  it('are told of quotes that do not fit', async () => {
    const { diagnostics } = await decodeTable('x.csv', 'Control,Technique\n"AC-2" old,T1078\nAC-3,"T1059\n')
    expect(diagnostics.map(({ code, origin }) => [code, origin?.place])).toEqual([
      ['read/stray-quote', { kind: 'text', line: 3, column: 6 }],
      ['read/stray-quote', { kind: 'text', line: 2, column: 1 }],
    ])
  })
})

describe('texts that may be tables', () => {
  it.each([
    ['notes.txt', 'Control;Technique\nAC-2;T1078\nAC-3;T1059\n', 'csv'],
    ['export.txt', 'Control\tTechnique\tNote\nAC-2\tT1078\t\nAC-3\tT1059\tx\n', 'csv'],
    ['table.xls', 'Control\tTechnique\tNote\nAC-2\tT1078\t\nAC-3\tT1059\tx\n', 'csv'],
    [
      'prose.txt',
      'First, we looked at it, then away.\nSecond, we looked again, then left.\nThird, it was gone, at last.\n',
      'text',
    ],
    ['list.txt', 'T1078 Valid Accounts\nT1059 Command and Scripting Interpreter\n', 'text'],
    ['table.md', '| Control | Technique |\n|---|---|\n| AC-2 | T1078 |\n', 'text'],
    ['data', '{"a": 1, "b": 2, "c": 3}\n', 'json'],
  ])('%s is told by its content', async (name, text, container) => {
    expect((await decodeTable(name, text)).container).toBe(container)
  })
})
