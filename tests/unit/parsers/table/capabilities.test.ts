import { describe, expect, it } from 'vitest'
import { makeWorkbook } from '../../../support/make-workbook.js'
import { readTable, summariseRows } from '../../../support/read-table.js'

async function read(lines: readonly string[], statements: Parameters<typeof readTable>[2] = {}) {
  const { sets, diagnostics } = await readTable('x.csv', `${lines.join('\n')}\n`, statements)
  return {
    frameworks: sets.map(({ framework }) => framework.id),
    rows: sets.flatMap(summariseRows),
    codes: diagnostics.map(({ code }) => code),
    sets,
    diagnostics,
  }
}

describe('the framework of a table', () => {
  it.each<[string, readonly string[]]>([
    ['controls in plain words', ['block legacy sign-in', 'block macros from mail', 'require mfa for admins']],
    ['rules by number', ['ids rule 4401', 'ids rule 90210', 'ids rule 7']],
    ['single words', ['mfa', 'backup', 'firewalls']],
    ['numbers and dates', ['7', '2024-03-01', '12/31/2024']],
    ['UUIDs', ['25dc1ce8-eb55-4333-ae30-a7cb4f5894a1', 'course-of-action--25dc1ce8-eb55-4333-ae30-a7cb4f5894a2', 'x']],
    ['sentences', ['use strong passwords.', 'log everything', 'aws accounts are reviewed']],
  ])('is unknown for %s, which is reported once, with the option; no two capabilities become one', async (_, controls) => {
    const { frameworks, rows, diagnostics } = await read(['Control,Technique ID', ...controls.map((control) => `${control},T1078`)])
    expect(frameworks).toEqual(['unknown'])
    expect(rows).toEqual(controls.map((control) => `${control} > T1078`))
    const warned = diagnostics.filter(({ code }) => code !== 'parse/id-as-date')
    expect(warned.map(({ code, count }) => [code, count])).toEqual([['parse/unknown-framework', 3]])
    expect(warned[0]?.hint).toContain('--framework')
  })

  it('is reported once, however many sets its rows make', async () => {
    const { codes, diagnostics } = await read(['Control,Technique,Domain', 'OUR-1,T1078,enterprise', 'OUR-2,T1406,mobile', 'OUR-3,T0800,ics'])
    expect(codes).toEqual(['parse/unknown-framework'])
    expect(diagnostics[0]?.count).toBe(3)
  })

  it('is a guess that is reported with the share of ids', async () => {
    const { frameworks, diagnostics } = await read(['Control,Technique', 'AC-2,T1078', 'CM-7,T1059', 'CVE-2021-99999,T1190'])
    expect(frameworks).toEqual(['nist_800_53', 'cve'])
    expect(diagnostics.map(({ code, severity, message, origin }) => [code, severity, message, origin?.place])).toEqual([
      ['parse/guessed-framework', 'info', '2 of 3 capability ids are ids of NIST 800-53: the framework was taken from that', { kind: 'text', line: 2, column: 6 }],
      ['parse/guessed-framework', 'info', '1 of 3 capability ids are ids of CVE: the framework was taken from that', { kind: 'text', line: 4, column: 16 }],
    ])
  })

  it('is unknown where few ids are of one, and those are counted', async () => {
    const { frameworks, diagnostics } = await read(['Control,Technique', 'AC-2,T1078', 'Back up,T1059', 'Train people,T1190'])
    expect(frameworks).toEqual(['unknown'])
    expect(diagnostics).toMatchObject([{ code: 'parse/unknown-framework', found: '1 of 3 capability ids are ids of NIST 800-53: too few to be evidence' }])
  })

  it('may be named by the title of the column or the sheet', async () => {
    expect((await read(['NIST 800-53 Control,Technique', 'AC-2,T1078', 'our own,T1059'])).frameworks).toEqual(['nist_800_53'])
    const bytes = makeWorkbook({ AWS: [['Control', 'Technique'], ['guardduty', 'T1078']], GCP: [['Control', 'Technique'], ['armor', 'T1190']] })
    const { sets, diagnostics } = await readTable('x.xlsx', bytes)
    expect(sets.map(({ framework }) => framework.id)).toEqual(['aws', 'gcp'])
    expect(diagnostics).toEqual([])
  })
})

