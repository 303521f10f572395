import { describe, expect, it } from 'vitest'
import { validateFile } from './validate-file.js'

const name = 'aws.diff.added-rows.csv'

describe('a table of a report', () => {
  it('is told by its name, and passes whatever it says', async () => {
    expect(await validateFile('capability_id,attack_object_id\r\nA,T9999\r\n', name)).toEqual({ kind: 'report-table', found: [] })
    expect((await validateFile('capability_id,attack_object_id\r\nA,T9999\r\n', 'rows.csv')).kind).not.toBe('report-table')
  })

  it.each([
    ['a column twice', 'a_key,a_key\r\n1,2\r\n'],
    ['a column without a sound name', 'A Key,b_key\r\n1,2\r\n'],
    ['a row that is too long', 'a_key,b_key\r\n1,2,3\r\n'],
  ])('is found to have %s', async (_what, text) => {
    expect(await validateFile(text, name)).toEqual({ kind: 'report-table', found: ['verify/schema'] })
  })
})
