import { describe, expect, it } from 'vitest'
import { makeWorkbook } from '../../../support/make-workbook.js'
import { lines, readNoted as read } from '../../../support/read-table.js'

describe('several columns of one field', () => {
  it.each([
    ['numbered', 'Control ID,Technique 1,Technique 2,Technique 3', ['AC-2,T1078,T1110,', 'AC-3,T1003,,T1059']],
    ['of one title', 'Control ID,Technique ID,Technique ID,Technique ID', ['AC-2,T1078,T1110,', 'AC-3,T1003,,T1059']],
    [
      'primary and secondary', 'Control ID,Primary Technique,Secondary Technique,Other Techniques',
      ['AC-2,T1078,T1110,', 'AC-3,T1003,n/a,T1059'],
    ],
    ['counted in words', 'Control ID,First Technique,Second Technique,Third Technique', ['AC-2,T1078,T1110,-', 'AC-3,T1003,,T1059']],
    ['with numbers in brackets', 'Control ID,Technique (1),Technique (2),Technique (3)', ['AC-2,T1078,T1110,', 'AC-3,T1003,,T1059']],
    ['numbered by pandas', 'Control ID,Technique ID,Technique ID.1,Technique ID.2', ['AC-2,T1078,T1110,', 'AC-3,T1003,,T1059']],
  ])('%s are read together', async (_, titles, rows) => {
    const found = await read(lines(titles, ...rows))
    expect(found.rows).toEqual(['AC-2 > T1078', 'AC-2 > T1110', 'AC-3 > T1003', 'AC-3 > T1059'])
    expect(found.codes).toEqual([])
  })

  it('have their own names and scores beside them', async () => {
    const { sets, codes } = await read(lines(
      'Control ID,Technique ID 1,Technique Name 1,Score 1,Technique ID 2,Technique Name 2,Score 2',
      'AC-2,T1078,Valid Accounts,partial,T1110,Brute Force,minimal',
    ))
    expect(sets[0]?.mappings).toMatchObject([
      { technique: { id: 'T1078', name: 'Valid Accounts' }, score: { value: 'partial' } },
      { technique: { id: 'T1110', name: 'Brute Force' }, score: { value: 'minimal' } },
    ])
    expect(codes).toEqual([])
  })

  it('give pairs where capabilities and techniques alternate, and products where they do not', async () => {
    const paired = await read('Control 1,Technique 1,Control 2,Technique 2\nAC-2,T1078,AC-3,T1110\nAC-4,T1003,,T1059\n')
    expect(paired.rows).toEqual(['AC-2 > T1078', 'AC-3 > T1110', 'AC-4 > T1003', '- > T1059'])
    expect(paired.codes).toEqual(['parse/missing-capability'])
    const product = await read('Control 1,Control 2,Technique 1,Technique 2\nAC-2,AC-3,T1078,T1110\n')
    expect(product.rows).toEqual(['AC-2 > T1078', 'AC-2 > T1110', 'AC-3 > T1078', 'AC-3 > T1110'])
  })

  it('named by the user add up, by title and by letter', async () => {
    const text = 'Control ID,Technique,Also\nAC-2,T1078,T1110\nAC-3,T1003,\n'
    const expected = ['AC-2 > T1078', 'AC-2 > T1110', 'AC-3 > T1003']
    expect((await read(text, { columns: { technique: ['Technique', 'Also'] } })).rows).toEqual(expected)
    expect((await read(text, { columns: { technique: ['B', 'Also'] } })).rows).toEqual(expected)
    expect((await read(text, { columns: { capability_id: 'A', technique: ['B', 'C'] } })).rows).toEqual(expected)
  })

  it('of text are joined', async () => {
    const { sets, codes } = await read('Control ID,Technique ID,Notes,Notes\nAC-2,T1078,one,two\n')
    expect(sets[0]?.mappings[0]?.comments).toBe('one\ntwo')
    expect(codes).toEqual([])
  })

  it('may have another title on every sheet', async () => {
    const bytes = makeWorkbook({
      E: [['eac_id', 'attack_id'], ['EAC0001', 'T1001']],
      M: [['ATT&CK Mobile ID', 'ATT&CK Technique Name', 'eac_id'], ['T1404', 'A name', 'EAC0002']],
      I: [['ATT&CK ICS ID', 'eac_id', 'eac'], ['T0800', 'EAC0003', 'Lures']],
      L: [['ID', 'name'], ['EAC0001', 'Lures']],
    })
    const { rows, codes } = await read(bytes)
    expect(rows).toEqual(['EAC0001 > T1001', 'EAC0002 > T1404', 'EAC0003 > T0800'])
    expect(codes).toEqual([])
    const named = await read(bytes, { columns: { capability_id: 'eac_id', technique: ['attack_id', 'ATT&CK Mobile ID', 'Nowhere'] } })
    // A sheet that has none of the titles is read by its own.
    expect(named.rows).toEqual(['EAC0001 > T1001', 'EAC0002 > T1404', 'EAC0003 > T0800'])
    expect(named.codes).toEqual(['parse/unknown-column'])
  })
})

