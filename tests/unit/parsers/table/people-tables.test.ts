import { describe, expect, it } from 'vitest'
import { makeWorkbook } from '../../../support/make-workbook.js'
import { readTable, summariseRows } from '../../../support/read-table.js'

const codes = (diagnostics: readonly { readonly code: string }[]) => diagnostics.map(({ code }) => code)

describe('tables that people make', () => {
  it('are read by the titles of their columns, in any row', async () => {
    const bytes = makeWorkbook({
      'Cover': [['Our controls and ATT&CK'], ['Prepared by the security team']],
      'Facts': [['ATT&CK version', '15.1'], ['Framework', 'NIST 800-53'], ['Framework version:', 'rev5']],
      'Map': [
        ['Our controls and ATT&CK'], [], [null, 'draft'],
        ['MITRE ATT&CK Technique ID', 'Control ID', 'Control Name', 'Mapping Type', 'Rationale', 'Owner'],
        ['T1078', 'AC-2', 'Account Management', 'mitigates', ' It limits\r\naccounts. ', 'Kim'],
        ['T1059.001, T1059.003', 'CM-7', 'Least Functionality', 'mitigates', null, null],
        [],
        ['MITRE ATT&CK Technique ID', 'Control ID', 'Control Name', 'Mapping Type', 'Rationale', 'Owner'],
        ['Valid Accounts (T1078)', 'AC-3', 'Access Enforcement', null, null, null],
      ],
    })
    const { sets, diagnostics } = await readTable('map.xlsx', bytes)
    expect(sets).toHaveLength(1)
    expect(sets[0]).toMatchObject({ framework: { id: 'nist_800_53', version: 'rev5' }, attack: { version: '15.1' } })
    expect(summariseRows(sets[0])).toEqual([
      'AC-2 > T1078 (mitigates)', 'CM-7 > T1059.001 (mitigates)', 'CM-7 > T1059.003 (mitigates)', 'AC-3 > T1078',
    ])
    expect(sets[0]?.mappings[0]).toMatchObject({
      capability: { id: 'AC-2', description: 'Account Management' },
      comments: 'It limits\naccounts.',
      origins: [{ document: 'map.xlsx', place: { kind: 'cell', sheet: 'Map', cell: 'A5' } }],
    })
    expect(sets[0]?.mappings[3]).toMatchObject({ technique: { id: 'T1078', name: 'Valid Accounts' } })
    expect(diagnostics).toEqual([
      expect.objectContaining(
        { code: 'parse/sheet-passed-over', message: 'The sheet Cover contains no mappings and was skipped' }
      ),
      expect.objectContaining(
        {
          code: 'parse/unknown-column',
          message: 'The column "Owner" was not read',
          origin: { document: 'map.xlsx', place: { kind: 'cell', sheet: 'Map', cell: 'F4' } },
        }
      ),
      expect.objectContaining({ code: 'normalise/whitespace', count: 1 }),
    ])
  })

  it('of several sheets are read together', async () => {
    const bytes = makeWorkbook({
      One: [['Control', 'Technique'], ['AC-2', 'T1078']],
      Two: [['CVE ID', 'ATT&CK Technique'], ['CVE-2021-44228', 'T1190']],
    })
    const { sets } = await readTable('map.xlsx', bytes)
    expect(sets.map(({ framework, mappings }) => [framework.id, mappings.length])).toEqual([['nist_800_53', 1], ['kev', 1]])
    expect(sets[1]?.mappings[0]?.origins).toEqual([{ document: 'map.xlsx', place: { kind: 'cell', sheet: 'Two', cell: 'B2' } }])
  })

  it('make sets of each framework and version that their columns name', async () => {
    const { sets } = await readTable('x.csv', [
      'framework,framework version,control,technique,attack version,domain',
      'NIST 800-53,rev4,AC-2,T1078,9.0,Enterprise',
      'NIST 800-53,rev5,AC-2,T1078,v14.1,enterprise-attack',
      'Our Own Controls,,A.1,T1078,14.1,Mobile',
      'NIST 800-53,rev4,AC-3,T1059,9.0,Enterprise',
    ].join('\n'))
    expect(
      sets.map(
        ({ framework, attack, mappings }) => [framework.id, framework.version, attack.version, attack.domain, mappings.length]
      )
    ).toEqual([
      ['nist_800_53', 'rev4', '9.0', 'enterprise', 2],
      ['nist_800_53', 'rev5', '14.1', 'enterprise', 1],
      ['our_own_controls', undefined, '14.1', 'mobile', 1],
    ])
    expect(sets[2]?.framework.name).toBe('Our Own Controls')
  })

  it('may name several controls in a cell, with their names', async () => {
    const { sets } = await readTable(
      'x.csv', 'ATT&CK ID,Controls\nT1078,"AC-2; AC-3"\nT1059,CM-7 Least Functionality\nT1190,"SI-2, SI-10 (1)"\n'
    )
    expect(summariseRows(sets[0])).toEqual(['AC-2 > T1078', 'AC-3 > T1078', 'CM-7 > T1059', 'SI-2 > T1190', 'SI-10 (1) > T1190'])
    expect(sets[0]?.mappings[2]).toMatchObject({ capability: { description: 'Least Functionality' } })
  })

  it('may have sub-techniques, scores, addresses and longer texts in columns of their own', async () => {
    const { sets, diagnostics } = await readTable('x.csv', [
      'Service,Name,Description,Technique ID,Sub-technique ID,Category,Value,Links,Tactic',
      'azure_policy,Azure Policy,Checks it,T1078,.004,Protect,Partial,"https://example.org/a?b=1,2, https://example.org/c",x',
      'azure_policy,Azure Policy,Checks it,T1190,,Detect,Minimal,See the manual,',
    ].join('\n'))
    expect(sets[0]?.framework.id).toBe('azure')
    expect(sets[0]?.mappings).toMatchObject([
      {
        technique: { id: 'T1078.004' },
        score: { category: 'Protect', value: 'Partial' },
        references: ['https://example.org/a?b=1,2', 'https://example.org/c'],
      },
      { technique: { id: 'T1190' }, references: ['See the manual'] },
    ])
    expect(sets[0]?.capabilities.get('azure_policy')).toMatchObject({ name: 'Azure Policy', description: 'Checks it' })
    expect(codes(diagnostics)).toEqual(['parse/guessed-framework'])
  })

  it('keep the addresses behind cells', async () => {
    const bytes = makeWorkbook({
      S: [['Control', 'Technique', 'Reference'], ['AC-2', 'Valid Accounts', 'the manual']],
    }, 'xlsx', (sheet) => {
      sheet['B2'].l = { Target: 'https://attack.mitre.org/techniques/T1078/004/' }
      sheet['C2'].l = { Target: 'https://example.org/manual' }
    })
    const { sets } = await readTable('x.xlsx', bytes)
    expect(sets[0]?.mappings).toMatchObject([
      { technique: { id: 'T1078.004', name: 'Valid Accounts' }, references: ['the manual', 'https://example.org/manual'] },
    ])
  })

  it('may say that something maps to nothing, or leave it open', async () => {
    const { sets, diagnostics } = await readTable('x.csv', [
      'Control,Technique,Status',
      'AC-1,Not mappable,', 'AC-2,n/a,', 'AC-3,,in progress', 'AC-4,,non-mappable', ',T1078,', ',,complete',
      'AC-5,T1059,non_mappable', 'AC-6,T1059,Done',
    ].join('\n'))
    expect(sets[0]?.mappings.map(({ kind, status }) => [kind, status])).toEqual([
      ['unmapped-capability', 'non_mappable'], ['unmapped-capability', undefined], ['unmapped-capability', 'in_progress'],
      ['unmapped-capability', 'non_mappable'], ['unmapped-technique', undefined], ['mapped', undefined],
    ])
    expect(diagnostics.map(({ code, count }) => [code, count])).toEqual([
      ['parse/empty-row', undefined], ['parse/contradictory-row', undefined],
      ['parse/missing-technique', 1], ['parse/missing-capability', 1], ['parse/unknown-value', 1],
      ['parse/guessed-framework', undefined],
    ])
  })

  it('report every row whose technique has no id', async () => {
    const { sets, diagnostics } = await readTable(
      'x.csv', 'Control,Technique\nAC-2,Valid Accounts\nAC-3,TA0001\nAC-4,G0130\nAC-5,T1078\nAC-6,T1\nAC-7,"T1078, T1059.1"\n'
    )
    expect(summariseRows(sets[0])).toEqual(['AC-5 > T1078'])
    expect(
      diagnostics.filter(({ severity }) => severity === 'error').map(({ message, found, origin }) => [message.split(' and ')[0], found, origin?.place])
    ).toEqual([
      ['A row has no technique id', 'Valid Accounts', { kind: 'text', line: 2, column: 6 }],
      ['A row names an ATT&CK tactic instead of a technique', 'TA0001', { kind: 'text', line: 3, column: 6 }],
      ['A row names an ATT&CK group instead of a technique', 'G0130', { kind: 'text', line: 4, column: 6 }],
      ['A row has no technique id', 'T1', { kind: 'text', line: 6, column: 6 }],
      ['A row has a malformed technique id', 'T1078, T1059.1', { kind: 'text', line: 7, column: 6 }],
    ])
  })

  it('of an unknown framework are reported, unless the user names it', async () => {
    const text = 'Control,Technique\nOUR-1,T1078\nOUR-2,T1059\n'
    expect(codes((await readTable('x.csv', text)).diagnostics)).toEqual(['parse/unknown-framework'])
    const { sets, diagnostics } = await readTable('x.csv', text, { framework: 'ours' })
    expect(diagnostics).toEqual([])
    expect(sets[0]?.framework.id).toBe('unknown')
  })
})

