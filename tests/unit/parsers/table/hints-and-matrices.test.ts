import { describe, expect, it } from 'vitest'
import { makeWorkbook } from '../../../support/make-workbook.js'
import { readTable, summariseRows } from '../../../support/read-table.js'

async function read(text: string | Uint8Array, statements = {}) {
  const { sets, diagnostics } = await readTable(typeof text === 'string' ? 'x.csv' : 'x.xlsx', text, statements)
  const hintOf = (code: string): string | undefined => diagnostics.find((diagnostic) => diagnostic.code === code)?.hint
  return { sets, diagnostics, hintOf, rows: sets.flatMap((set) => summariseRows(set)), codes: diagnostics.map(({ code }) => code) }
}

describe('techniques of other matrices', () => {
  it.each([
    ['AML.T0043', 'MITRE ATLAS'], ['AML.T0043.001', 'MITRE ATLAS'], ['atlas.aml.t0051', 'MITRE ATLAS'], ['AML-T0051', 'MITRE ATLAS'],
    ['https://atlas.mitre.org/techniques/AML.T0043', 'MITRE ATLAS'], ['FGT1059', 'MITRE FiGHT'], ['PRE-T1043', 'PRE-ATT&CK'],
  ])('%s is of %s: an error, and no row', async (cell, matrix) => {
    const { rows, diagnostics } = await read(`Control ID,Technique ID\nAC-2,${cell}\nAC-3,T1078\n`)
    expect(rows).toEqual(['AC-3 > T1078'])
    expect(diagnostics).toContainEqual(expect.objectContaining({
      code: 'parse/other-matrix', severity: 'error', message: `A row names a technique of ${matrix}, not of ATT&CK, and was left out`,
    }))
  })

  it('beside techniques of ATT&CK are reported with what was read', async () => {
    const { rows, diagnostics } = await read('Control ID,Technique ID\nAC-2,T1059; AML.T0051\n')
    expect(rows).toEqual(['AC-2 > T1059'])
    expect(diagnostics).toContainEqual(expect.objectContaining({ code: 'parse/cell-not-understood', found: 'T1059; AML.T0051' }))
  })

  it('are told by a domain of the row, whatever the id looks like', async () => {
    const { rows, codes } = await read('Domain,Control ID,Technique ID\nATLAS,AC-2,T0043\nICS,AC-3,T0886\n')
    expect(rows).toEqual(['AC-3 > T0886'])
    expect(codes).toContain('parse/other-matrix')
  })
})

describe('hints are tried', () => {
  it.each([
    ['AC-2(1|3)', 'Write each id'], ['AC-2(1,3)', 'Write each id'], ['AC-10, -11', 'Write each id'], ['"AC-2 (1), (3)"', 'Write each id'],
    ['AC-2 #AC-3 | x', 'Write each id'],
  ])('%s: a separator that cuts ids is not proposed', async (cell, hint) => {
    const quoted = cell.startsWith('"') ? cell : `"${cell}"`
    const { hintOf } = await read(`Control ID,Technique ID\n${quoted},T1078\nAC-3,T1110\nAC-4,T1059\n`)
    expect(hintOf('parse/list-in-cell')).toContain(hint)
  })

  it('a separator that cuts a name elsewhere in the column is not proposed', async () => {
    const text = 'Control,Technique ID\n"mfa, vpn",T1078\n"Roles, rights and duties",T1110\nbackup,T1059\n'
    expect((await read(text)).hintOf('parse/list-in-cell')).toContain('Write each id')
    expect((await read(text.replace('Roles, rights', 'Roles; rights').replace('"Roles', '"Roles'))).hintOf('parse/list-in-cell')).toBeDefined()
  })

  it('columns are proposed with those that the user names', async () => {
    const { hintOf } = await read('One,Two,Why so\nAC-2,T1078,because\n', { columns: { capability_id: 'One', technique: 'Two' } })
    expect(hintOf('parse/unknown-column')).toContain('--columns "capability_id=One,technique=Two,comments=Why so"')
  })

  it('a column of a matrix is not proposed: naming columns would undo the matrix', async () => {
    const { hintOf, rows } = await read('Technique,Owner,AC-2,AC-3\nT1078,Ann,x,\nT1110,Bob,,x\n')
    expect(rows).toEqual(['AC-2 > T1078', 'AC-3 > T1110'])
    expect(hintOf('parse/unknown-column')).not.toContain('--columns')
  })

  it('--fill-down is proposed with the rows that become mappings', async () => {
    const { hintOf } = await read('Control ID,Technique ID\nAC-2,T1078\n,T1110\n,T1.1\n,T1059\n')
    expect(hintOf('parse/missing-capability')).toContain('it completes 2 rows.')
  })
})