describe('several capabilities in a cell', () => {
  it('are split where they are ids', async () => {
    const { rows, codes } = await read([
      'Technique ID,Control ID', 'T1078,"4.1, 5.2, 6.3"', 'T1110,"M1027, M1036"', 'T1190,AC-4|SC-7', 'T1003,AC-2 / AC-6', 'T1486,CP-9 and CP-10',
      'T1566,SI-3 & SI-8',
    ], { framework: 'ours' })
    expect(rows).toEqual([
      '4.1 > T1078', '5.2 > T1078', '6.3 > T1078', 'M1027 > T1110', 'M1036 > T1110', 'AC-4 > T1190', 'SC-7 > T1190', 'AC-2 > T1003', 'AC-6 > T1003',
      'CP-9 > T1486', 'CP-10 > T1486', 'SI-3 > T1566', 'SI-8 > T1566',
    ])
    expect(codes).toEqual([])
  })

  it('are reported where they may be, with the option that splits them', async () => {
    const lines = ['Group,Technique', 'A,T1059.010', 'A|B|Group C,T1027.013', 'no,T1574.014', 'B|D,T1078']
    const statements = { framework: 'groups', columns: { capability: 'Group', technique: 'Technique' } }
    const { rows, diagnostics } = await read(lines, statements)
    expect(rows).toHaveLength(4)
    expect(diagnostics).toMatchObject([{
      code: 'parse/list-in-cell', severity: 'warning', count: 2, origin: { place: { line: 3 } }, found: 'line 3 "A|B|Group C", line 5 "B|D"',
      hint: 'If it is a list, add --split capability="|".',
    }])
    const split = await read(lines, { ...statements, split: { capability: '|' } })
    expect(split.rows).toEqual([
      'A > T1059.010', 'A > T1027.013', 'B > T1027.013', 'Group C > T1027.013', 'no > T1574.014', 'B > T1078', 'D > T1078',
    ])
    expect(split.codes).toEqual([])
  })

  it('and several techniques make every pair, which is reported', async () => {
    const { rows, diagnostics } = await read(['Control,Technique', '"AC-2, AC-3","T1078, T1059"', 'AC-4,"T1190, T1566"'])
    expect(rows).toEqual(['AC-2 > T1078', 'AC-2 > T1059', 'AC-3 > T1078', 'AC-3 > T1059', 'AC-4 > T1190', 'AC-4 > T1566'])
    expect(diagnostics).toMatchObject([{ code: 'parse/product', count: 1, found: '2 capabilities and 2 techniques' }, { code: 'parse/guessed-framework' }])
  })

  it('take names from the column beside them, as many as ids, or report them', async () => {
    const { sets, codes, diagnostics } = await read([
      'Control ID,Control Name,Technique', '"AC-2, AC-3",Account Management; Access Enforcement,T1078', '"AC-4; AC-5",Flow,T1190',
    ])
    expect(sets[0]?.mappings.map((row) => (row.kind === 'mapped' ? row.capability.description : ''))).toEqual([
      'Account Management', 'Access Enforcement', undefined, undefined,
    ])
    expect(codes).toEqual(['parse/unpaired-name', 'parse/guessed-framework'])
    expect(diagnostics[0]).toMatchObject({ found: '"Flow" beside 2 ids', origin: { place: { line: 3 } } })
  })
})

describe('a table with some of our titles', () => {
  it("is people's if its row ids are not ours", async () => {
    const { rows } = await read(['mapping_id,capability_id,attack_object_id', '1,"AC-2, AC-3",T1078'])
    expect(rows).toEqual(['AC-2 > T1078', 'AC-3 > T1078'])
  })

  it('is ours with them, but for the rows that people added', async () => {
    const { rows, sets } = await read([
      'mapping_id,capability_id,attack_object_id,references', '25dc1ce8-eb55-5333-ae30-a7cb4f5894a1,"AC-2, AC-3",T1059.1,[]', ',"AC-4, AC-5",T1078,[]',
    ], { framework: 'ours' })
    expect(rows).toEqual(['AC-2, AC-3 > T1059.1', 'AC-4 > T1078', 'AC-5 > T1078'])
    expect(sets[0]?.mappings.map(({ references }) => references)).toEqual([['[]'], undefined, undefined])
  })
})
