import { describe, expect, it } from 'vitest'
import { chooseExitCode } from '../../../src/cli/report-diagnostics.js'
import { choosePalette, createProgress, formatSize, renderTable } from '../../../src/cli/terminal.js'
import { describeUnknown, findNearest } from '../../../src/cli/usage.js'
import { isDate } from '../../../src/cli/writing.js'
import type { Code } from '../../../src/diagnostics/catalogue.js'
import { createDiagnostic } from '../../../src/diagnostics/diagnostic.js'

function isColoured(enabled: boolean, isTerminal: boolean, env: Record<string, string>): boolean {
  return choosePalette({ enabled, isTerminal, env }).error('x') !== 'x'
}

function codeFor(codes: readonly Code[], failOn: 'error' | 'warning' | 'loss'): number {
  return chooseExitCode(codes.map((code) => createDiagnostic(code, {})), failOn)
}

describe('findNearest', () => {
  const formats = ['stix', 'navigator', 'csv', 'xlsx', 'json', 'yaml']
  it.each([
    ['stixx', 'stix'], ['sitx', 'stix'], ['STIX', 'stix'], ['nav', 'navigator'], ['navigater', 'navigator'], ['xls', 'xlsx'],
      ['yml', 'yaml'],
    ['pdf', undefined], ['', 'csv'], ['x'.repeat(1_000_000), undefined],
  ])('%s → %s', (word, nearest) => {
    // An empty word begins every candidate; the shortest is then the nearest.
    expect(findNearest(word, formats)).toBe(nearest)
  })

  it('names all candidates where none is near', () => {
    expect(describeUnknown('format', 'pdf', ['csv', 'json'])).toBe('Unknown format "pdf". Available: csv, json.')
    expect(describeUnknown('format', 'cvs', ['csv', 'json'])).toBe('Unknown format "cvs". Did you mean "csv"?')
  })
})

describe('isDate', () => {
  it.each(['2024-02-29', '2000-01-01', '9999-12-31'])('takes %s', (text) => expect(isDate(text)).toBe(true))
  it.each(['2023-02-29', '2024-13-01', '2024-00-10', '2024-1-1', '12/31/2024', '2024-12-31T00:00:00Z', ''])('refuses %s',
    (text) =>
    expect(isDate(text)).toBe(false))
})

describe('formatSize', () => {
  it.each([[0, '0 B'], [999, '999 B'], [1000, '1.0 kB'], [9949, '9.9 kB'], [9951, '10 kB'], [999_499, '999 kB'], [999_500,
    '1.0 MB'],
    [34_000_000, '34 MB'], [2e12, '2000 GB']])('%d → %s', (bytes, text) => expect(formatSize(bytes)).toBe(text))
})

describe('choosePalette', () => {
  it.each([
    [true, true, {}, true],
    [true, false, {}, false],
    [false, true, {}, false],
    [true, true, { NO_COLOR: '1' }, false],
    [true, true, { NO_COLOR: '' }, true],
    [true, true, { TERM: 'dumb' }, false],
    [true, false, { FORCE_COLOR: '1' }, true],
    [true, true, { FORCE_COLOR: '0' }, false],
    [true, false, { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
    [false, false, { FORCE_COLOR: '1' }, false],
  ])('enabled %s, terminal %s, %j: %s', (enabled, isTerminal, env, coloured) => expect(isColoured(enabled, isTerminal, env))
    .toBe(coloured))
})

describe('createProgress', () => {
  it('appears after half a second, is updated ten times a second, and erases itself', () => {
    const written: string[] = []
    let time = 0
    const progress = createProgress({ write: (text) => void written.push(text), now: () => time })
    progress.show('Reading', 1, 9)
    progress.clear()
    expect(written).toEqual([])
    for (const now of [499, 500, 550, 601]) {
      time = now
      progress.show('Reading', now, 9)
    }
    progress.clear()
    expect(written).toEqual(['\r\u001b[KReading 500/9', '\r\u001b[KReading 601/9', '\r\u001b[K'])
  })
})

describe('renderTable', () => {
  it('aligns columns, numbers at the right, and leaves no trailing spaces', () => {
    expect(renderTable([['a', '1', 'x'], ['long', '100', '']], new Set([1]))).toBe('a       1  x\nlong  100\n')
  })

  it('neutralises cells', () => {
    expect(renderTable([['\u001b[2J\n', 'b']])).toBe('\\x1b[2J\\n  b\n')
  })
})

describe('chooseExitCode', () => {
  it('fails on what it is asked to fail on', () => {
    expect(codeFor([], 'warning')).toBe(0)
    expect(codeFor(['read/empty'], 'error')).toBe(1)
    expect(codeFor(['check/unknown-technique'], 'error')).toBe(0)
    expect(codeFor(['check/unknown-technique'], 'warning')).toBe(1)
    expect(codeFor(['check/unknown-technique'], 'loss')).toBe(0)
    expect(codeFor(['emit/not-representable'], 'error')).toBe(0)
    expect(codeFor(['emit/not-representable'], 'warning')).toBe(0)
    expect(codeFor(['emit/not-representable'], 'loss')).toBe(1)
    expect(codeFor(['read/empty'], 'loss')).toBe(1)
  })
})