describe('options that find nothing', () => {
  it('--split says that no cell has the separator', async () => {
    const text = 'Control ID,Technique ID\nAC-2|AC-3,T1078\n'
    expect((await read(text, { split: { capability: ';' } })).diagnostics).toContainEqual(expect.objectContaining({
      code: 'parse/unused-option', message: '--split: no cell of a capability contains the separator', found: '";"',
    }))
    expect((await read(text, { split: { capability: '|' } })).codes).not.toContain('parse/unused-option')
  })

  it('--columns says which title or letter the table lacks', async () => {
    const text = 'Control ID,Technique ID,Note\nAC-2,T1078,x\n'
    const { diagnostics } = await read(text, { columns: { capability_id: 'Control ID', technique: 'Tecnique' } })
    expect(diagnostics).toMatchObject([{ code: 'parse/no-columns', message: 'The table has no column "Tecnique", which --columns names' }])
    const far = await read(text, { columns: { comments: 'Z' } })
    expect(far.diagnostics).toContainEqual(expect.objectContaining({ message: '--columns: no sheet has a column "Z"' }))
  })

  it('a column of crosses is no column of capabilities', async () => {
    const { diagnostics } = await read('Technique ID,AC-2,AC-3\nT1078,X,\nT1110,X,X\n', { columns: { capability: 'AC-2', technique: 'Technique ID' } })
    expect(diagnostics).toContainEqual(expect.objectContaining({
      code: 'parse/unknown-value', message: 'The column "AC-2", which --columns names as the capability, has crosses and names none',
      hint: 'Without --columns the table is read as a matrix, whose titles are the capabilities.',
    }))
  })
})

describe('ids', () => {
  it('in small letters are split and written as their framework writes them', async () => {
    const { rows, sets, diagnostics } = await read('Control ID,Technique ID\nac-2,T1078\n"ac-2, ac-3",T1110\nac-2(1); si-4,T1059\n')
    expect(rows).toEqual(['AC-2 > T1078', 'AC-2 > T1110', 'AC-3 > T1110', 'AC-2(1) > T1059', 'SI-4 > T1059'])
    expect(sets.map(({ framework }) => framework.id)).toEqual(['nist_800_53'])
    expect(diagnostics).toContainEqual(expect.objectContaining({ code: 'normalise/capability-id', count: 5, found: 'ac-2, ac-3, ac-2(1), …' }))
  })

  it("of ATT&CK's mitigations tell their framework; a cell may have ids of two", async () => {
    const { sets } = await read('Mitigation,Technique ID\nM1036,T1110\n"M1032, AC-2",T1078\nAC-3,T1059\n')
    expect(sets.map((set) => `${set.framework.id}: ${summariseRows(set).join(', ')}`)).toEqual([
      'attack-mitigations: M1036 > T1110, M1032 > T1078', 'nist_800_53: AC-2 > T1078, AC-3 > T1059',
    ])
  })
})

describe('layouts', () => {
  it('a row of totals is no capability', async () => {
    const { rows, codes } = await read(',T1078,T1110\nAC-2,1,0\nAC-3,0,2\nSum,1,2\n')
    expect(rows).toEqual(['AC-2 > T1078', 'AC-3 > T1110'])
    expect(codes).toContain('parse/not-a-mapping')
  })

  it('fields of nested records are no capabilities of a matrix', async () => {
    const { rows, codes } = await read('properties.severity,properties.enabled,technique\nMedium,true,T1110\nHigh,true,T1078\n')
    expect(rows).toEqual([])
    expect(codes).not.toContain('parse/read-as-matrix')
  })

  it('a sheet without the titles that another has is read by its own', async () => {
    const bytes = makeWorkbook({
      A: [['eac_id', 'attack_id'], ['EAC0001', 'T1001']],
      B: [['ATT&CK ICS ID', 'eac_id'], ['T0800', 'EAC0003']],
    })
    expect((await read(bytes, { columns: { capability_id: 'eac_id', technique: 'attack_id' } })).rows).toEqual(['EAC0001 > T1001', 'EAC0003 > T0800'])
  })
})