describe('names', () => {
  it('beside technique ids are those of the techniques', async () => {
    const { diagnostics } = await read('Score,TID,Name\n2.9,T1059,Command and Scripting Interpreter\n2.1,T1047,Windows Instrumentation\n')
    expect(diagnostics).toMatchObject([{
      code: 'parse/no-columns',
      message: 'The table lists techniques with their names, but no column names a capability that they are mapped to',
    }])
    const { sets } = await read('Technique ID,Name,Control ID,Name\nT1059,Command and Scripting Interpreter,AC-2,Account Management\n')
    expect(sets[0]?.mappings).toMatchObject([
      { technique: { name: 'Command and Scripting Interpreter' }, capability: { description: 'Account Management' } },
    ])
  })

  it('of which one technique has several are those of capabilities', async () => {
    const { rows } = await read('Technique,Name\nT1059,Shell starts\nT1059,Script starts\n')
    expect(rows).toEqual(['Shell starts > T1059', 'Script starts > T1059'])
    expect((await read('Name,Technique\nShell starts,T1059\n')).rows).toEqual(['Shell starts > T1059'])
  })
})

describe('tables of rules and tests', () => {
  it.each([
    ['Rule ID,Rule Name,Techniques', 'R-1,Shell,"[""T1059.001"",""T1566.001""]"', ['R-1 > T1059.001', 'R-1 > T1566.001']],
    ['Tactic,Technique #,Technique Name,Test Name,Test GUID', 'execution,T1059.001,PowerShell,Run,g-1', ['g-1 > T1059.001']],
    ['rule.id,rule.name,threat.technique.id,threat.technique.name', 'r1,Shell,T1059,Interpreter', ['r1 > T1059']],
    ['Use Case,ATT&CK Technique ID', 'Lateral tools,T1021', ['Lateral tools > T1021']],
    ['Detection,Technique ID', 'New admin,T1136', ['New admin > T1136']],
    ['Mitigation ID,Technique ID', 'M1036,T1110', ['M1036 > T1110']],
    ['def_tech_id,def_tech_label,off_tech_id,off_tech_label', 'D3-X,A name,T1078,Valid Accounts', ['D3-X > T1078']],
    ['VERIS Hacking Variety,ATT&CK ID,ATT&CK Technique', 'Brute force,T1110,Brute Force', ['Brute force > T1110']],
  ])('%s', async (titles, row, expected) => {
    expect((await read(lines(titles, row))).rows).toEqual(expected)
  })

  it('keep a rule without techniques', async () => {
    const { rows, codes } = await read('Rule ID,Techniques\nR-1,T1070.001\nR-2,[]\n')
    expect(rows).toEqual(['R-1 > T1070.001', 'R-2 > -'])
    expect(codes).toEqual(['parse/missing-technique'])
  })

  it("do not take ATT&CK's prose about detection for one", async () => {
    const prose = 'Monitor executed commands and arguments that may obtain credentials. Look for processes that read the memory of others.'
    const { rows, codes } = await read(`Technique ID,Technique Name,Detection\nT1003,OS Credential Dumping,${prose}\n`)
    expect(rows).toEqual([])
    expect(codes).toEqual(['parse/no-columns'])
  })
})