describe('tables whose columns are unknown', () => {
  const headless = 'AC-2,Account Management,T1078\nAC-3,Access Enforcement,T1059\n'

  it('are refused, saying how to name the columns', async () => {
    const { sets, diagnostics } = await readTable('x.csv', headless)
    expect(sets).toEqual([])
    expect(diagnostics).toMatchObject([{
      code: 'parse/no-columns', severity: 'error', found: '"AC-2", "Account Management", "T1078"',
      hint: 'Add a row of titles above the columns, or name the columns: --columns capability_id=A,technique=C',
    }])
  })

  it('are read once the user has named them by their letters', async () => {
    const { sets, diagnostics } = await readTable(
      'x.csv', headless, { columns: { capability_id: 'A', capability_description: 'b', technique: '3' } }
    )
    expect(codes(diagnostics)).toEqual(['parse/guessed-framework'])
    expect(summariseRows(sets[0])).toEqual(['AC-2 > T1078', 'AC-3 > T1059'])
    expect(sets[0]?.mappings[0]).toMatchObject(
      { capability: { description: 'Account Management' }, origins: [{ place: { line: 1, column: 25 } }] }
    )
  })

  it('are read once the user has named them by their titles', async () => {
    const text = 'Regel;Angriff;Anmerkung\nAC-2;T1078;gut\n'
    expect(codes((await readTable('x.csv', text)).diagnostics)).toEqual(['parse/no-columns'])
    const { sets, diagnostics } = await readTable(
      'x.csv', text, { columns: { capability_id: 'Regel', technique: 'Angriff', comments: 'Anmerkung' } }
    )
    expect(codes(diagnostics)).toEqual(['parse/guessed-framework'])
    expect(sets[0]?.mappings).toMatchObject([{ comments: 'gut' }])
  })

  it('are refused if the user names missing columns or unknown fields', async () => {
    const { diagnostics } = await readTable('x.csv', headless, { columns: { technique: 'No such title', colour: 'B' } })
    expect(codes(diagnostics)).toEqual(['parse/unknown-column', 'parse/no-columns'])
    expect(diagnostics[1]?.expected).toContain('"No such title"')
  })

  it('are asked for their delimiter when they have one column', async () => {
    const { diagnostics } = await readTable('x.csv', 'Control:Technique\nAC-2:T1078\n')
    expect(diagnostics[0]?.found).toContain('is the delimiter a comma, semicolon, tab or | ?')
  })

  it('and that have no row below their titles are reported as without mappings', async () => {
    expect(codes((await readTable('x.csv', 'Control,Technique\n')).diagnostics)).toEqual(['parse/no-mappings'])
  })
})
