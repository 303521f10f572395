import { expect, it } from 'vitest'
import { loadAttackIndex } from '../../src/attack/load-attack.js'
import { readTechniqueCell } from '../../src/parsers/reading/technique-cell.js'
import { createTechniqueLookup } from '../../src/parsers/reading/technique-lookup.js'
import { committedSection } from './committed-page.js'

/** Cells of each form; the page says what is read of them. */
const forms: readonly (readonly [string, readonly string[]])[] = [
  ['one id', ['T1059.001', 't1059/001', 'T1059-001', 'T1059_001', 'T1059 .001', String.raw`T1059\.001`, 'attack.t1059.001']],
  ['addresses and links', ['https://attack.mitre.org/techniques/T1059/001', '[PowerShell](https://attack.mitre.org/techniques/T1059/001)']],
  ['names', ['T1059.001: PowerShell', 'PowerShell (T1059.001)']],
  ['lists', ['T1078, T1190', 'T1078<br>T1190', 'T1078 and T1190']],
  ['short ids', ['T1110 (.001, .003)', 'T1110: .001 .003', 'T1110.001,.003', 'T1110.001/003']],
  ['short ids in a list with their technique', ['T1110, .001, .003']],
  ['ranges', ['T1003.001-.003', 'T1003.001 to T1003.003']],
  ['wildcards', ['T1558.*', 'T1558.x']],
  ['a technique with its sub-techniques', ['T1558 and all sub-techniques', String.raw`T1558(\.\d{3})?`]],
  ['expressions', [String.raw`T1003(\.006|\.005)?`, String.raw`T1003(|\.006|\.005)`]],
  ['expressions of sub-techniques only', [String.raw`T1547\.(004|009)`, String.raw`T1547(\.004|\.009)`]],
  ['tactics and tags', ['TA0005: T1027', 'attack.defense-evasion, attack.t1027', 'Defense Evasion: T1027']],
  ['more than techniques and names', ['T1059 (high)', 'T1059-T1078', 'T1059*', 'T1059 G0007']],
  ['malformed', ['T1059.1', 'T1059.001.002', String.raw`T1003(\.006|\.05)`, 'T1059 except T1059.002']],
]

it('docs/tables.md says what is read of technique cells', async () => {
  const lookup = createTechniqueLookup(await loadAttackIndex(), { version: '16.1', domain: 'enterprise' })
  const describeCell = (text: string): string => {
    const { techniques, broken, rest } = readTechniqueCell(text, lookup)
    if (broken.length > 0) return 'nothing; the row is left out (error)'
    const ids = techniques.map(({ id, name }) => (name === undefined ? id : `${id} "${name}"`)).join(', ')
    return rest.length === 0 ? ids : `${ids}; the rest is reported (warning)`
  }
  const lines = forms.map(([form, cells]) => {
    const code = cells.map((cell) => `\`${cell.replaceAll('|', String.raw`\|`)}\``).join(' ')
    return `| ${form} | ${code} | ${[...new Set(cells.map(describeCell))].join(' / ')} |`
  })
  const generated = ['| | cells | are read as |', '|---|---|---|', ...lines].join('\n')
  expect(await committedSection('tables.md', 'technique-cells', generated)).toBe(generated)
})
