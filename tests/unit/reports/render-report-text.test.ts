import { describe, expect, it } from 'vitest'
import { plainPalette } from '../../../src/diagnostics/reporters/terminal-text.js'
import { renderReportText } from '../../../src/analyses/report/render-report-text.js'
import { sampleReport, type Thing } from './sample-report.js'

const long = 'a remark that goes on and on, well beyond what a narrow terminal has room for in one column of a table'
const things: readonly Thing[] = [
  { id: 'AC-2', change: 'added', share: 0.5, remark: long },
  { id: 'AC-10', change: 'removed', share: 1 },
]

function render(width: number, list: readonly Thing[] = things, more: { mostRows?: number; moreHint?: string } = {}): string {
  return renderReportText(sampleReport(list), { width, palette: plainPalette, ...more })
}

describe('a report as text', () => {
  it('has title, what must be known, counts, facts, then tables side by side', () => {
    expect(render(60)).toBe(`A sample of things

Made up for tests.

  Things           2
  Of these odd  1234

  From  nowhere

Things (2)
One row a thing.
  Change   Thing  Share  Remark                      Excerpt
  added    AC-2    0.50  a remark that goes on and…  a rem
  removed  AC-10   1.00
`)
  })

  it.each([40, 60, 80, 140, 300])('has no line wider than %i columns', (width) => {
    for (const line of render(width).split('\n')) expect(Array.from(line).length).toBeLessThanOrEqual(width)
  })

  it('puts long cells below one another where the terminal is narrow, and shortens them alone', () => {
    const text = render(46)
    expect(text).toContain('\n  Change   Thing  Share\n  added    AC-2    0.50\n    Remark   a remark that goes on and on,')
    expect(text).toContain('…\n    Excerpt  a rem\n  removed  AC-10   1.00\n')
  })

  it('shows as many rows as wanted and counts the rest', () => {
    const text = render(80, things, { mostRows: 1, moreHint: '--verbose shows all' })
    expect(text).toMatch(/ 0\.50 .*\n {2}and 1 more: --verbose shows all\n$/)
  })

  it('leaves out tables without rows and columns that are blank in every row', () => {
    expect(render(80, [])).not.toContain('Things (')
    expect(render(80, [{ id: 'a', change: 'added', share: 0 }])).not.toContain('Remark')
  })

  it('neutralises what a terminal would act on', () => {
    const text = render(140, [{ id: '\u001b[31mred', change: 'added', share: 1, remark: 'over\u202ethere\u0007' }])
    expect(text).toContain('\\x1b[31mred')
    for (const harmful of ['\u001b', '\u202e', '\u0007']) expect(text).not.toContain(harmful)
  })

  it('colours words of change', () => {
    const palette = { ...plainPalette, error: (word: string) => `<${word}>` }
    const text = renderReportText(sampleReport(things), { width: 100, palette })
    expect(text).toContain('  <removed>  AC-10')
    expect(text).not.toContain('<added')
  })
})
