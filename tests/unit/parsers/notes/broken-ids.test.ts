import { describe, expect, it } from 'vitest'
import { readNotes } from '../../../support/read-notes.js'

const found = async (text: string, code: string) => {
  const { diagnostics } = await readNotes(text)
  return diagnostics.filter((diagnostic) => diagnostic.code === code).map((diagnostic) => diagnostic.found)
}

describe('ids with a slip in notes', () => {
  it.each([
    'T1e308.004', 'T105', 'T10599', 'T1O59', 'TI059', 'T1059x', 'T-1059', 'T_1059', 'T10S9', 'T1o59.001',
  ])('are reported: %s', async (id) => {
    expect(await found(`- AC-2: T1078, ${id}`, 'parse/malformed-technique')).toEqual([id])
    expect(await found(`| Control | ATT&CK |\n|---|---|\n| AC-2 | ${id} |\n`, 'parse/malformed-technique')).toEqual([id])
  })

  it.each(['a T14 on a T1 line', 'T20 cricket', 'T1000000', 'The Tools', 'T-shirt', 'T1059', 'TA0001', 'IT1000x', 't105'])('are not seen in: %s', async (words) => {
    expect(await found(`AC-2: ${words}`, 'parse/malformed-technique')).toEqual([])
  })
})

const table = (row: string) => `| Control | ATT&CK |\n|---|---|\n| SI-4 | T1055, T1003.001 |\n${row}\n`

describe('rows of a table of techniques', () => {
  it.each(['| AC-2 | Valid Accounts |', '| AC-2 | T 1078 |', '| AC-2 | |', '| AC-2 | T10 |'])('are reported without a technique: %s', async (row) => {
    const { pairs } = await readNotes(table(row))
    expect(pairs).toEqual(['SI-4 > T1055', 'SI-4 > T1003.001'])
    expect(await found(table(row), 'parse/no-technique-in-row')).toEqual(['AC-2'])
  })

  it('are not in tables that map nothing', async () => {
    expect(await found('| Control | Owner |\n|---|---|\n| AC-2 | Kim |\n', 'parse/no-technique-in-row')).toEqual([])
  })
})
