import { describe, expect, it } from 'vitest'
import { makeWorkbook } from '../../../support/make-workbook.js'
import { lines, readNoted as read } from '../../../support/read-table.js'

describe('matrices', () => {
  const expected = ['AC-2 > T1078', 'SI-4 > T1078', 'AC-2 > T1110', 'AC-3 > T1110']

  it.each([
    ['crosses', 'Technique ID,Technique Name,AC-2,AC-3,SI-4', ['T1078,Valid Accounts,X,,X', 'T1110,Brute Force,X,X,']],
    ['ticks', 'Technique ID,Technique Name,AC-2,AC-3,SI-4', ['T1078,Valid Accounts,✓,✗,✓', 'T1110,Brute Force,✓,✓,✗']],
    ['words', 'ATT&CK,AC-2,AC-3,SI-4', ['T1078,yes,no,Yes', 'T1110,yes,yes,no']],
    ['ones', ',AC-2,AC-3,SI-4', ['T1078 Valid Accounts,1,0,1', 'T1110 Brute Force,1,1,0']],
    ['truths', 'Technique,AC-2,AC-3,SI-4', ['T1078,TRUE,FALSE,TRUE', 'T1110,TRUE,TRUE,FALSE']],
  ])('of techniques and capabilities with %s', async (_, titles, rows) => {
    const found = await read(lines(titles, ...rows))
    expect(found.rows).toEqual(expected)
    expect(found.codes).toEqual([])
    expect(found.diagnostics.map(({ code }) => code)).toContain('parse/read-as-matrix')
  })

  it('of capabilities and techniques', async () => {
    const found = await read('Control,T1078,T1110 Brute Force\nAC-2,x,x\nAC-3,,x\nAC-4,,\n')
    expect(found.rows).toEqual(['AC-2 > T1078', 'AC-2 > T1110', 'AC-3 > T1110', 'AC-4 > -'])
    expect(found.codes).toEqual(['parse/missing-technique'])
  })

  it('with scores, counts, and cells that are neither', async () => {
    const { sets, codes, diagnostics } = await read(lines(
      'Technique ID,aws_config,amazon_guardduty', 'T1078,minimal,partial', 'T1110,significant,', 'T1003,?,partial', 'T1059,minimal,3',
    ))
    expect(sets[0]?.mappings.map(({ score }) => score?.value)).toEqual(['minimal', 'partial', 'significant', 'partial', 'minimal', '3'])
    expect(codes).toEqual(['parse/unknown-value'])
    expect(diagnostics.find(({ code }) => code === 'parse/unknown-value')).toMatchObject(
      { found: '?', origin: { place: { line: 4, column: 7 } } }
    )
  })

  it('report rows without a cross, and totals', async () => {
    const found = await read('Technique,AC-2,AC-3\nT1078,2,1\nT1110,0,0\nTotal,2,1\n')
    expect(found.rows).toEqual(['AC-2 > T1078', 'AC-3 > T1078', '- > T1110'])
    expect(found.codes).toEqual(['parse/unreadable-row', 'parse/missing-capability'])
  })

  it.each([
    ['platforms', 'Technique ID,Windows,Linux\nT1078,x,x\nT1110,x,\n'],
    ['states', 'Technique ID,Name,Detected,Tested\nT1078,Valid Accounts,yes,no\nT1110,Brute Force,no,no\n'],
    ['years', 'TID,2023,2024\nT1078,3,1\nT1110,2,4\n'],
    ['groups', 'Group,T1078,T1110\nAPT0,x,\nAPT00,x,x\n'],
  ])('are not made of %s', async (_, text) => {
    const { rows, codes } = await read(text)
    expect(rows).toEqual([])
    expect(codes).toEqual(['parse/no-columns'])
  })

  it('with titles that look like fields', async () => {
    expect((await read('Technique ID,Control 1,Control 2\nT1078,x,\nT1110,x,x\n')).rows)
      .toEqual(['Control 1 > T1078', 'Control 1 > T1110', 'Control 2 > T1110'])
  })
})

describe("ATT&CK's own workbooks", () => {
  const titles = [
    'source ID', 'source name', 'source type', 'mapping type', 'target ID', 'target name', 'target type', 'mapping description',
  ]
  const techniques = [
    ['ID', 'name', 'description', 'url', 'tactics'], ['T1078', 'Valid Accounts', 'Text.', 'https://example.org', 'Persistence'],
  ]

  it('map mitigations; other relationships are counted', async () => {
    const { sets, rows, codes, diagnostics } = await read(makeWorkbook({
      techniques,
      relationships: [
        titles,
        ['S0001', 'One', 'software', 'uses', 'T1588.002', 'Tool', 'technique', 'Buys.'],
        ['M1036', 'Policies', 'mitigation', 'mitigates', 'T1110', 'Brute Force', 'technique', 'Lock.'],
        ['G0001', 'One', 'group', 'uses', 'S0001', 'One', 'software', 'Uses.'],
        ['G0002', 'Two', 'group', 'uses', 'T1105', 'Transfer', 'technique', 'Brings.'],
        ['G0003', 'Three', 'group', 'uses', 'T1105', 'Transfer', 'technique', 'Brings.'],
      ],
    }))
    expect(rows).toEqual(['M1036 > T1110 (mitigates)'])
    expect(sets[0]).toMatchObject({
      framework: { id: 'attack-mitigations' },
      mappings: [{
        capability: { description: 'Policies' }, technique: { name: 'Brute Force' }, comments: 'Lock.',
        origins: [{ place: { sheet: 'relationships', cell: 'E3' } }],
      }],
    })
    expect(codes).toEqual([])
    expect(diagnostics.filter(({ code }) => code === 'parse/not-a-mapping').map(({ found, count }) => [found, count])).toEqual([
      ['software uses technique', 1], ['group uses software', 1], ['group uses technique', 2],
    ])
  })

  it('that only list map nothing', async () => {
    const { rows, codes } = await read(makeWorkbook({ techniques }))
    expect(rows).toEqual([])
    expect(codes).toEqual(['parse/no-mappings'])
  })

  it('in which all relationships are of groups have no row', async () => {
    const row = ['G0002', 'Two', 'group', 'uses', 'T1105', 'Transfer', 'technique', 'x']
    const { codes } = await read(makeWorkbook({ relationships: [titles, row] }))
    expect(codes).toEqual(['parse/no-mappings'])
  })

  it('and matrices of names below tactics, as the Navigator exports them, are named', async () => {
    const { diagnostics } = await read(makeWorkbook({
      'Enterprise ATT&CK': [['Initial Access', 'Execution', null], ['Valid Accounts', 'Native API', 'x'], ['Phishing', null, null]],
    }))
    expect(diagnostics).toMatchObject([{ code: 'parse/no-columns', hint: expect.stringContaining('JSON') }])
    expect(diagnostics[0]?.message).toContain('Navigator')
  })
})

describe('a header', () => {
  it('is no row of data, whatever its words', async () => {
    const { rows } = await read('Nr,What,Kind,Where\n1,Tool,technique,T1078\n')
    expect(rows).toEqual([])
  })

  it('is the row above the techniques, not a line of prose', async () => {
    const { rows } = await read('Control,Technique\nplease fill in,by Friday\n\nControl ID,Technique ID\nAC-2,T1078\n')
    expect(rows).toContain('AC-2 > T1078')
  })
})
