import { describe, expect, it } from 'vitest'
import { headers, readTextPage } from '../../../support/read-text-page.js'

describe('a page that breaks off', () => {
  const row = 'chronicle Chronicle technique_scores T1053.005 Scheduled Task'
  const whole = `T1053.005 Scheduled Task\n\nGCP Mappings\n\n${headers.relation}\n${row}`

  it.each([
    ['behind a section\'s heading', `${headers.relation}\n${row}\n\nAWS Mappings`, 1],
    ['in a sub-technique\'s id', `${headers.relation}\nchronicle Chronicle technique_scores T1053`, 1],
    ['at the start of a header', 'Capabil', 0],
    ['between two labels of a header', 'Capability ID Capability Description', 0],
    ['in a comment', `${headers.relationNotes}\n${row}\nComments\nIt sees`, 1],
    ['in a row below a note', `${headers.relationNotes}\n${row}\nComments\nReferences\nchro`, 1],
    ['in the header', 'Capability ID Capability Description Mapping Ty', 0],
    ['behind the header', headers.relation, 0],
    ['in the description', `${headers.relation}\nchronicle Chro`, 0],
    ['before the technique', `${headers.relation}\nchronicle Chronicle technique_scores`, 1],
    ['in the technique id', `${headers.relation}\nchronicle Chronicle technique_scores T105`, 0],
    ['in the technique name', `${headers.relation}\nchronicle Chronicle technique_scores T1053.005 Scheduled Ta`, 1],
  ])('%s is reported at its last line', async (_, end, count) => {
    const { rows, diagnostics } = await readTextPage(`T1053.005 Scheduled Task\n\nGCP Mappings\n\n${end}`)
    expect(rows).toHaveLength(count)
    expect(diagnostics).toContainEqual(expect.objectContaining({
      code: 'parse/truncated',
      origin: { document: 'page.txt', place: { kind: 'text', line: 4 + end.split('\n').length, column: 1 } },
    }))
  })

  it('is not what a whole page is', async () => {
    expect((await readTextPage(whole)).codes).toEqual([])
  })
})

describe('how a page is saved', () => {
  const only = 'action.hacking.variety.Use of stolen creds Caf\u00E9 related-to T1078 Valid Accounts'
  const page = `T1078 Valid Accounts\n\nVERIS Mappings\n\n${headers.relation}\n${only}\n`

  it.each([
    ['CRLF', page.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\uFEFF${page}`],
    ['non-breaking spaces', page.replaceAll(' ', '\u00A0')],
    ['tabs between cells and margins', page.replaceAll(' related-to ', '\trelated-to\t').replaceAll('\n', '  \n ')],
    ['decomposed letters', page.normalize('NFD')],
    ['LF', page],
  ])('makes no difference: %s', async (_, text) => {
    const { rows } = await readTextPage(text)
    expect(rows.map((row) => row.kind === 'mapped' && [row.capability, row.relation, row.technique])).toEqual([[
      { id: 'action.hacking.variety.Use of stolen creds', description: 'Caf\u00E9' },
      'related-to',
      { id: 'T1078', name: 'Valid Accounts' },
    ]])
  })
})

describe('a table that a script has cut into pages', () => {
  it('ends at the browser\'s line on the rows shown, and missing rows are reported', async () => {
    const { rows, diagnostics } = await readTextPage(`T1078 Valid Accounts

AWS Mappings

${headers.relation}
aws_rds AWS RDS technique_scores T1078 Valid Accounts
Showing 1 to 1 of 53 rows
10 rows per page

Azure Mappings

${headers.relation}
azure_sentinel Microsoft Sentinel technique_scores T1078 Valid Accounts
Showing 1 to 1 of 1 rows`)
    expect(rows).toHaveLength(2)
    expect(diagnostics).toMatchObject([{ code: 'parse/rows-missing', found: '1 of 53 rows', origin: { place: { line: 7 } } }])
  })
})
