import { describe, expect, it } from 'vitest'
import { lines, readNoted } from '../../../support/read-table.js'

describe('several columns of one kind', () => {
  it.each([
    ['that alternate are pairs', 'Control ID,Technique ID,Control ID,Technique ID', 'AC-2,T1078,AC-3,T1110', ['AC-2 > T1078', 'AC-3 > T1110']],
    ['that alternate, techniques first', 'Technique ID,Control ID,Technique ID,Control ID', 'T1078,AC-2,T1110,AC-3', ['AC-2 > T1078', 'AC-3 > T1110']],
    [
      'that follow one another are all combined', 'Control ID,Control ID,Technique ID,Technique ID', 'AC-2,AC-3,T1078,T1110',
      ['AC-2 > T1078', 'AC-2 > T1110', 'AC-3 > T1078', 'AC-3 > T1110'],
    ],
    ['that are each beside one are pairs', 'Control ID,Technique ID,Technique ID,Control ID', 'AC-2,T1078,T1110,AC-3', ['AC-2 > T1078', 'AC-3 > T1110']],
    ['of which one is alone', 'Control ID,Technique ID,Technique ID', 'AC-2,T1078,T1110', ['AC-2 > T1078', 'AC-2 > T1110']],
  ])('%s', async (_what, titles, row, expected) => {
    const { rows, codes } = await readNoted(lines(titles, row))
    expect(rows).toEqual(expected)
    expect(codes).toEqual([])
  })
})

describe("the columns of ATT&CK's relationships", () => {
  it('may come in any order, without the kinds of the ends', async () => {
    const { rows, sets, diagnostics } = await readNoted(lines('target ID,mapping type,source ID', 'T1078,mitigates,M1036', 'S0002,uses,G0001', 'S0002,,G0001'))
    expect(rows).toEqual(['M1036 > T1078 (mitigates)'])
    expect(sets[0]?.framework.id).toBe('attack-mitigations')
    expect(diagnostics.map(({ code, found, count }) => [code, found, count])).toEqual([
      ['parse/not-a-mapping', 'object uses object', 1], ['parse/not-a-mapping', 'object maps to object', 1],
    ])
  })

  it('map capabilities of other frameworks too, in a set of their own', async () => {
    const { sets } = await readNoted(lines(
      'source ID,source name,mapping type,target ID,target name', 'M1036,Account Use Policies,mitigates,T1078,Valid Accounts',
      'AC-2,Account Management,mitigates,T1110,Brute Force',
    ))
    expect(sets.map(({ framework, mappings }) => [framework.id, mappings.map((row) => row.kind === 'mapped' && [row.capability, row.technique])])).toEqual([
      ['attack-mitigations', [[{ id: 'M1036', description: 'Account Use Policies' }, { id: 'T1078', name: 'Valid Accounts' }]]],
      ['nist_800_53', [[{ id: 'AC-2', description: 'Account Management' }, { id: 'T1110', name: 'Brute Force' }]]],
    ])
  })

  it.each(['mapping type,target ID,Control ID', 'source ID,mapping type,Technique ID', 'source ID,target ID,Note'])('are none if one is missing: %s', async (titles) => {
    const { rows, codes } = await readNoted(lines(titles, 'mitigates,T1078,AC-2'))
    expect([rows, codes]).toEqual([[], ['parse/no-columns']])
  })
})

describe('a column without a known title', () => {
  it('that counts the rows is not read, nor are the capabilities', async () => {
    const { rows, codes } = await readNoted(lines('No,Control ID,Technique ID', '1,AC-2,T1078', '2,AC-3,T1110', '3,AC-4,T1190'))
    expect(rows).toEqual(['AC-2 > T1078', 'AC-3 > T1110', 'AC-4 > T1190'])
    expect(codes).toEqual(['parse/unknown-column'])
  })
})
