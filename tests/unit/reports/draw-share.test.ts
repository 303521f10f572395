import { describe, expect, it } from 'vitest'
import { drawShare, fitColumns, paintShare } from '../../../src/analyses/report/fit-width.js'
import { plainPalette } from '../../../src/diagnostics/reporters/terminal-text.js'
import { renderReportText } from '../../../src/analyses/report/render-report-text.js'
import { createReportTable } from '../../../src/model/report-table.js'
import { sampleReport } from './sample-report.js'

describe('a share', () => {
  it.each([
    [0, '  0% ░░░░░'], [0.001, ' <1% █░░░░'], [0.3, ' 30% ██░░░'], [0.5, ' 50% ███░░'], [0.994, ' 99% ████░'], [0.999, '>99% ████░'],
    [1, '100% █████'],
  ])('of %d is a percentage and a bar that never rounds to nothing or all', (share, text) => {
    expect(drawShare(share, 10, true)).toBe(text)
    expect(drawShare(share, 10, false)).toBe(text.replaceAll('█', '#').replaceAll('░', '.'))
  })

  it('is a percentage alone where there is no room for a bar, and a bar of 24 where there is more', () => {
    expect(drawShare(0.5, 7, true)).toBe(' 50%')
    expect(drawShare(0.5, 300, true)).toHaveLength(29)
  })
})

describe('columns of shares', () => {
  it('take the room that is left, all of them the same', () => {
    const needs = [{ kind: 'id', width: 10 }, { kind: 'share', width: 4 }, { kind: 'share', width: 8 }] as const
    expect(fitColumns(needs, 50)).toEqual([10, 20, 20])
    expect(fitColumns(needs, 500)).toEqual([10, 29, 29])
    expect(fitColumns(needs, 24)).toEqual([10, 4, 8])
    expect(fitColumns(needs, 21)).toBeUndefined()
  })

  it('go below one another where the terminal is too narrow for them', () => {
    const table = createReportTable({ name: 'parts', title: 'Parts', uncounted: true }, [0.25, 1], [
      { key: 'id', title: 'Thing', kind: 'id', cell: () => 'a thing with a long name' },
      { key: 'one', title: 'First of the shares', kind: 'share', cell: (share) => share },
      { key: 'two', title: 'Second', kind: 'share', cell: () => null },
    ])
    const text = (width: number): string =>
      renderReportText(sampleReport([], { tables: [table] }), { width, palette: plainPalette, unicode: false })
    expect(text(60)).toContain('Parts\n  Thing                     First of the shares\n'
      + '  a thing with a long name   25% ######..................\n'
      + '  a thing with a long name  100% ########################\n')
    expect(text(40)).toContain('  a thing with a long name\n    First of the shares   25% ###.......\n')
  })
})

describe('a painted share', () => {
  const palette = { note: (text: string) => `<${text}>`, faint: (text: string) => `(${text})` }

  it.each([
    [0.5, true, ' 50% <██>(░░)'], [0, true, '  0% (░░░░)'], [1, true, '100% <████>'], [0.5, false, ' 50% <##>(..)'],
  ])('of %s colours its bar alone', (share, unicode, expected) => {
    expect(paintShare(drawShare(share, 9, unicode), palette)).toBe(expected)
  })

  it('without a bar is left as it is', () => {
    expect(paintShare(drawShare(0.5, 4, true), palette)).toBe(' 50%')
  })
})
