import { expect, it } from 'vitest'
import { columnTitles, type RoleTitles } from '../../src/parsers/table/column-titles.js'
import { blanks, crosses, noBesideTicks, scoreWords } from '../../src/parsers/table/matrix-marks.js'
import { committedSection } from './committed-page.js'

const words = (text: string) => text.split(' ').filter((word) => word !== '').map((word) => `\`${word}\``).join(' ')

const list = (marks: readonly string[]) => marks.map((mark) => (mark === '' ? 'blank' : `\`${mark}\``)).join(' ')

function renderTitles({ role, field, strong, weak = '', otherwise }: RoleTitles): string {
  const other = otherwise === undefined ? '' : ` (otherwise \`${columnTitles.find((one) => one.role === otherwise)?.field}\`)`
  return `| ${role === 'derived' ? 'looked up again, not read' : `\`${field}\``} | ${words(strong)} | ${weak === '' ? '' : words(weak) + other} |`
}

it('docs/tables.md lists the titles that the parser knows', async () => {
  const generated = ['| field | always | if no other column is the field |', '|---|---|---|', ...columnTitles.map(renderTitles)].join('\n')
  expect(await committedSection('tables.md', 'titles', generated)).toBe(generated)
})

it('docs/tables.md lists the marks of matrices that the parser knows', async () => {
  const generated = [
    '| cells | mean |', '|---|---|',
    `| ${list(crosses)} | yes |`,
    `| ${list(blanks)} | no |`,
    `| ${list(noBesideTicks)} | no where the table has ticks, otherwise yes |`,
    '| `1` and `0` | yes and no; in a table with other numbers, 1 is a count |',
    `| ${list(scoreWords.filter((word) => word !== 'none'))}, other numbers | yes, with this score value |`,
    '| `protect` `detect` `respond` | yes, with this score category |',
  ].join('\n')
  expect(await committedSection('tables.md', 'marks', generated)).toBe(generated)
})
