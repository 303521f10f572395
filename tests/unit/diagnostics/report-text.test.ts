import { describe, expect, it } from 'vitest'
import { createDiagnosticLog, type Report } from '../../../src/diagnostics/diagnostic.js'
import { plainPalette } from '../../../src/diagnostics/reporters/terminal-text.js'
import { reportText } from '../../../src/diagnostics/reporters/report-text.js'

function logOf(...reports: readonly Readonly<Parameters<Report>>[]) {
  const log = createDiagnosticLog()
  for (const [code, details] of reports) log.report(code, details)
  return log.entries
}

const at = (line: number, column: number, document = 'page.txt') => ({ document, place: { kind: 'text', line, column } }) as const

describe('reportText', () => {
  it('shows place, severity, code, message, the line with a caret, found, expected and hint', () => {
    const entries = logOf(['parse/ambiguous-capability', {
      origin: at(14, 8),
      message: 'Read as capability "a b"',
      excerpt: 'first, second third',
      found: 'second third',
      expected: 'one of the known ids',
      hint: 'name the framework',
    }])
    expect(reportText(entries, { paths: new Map([['page.txt', 'input/page.txt']]) })).toBe([
      'input/page.txt:14:8 warning parse/ambiguous-capability',
      '  Read as capability "a b"',
      '  14 | first, second third',
      '     |        ^',
      '  found: second third',
      '  expected: one of the known ids',
      '  hint: name the framework',
      '1 warning',
      '',
    ].join('\n'))
  })

  it('names pointers, cells, whole files and artifacts as places', () => {
    const entries = logOf(
      ['parse/invalid-document', { origin: { document: 'a.json', place: { kind: 'pointer', pointer: '/x/0', line: 3,
        column: 7 } }, hint: 'h' }],
      ['parse/invalid-document', { origin: { document: 'a.json', place: { kind: 'pointer', pointer: '/x/1' } } }],
      ['parse/invalid-document', { origin: { document: 'b.xlsx', place: { kind: 'cell', sheet: 'Mappings', cell: 'B12' } } }],
      ['parse/invalid-document', { origin: { document: 'c.txt', place: { kind: 'file' } } }],
      ['emit/not-representable', { subject: 'aws.layer.json', count: 3 }],
    )
    const text = reportText(entries, { verbose: true })
    expect(text).toContain('a.json:3:7 /x/0 error')
    expect(text).toContain('a.json#/x/1 error')
    expect(text).toContain('b.xlsx!Mappings!B12 error')
    expect(text).toContain('c.txt error')
    expect(text).toContain('aws.layer.json note emit/not-representable\n  The target format cannot represent this (3 times)\n')
    expect(text.endsWith('\n4 errors, 1 note\n')).toBe(true)
    const short = reportText(entries)
    expect(short).not.toContain('not-representable')
    expect(short.endsWith('\n4 errors, 1 note (--verbose shows notes)\n')).toBe(true)
    expect(reportText(entries, { isImportant: ({ code }) => code === 'emit/not-representable' })).toContain('(3 times)\n')
  })

  it("gives a code's general help once", () => {
    const text = reportText(logOf(['read/empty', { origin: at(1, 1) }], ['read/empty', { origin: at(2, 1) }]))
    expect(text.match(/hint:/g)).toHaveLength(1)
  })

  it('cuts a code that is repeated many times, and says by how much', () => {
    const entries = logOf(
      ...Array.from({ length: 9 }, (_, row) => ['check/unknown-technique', { origin: at(row + 1, 1) }] as const),
      ...Array.from({ length: 3 }, (_, row) => ['normalise/whitespace', { origin: at(row + 1, 1) }] as const),
      ['read/empty', { origin: at(1, 1, 'other.txt') }],
    )
    const cut = reportText(entries)
    expect(cut.match(/warning check\/unknown-technique/g)).toHaveLength(5)
    expect(cut).toContain('and 4 more check/unknown-technique (--verbose shows all)\n')
    expect(cut).not.toContain('normalise/whitespace')
    expect(cut).toContain('other.txt:1:1 error read/empty')
    expect(cut).toContain('1 error, 9 warnings, 3 notes (--verbose shows notes)\n')
    expect(reportText(entries, { quiet: true })).toMatch(/^other\.txt:1:1 error read\/empty\n.*\n.*\n1 error\n$/)
    const all = reportText(entries, { verbose: true })
    expect(all).not.toContain('more')
    expect(all.match(/warning check\/unknown-technique/g)).toHaveLength(9)
    expect(all.match(/note normalise\/whitespace/g)).toHaveLength(3)
  })

  it('says in one line what happened to artifacts of earlier runs, even when quiet', () => {
    const entries = logOf(
      ...['a', 'b', 'c', 'd', 'e'].map((name) => ['emit/stale-removed', { subject: `${name}.csv` }] as const),
      ['emit/updated', { subject: 'x.csv' }],
      ['emit/name-taken', { message: 'The name is taken', subject: 'aws_2' }],
    )
    const removed = 'removed 5 artifacts of earlier runs (no longer made): a.csv, b.csv, c.csv and 2 more'
    const overwrote = 'overwrote 1 artifact of earlier runs (made of other content of documents with the same names before): x.csv'
    expect(reportText(entries, { quiet: true })).toBe(`${removed}\n${overwrote}\nThe name is taken\n`)
    expect(reportText(entries).split('\n')).toEqual(expect.arrayContaining([
      'aws_2 warning emit/name-taken', removed, overwrote,
    ]))
    expect(reportText(entries, { verbose: true }).match(/emit\/stale-removed/g)).toHaveLength(5)
  })

  it('lets no text of a document control the terminal', () => {
    const evil = '\u001b]0;owned\u0007\u001b[2J\u009b31m\u202egnp.exe\r\nfake error\u2028\u200b\ud800'
    const text = reportText(logOf(['parse/unreadable-row', {
      origin: { document: `${evil}.txt`, place: { kind: 'cell', sheet: evil, cell: 'A1' } },
      message: evil, found: evil, expected: evil, hint: evil, excerpt: evil, subject: evil,
    }]))
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u)
    expect(text).toContain('\\x1b]0;owned\\x07')
    expect(text).toContain('\\u{202e}gnp.exe\\r\\nfake error')
    expect(text).not.toMatch(/^fake error/m)
  })

  it('keeps the caret under its column behind tabs, escapes, marks and wide characters', () => {
    const caretBelow = (excerpt: string, column: number): string => {
      const [, , line = '', caret = ''] = reportText(logOf(['parse/unreadable-row', { origin: at(1, column),
        excerpt }])).split('\n')
      return line.slice(0, caret.indexOf('^')) + '^' + line.slice(caret.indexOf('^'))
    }
    expect(caretBelow('a\tbX', 4)).toBe('  1 | a b^X')
    expect(caretBelow('a\u001bX', 3)).toBe('  1 | a\\x1b^X')
    // Two wide characters take four columns: the caret lies two characters further in the string than the X.
    const [, , , caret = ''] = reportText(logOf(['parse/unreadable-row', { origin: at(1, 3), excerpt: '攻撃X' }])).split('\n')
    expect(caret).toBe('    |     ^')
  })

  it('leaves the caret out where the excerpt was cut before the column', () => {
    expect(reportText(logOf(['parse/unreadable-row', { origin: at(1, 400), excerpt: 'short…' }]))).not.toContain('^')
  })

  it('shows the part of a long line that the column is in', () => {
    const excerpt = `${'a'.repeat(500)}X${'b'.repeat(500)}`
    const [, , line = '', caret = ''] = reportText(logOf(['parse/unreadable-row', { origin: at(7, 501), excerpt }])).split('\n')
    expect(line).toMatch(/^ {2}7 \| …a+Xb+…$/)
    expect(line.length).toBeLessThan(120)
    expect(line[caret.indexOf('^')]).toBe('X')
  })

  it('asks for the source line where a diagnostic carries none', () => {
    const asked: unknown[] = []
    const text = reportText(logOf(['check/unknown-technique', { origin: at(3, 2) }], ['read/empty', {}]), {
      findLine: (...place) => {
        asked.push(place)
        return 'the line'
      },
    })
    expect(asked).toEqual([['page.txt', 3]])
    expect(text).toContain('  3 | the line\n    |  ^\n')
  })

  it('paints through the palette alone', () => {
    const entries = logOf(['read/empty', { origin: at(1, 1) }])
    const painted = reportText(entries, { palette: { ...plainPalette, error: (text) => `<${text}>` } })
    expect(painted).toContain('page.txt:1:1 <error> read/empty')
  })

  it('says nothing when there is nothing to say', () => {
    expect(reportText([])).toBe('')
  })
})
