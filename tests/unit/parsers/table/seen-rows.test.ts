import { describe, expect, it } from 'vitest'
import type { SeenRow } from '../../../../src/formats/rows.js'
import { table } from '../../../../src/parsers/table/table.js'
import { makeWorkbook } from '../../../support/make-workbook.js'
import { decodeTable } from '../../../support/read-table.js'

/** The places of the rows that the parser says it has seen: each must come out as a mapping or be reported. */
async function seenIn(name: string, content: string | Uint8Array): Promise<readonly string[]> {
  const { document } = await decodeTable(name, content)
  const seen: SeenRow[] = []
  if (document) await table.parse(document, { statements: {}, report: () => undefined, seen: (rows) => { seen.push(...rows) } })
  return seen.map(({ place }) => (place.kind === 'text' ? `line ${place.line}` : place.kind === 'cell' ? `${place.sheet} ${place.cell.replace(/[A-Z]+/, '')}` : place.kind))
}

describe('the rows that a table has', () => {
  it('are those below its titles', async () => {
    expect(await seenIn('x.csv', 'Our table\n\nControl ID,Technique ID\nAC-2,T1078\n\n,\nAC-3,T1110\n')).toEqual(['line 4', 'line 7'])
  })

  it('are those of a matrix below its titles and its row of names', async () => {
    expect(await seenIn('x.csv', 'Technique,AC-2,AC-3\n,Accounts,Access\nT1078,x,\n,x,\nT1110,,x\n')).toEqual(['line 3', 'line 4', 'line 5'])
    expect(await seenIn('x.csv', 'Technique,AC-2,AC-3\nT1078,x,\nT1110,,x\n')).toEqual(['line 2', 'line 3'])
  })

  it('are those of each sheet with techniques, and none of sheets that map groups', async () => {
    const workbook = makeWorkbook({
      One: [['Control ID', 'Technique ID'], ['AC-2', 'T1078']],
      Groups: [['Control ID', 'ATT&CK Group'], ['AC-2', 'G0007']],
      Two: [['Control ID', 'Mitigates'], ['AC-2', 'T1078']],
      Three: [['Control ID', 'Sub-technique ID'], ['AC-2', 'T1110.001']],
    })
    expect(await seenIn('x.xlsx', workbook)).toEqual(['One 2', 'Two 2', 'Three 2'])
  })
})
