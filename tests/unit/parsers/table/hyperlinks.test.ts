import { describe, expect, it } from 'vitest'
import { makeWorkbook } from '../../../support/make-workbook.js'
import { readTable } from '../../../support/read-table.js'

type Rows = readonly (readonly string[])[]

/** Reads a sheet whose cells have hyperlinks, by their addresses. */
async function read(rows: Rows, links: Readonly<Record<string, string>>) {
  const workbook = makeWorkbook({ S: rows }, 'xlsx', (sheet) => {
    for (const [cell, target] of Object.entries(links)) sheet[cell] = { t: 's', v: '', ...sheet[cell], l: { Target: target } }
  })
  const { sets, diagnostics } = await readTable('x.xlsx', workbook, { framework: 'nist_800_53' })
  return {
    mappings: sets.flatMap((set) => set.mappings), diagnostics,
    references: sets.flatMap((set) => set.mappings.map((mapping) => mapping.references)),
  }
}

const titles = ['Control ID', 'Technique ID', 'References']

describe('hyperlinks of cells', () => {
  it('are references, after those of the text', async () => {
    const { references } = await read([titles, ['AC-2', 'T1078', 'our page']], { C2: 'https://example.org/a' })
    expect(references).toEqual([['our page', 'https://example.org/a']])
  })

  it.each([
    ['https://example.org/a', 'https://example.org/a'], ['https://example.org/a', 'https://example.org/a/'],
    ['https://example.org/a/', 'https://example.org/a'],
  ])('are not repeated beside their own address: "%s" with a link to %s', async (text, target) => {
    const { references } = await read([titles, ['AC-2', 'T1078', text]], { C2: target })
    expect(references).toEqual([[text]])
  })

  it('of other columns are no references', async () => {
    const { references } = await read([titles, ['AC-2', 'T1078', '']], { A2: 'https://example.org/a' })
    expect(references).toEqual([undefined])
    const { references: without } = await read([titles.slice(0, 2), ['AC-2', 'T1078']], { A2: 'https://example.org/a' })
    expect(without).toEqual([undefined])
  })

  it('to a technique give the id of a name', async () => {
    const { mappings } = await read([titles, ['AC-2', ' Valid Accounts ', '']], { B2: 'https://attack.mitre.org/techniques/T1078/' })
    expect(mappings).toMatchObject([{ kind: 'mapped', technique: { id: 'T1078', name: 'Valid Accounts' } }])
  })

  it('to a technique give no id to a blank cell, and those to other pages to no cell', async () => {
    const rows = [titles, ['AC-2', 'T1078', ''], ['AC-3', '', ''], ['AC-4', 'Valid Accounts', '']]
    const { mappings, diagnostics } = await read(rows, {
      B3: 'https://attack.mitre.org/techniques/T1078/', B4: 'https://attack.mitre.org/groups/G0007/',
    })
    expect(mappings.map(({ kind }) => kind)).toEqual(['mapped', 'unmapped-capability'])
    expect(diagnostics.map(({ code }) => code)).toEqual(['parse/unreadable-row', 'parse/missing-technique'])
  })
})
