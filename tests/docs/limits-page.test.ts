import { expect, it } from 'vitest'
import { type LimitEntry, type LimitName, limitNames, limitTable } from '../../src/formats/limits.js'
import { attacks } from '../support/hostile-documents.js'
import { committedSection } from './committed-page.js'

/** The highest counts of the documents that are known: CTID's pages and files of all releases, ATT&CK bundles, and other projects' files. */
const known: Readonly<Record<LimitName, string>> = {
  'characters': '25,522,442 (an ATT&CK bundle); 3,490,229 (a page)',
  'cell-characters': '4,680',
  'lines': '6,482',
  'rows': '4,930',
  'cells': '24,650',
  'merged-cells': 'none',
  'repeated-cells': 'none',
  'members': '24',
  'inflated': '1,412,750 (a workbook)',
  'ratio': 'none of more than 5 MB',
  'values': '481,461 (an ATT&CK bundle)',
  'keys': '396,131 (an ATT&CK bundle)',
  'depth': '17',
  'yaml-characters': '89,513',
  'yaml-values': "78,886 (CTID's NIST mapping, written by Crosswalk)",
  'elements': '32,642',
  'mappings': '5,314',
  'sets': '8',
  'frameworks': '1',
  'documents': '1,272',
}

it('docs/limits.md lists the limits', async () => {
  const rows = limitNames.map((name) => {
    const { usual, counts, most }: LimitEntry = limitTable[name]
    const range = most === undefined ? '' : `; ${most} at most`
    return `| \`${name}\` | ${usual.toLocaleString('en-GB')}${range} | ${counts} | ${known[name]} |`
  })
  const table = ['| limit | usual | what is counted | highest known |', '|---|---|---|---|', ...rows].join('\n')
  expect(await committedSection('limits.md', 'limits', table)).toBe(table)
})

it('docs/limits.md lists the attacks that are tried', async () => {
  const rows = attacks.map(({ what, code, isRead }) => `| ${what} | \`${code}\` | ${isRead ? 0 : 1} |`)
  const table = ['| document | message | exit |', '|---|---|---|', ...rows].join('\n')
  expect(await committedSection('limits.md', 'attacks', table)).toBe(table)
})
