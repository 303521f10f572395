import { describe, expect, it } from 'vitest'
import { loadAttackIndex } from '../../../../src/attack/load-attack.js'
import { createDiagnosticLog } from '../../../../src/diagnostics/diagnostic.js'
import type { ColumnReading, Statements } from '../../../../src/parsers/parser.js'
import { table } from '../../../../src/parsers/table/table.js'
import { decodeTable, summariseRows } from '../../../support/read-table.js'

const attack = await loadAttackIndex()

async function read(text: string, statements: Statements = { framework: 'nist_800_53' }) {
  const { document } = await decodeTable(text.includes('\t') ? 'x.tsv' : 'x.csv', text)
  if (!document) throw new Error('the table could not be decoded')
  const log = createDiagnosticLog()
  const columns: ColumnReading[] = []
  const sets = await table.parse(document, { statements, report: log.report, attack, explain: (found) => columns.push(...found) })
  return { sets, rows: sets.flatMap(summariseRows), diagnostics: log.entries, columns }
}

const said = (diagnostics: Awaited<ReturnType<typeof read>>['diagnostics']) => diagnostics.map(({ code, found }) => `${code}: ${found}`)

/** "T1003 .006" is T1003 and T1003.006; ".1134.005" is T1134.005 alone. */
function written(short: string): readonly string[] {
  let parent = ''
  return short.split(' ').map((part) => {
    const own = /^[T.](\d{4})(\.\d{3})?$/.exec(part)
    if (own) parent = `T${own[1]}`
    return own ? parent + (own[2] ?? '') : parent + part
  })
}

describe('expressions of techniques and controls', () => {
  /** Technique, control; what both stand for, "." before sub-techniques of the same technique. */
  const lines: readonly (readonly [string, string, string, string])[] = [
    ['T1078', '(SA-(3|4|11)|RA-5|CA-8)', 'T1078', 'SA-3 SA-4 SA-11 RA-5 CA-8'],
    [String.raw`T1003(\.006|\.005)?`, '(AC-(2|4)|IA-5)', 'T1003 .006 .005', 'AC-2 AC-4 IA-5'],
    ['T1072', '(AC-(2|3)|CM-(2|6))', 'T1072', 'AC-2 AC-3 CM-2 CM-6'],
    [String.raw`T1134(\.005)`, '(AC-(3|20)|SA-(4|17)|SC-3)', '.1134.005', 'AC-3 AC-20 SA-4 SA-17 SC-3'],
    [String.raw`T1550\.003`, 'CM-(2|6)', '.1550.003', 'CM-2 CM-6'],
    [String.raw`T1552(\.006)?`, 'IA-5', 'T1552 .006', 'IA-5'],
    ['T1190', 'CA-(2|7)', 'T1190', 'CA-2 CA-7'],
    ['T1190', 'RA-(5|10)', 'T1190', 'RA-5 RA-10'],
    [String.raw`T1195(\.001|\.002)?`, 'RA-5', 'T1195 .001 .002', 'RA-5'],
    [String.raw`T1003(\.(001|002|003))?`, 'CA-7', 'T1003 .001 .002 .003', 'CA-7'],
    [String.raw`T1098(\.(001|003))`, 'SI-(4|7)', '.1098.001 .003', 'SI-4 SI-7'],
    [String.raw`T1547\.(004|009|012)`, 'CM-5', '.1547.004 .009 .012', 'CM-5'],
    [String.raw`T1547(\.007|\.011)`, 'SI-4', '.1547.007 .011', 'SI-4'],
    [String.raw`T1110(\.(001|.003|.004))?`, '(AC-(2|7)|CM-2)', 'T1110 .001 .003 .004', 'AC-2 AC-7 CM-2'],
    [String.raw`T1053(\.002|\.005|\.001)?`, 'IA-2', 'T1053 .002 .005 .001', 'IA-2'],
    [String.raw`T1059\.008`, 'IA-(2|8)', '.1059.008', 'IA-2 IA-8'],
    ['T1185', 'AC-2 ', 'T1185', 'AC-2'],
    ['T1185', 'AC-(2|12) ', 'T1185', 'AC-2 AC-12'],
    [String.raw`T1564(\.009)`, '(SC-(4|44)|SI-(3|15)|SA-10)', '.1564.009', 'SC-4 SC-44 SI-3 SI-15 SA-10'],
    [String.raw`T1036(\.007)`, '(CA-7|CM-(2|6)|IA-2)', '.1036.007', 'CA-7 CM-2 CM-6 IA-2'],
    ['T1619', '(AC-(2|17)|CM-5|IA-2)', 'T1619', 'AC-2 AC-17 CM-5 IA-2'],
    [String.raw`T1003(|\.005|\.006)`, 'AC-(|2|3)'.replace('|', ''), 'T1003 .005 .006', 'AC-2 AC-3'],
    [String.raw`T1566(\.00[1-3])?`, 'AC-4', 'T1566 .001 .002 .003', 'AC-4'],
    [String.raw`(T1003|T1059\.001)`, 'AC-4', 'T1003 .1059.001', 'AC-4'],
    [String.raw`^T1021\.00(1|4)$`, '^AC-17$', '.1021.001 .004', 'AC-17'],
    [String.raw`T1021(?:\.001)?`, 'AC-(?:2|3)', 'T1021 .001', 'AC-2 AC-3'],
    [String.raw`T1059\.001|T1047`, 'CM-(7|8)|SI-4', '.1059.001 T1047', 'CM-7 CM-8 SI-4'],
    ['T1047', 'IA-5(1)', 'T1047', 'IA-5(1)'],
    ['T1047', 'IA-5(1)|AC-(2|3)', 'T1047', 'IA-5(1) AC-2 AC-3'],
    ['T1047', String.raw`AC-2(\(1\)|\(3\))?`, 'T1047', 'AC-2 AC-2(1) AC-2(3)'],
    ['T1047', String.raw`AC\-2`, 'T1047', 'AC-2'],
    ['T1047', 'AC-2, CM-(2|6)', 'T1047', 'AC-2 CM-2 CM-6'],
    ['T1047', '(AC|CM)-2', 'T1047', 'AC-2 CM-2'],
    ['T1047', 'AC-[2-4]', 'T1047', 'AC-2 AC-3 AC-4'],
    [String.raw`T1204(\.001|\.002)?; T1534`, 'AC-4', 'T1204 .001 .002 T1534', 'AC-4'],
    [String.raw`T1218\.012`, 'SI-(4|10|15)', '.1218.012', 'SI-4 SI-10 SI-15'],
    [String.raw`T1574(\.010|\.005|\.012)?`, 'CM-5', 'T1574 .010 .005 .012', 'CM-5'],
    [String.raw`T1078(\.002|\.004)`, 'AC-(3|6|7|20)', '.1078.002 .004', 'AC-3 AC-6 AC-7 AC-20'],
    [String.raw`T1011(\.001)?`, 'AC-18', 'T1011 .001', 'AC-18'],
    [String.raw`T1602(\.(001|002))?`, 'SC-(7|28)', 'T1602 .001 .002', 'SC-7 SC-28'],
  ]

  it('of forty lines give all pairs', async () => {
    expect(lines).toHaveLength(40)
    const text = ['mitigationID\ttechniqueID\tcontrolID', ...lines.map(([technique, control]) => `M1015\t${technique}\t${control}`)].join('\n')
    const { rows, diagnostics } = await read(text, { framework: 'nist_800_53', attackVersion: '9.0' })
    const expected = lines.flatMap(([, , techniques, controls]) => (
      controls.split(' ').flatMap((control) => written(techniques).map((technique) => `${control} > ${technique}`))
    ))
    expect(rows).toEqual(expected)
    expect(diagnostics.map(({ code }) => code)).toEqual(['parse/unknown-column', 'parse/product', 'normalise/whitespace'])
  })

  it('that stand for nothing are errors with their cells', async () => {
    const { rows, diagnostics } = await read(String.raw`Control,Technique
AC-2,T1003(\.006|\.05)
AC-3,T1003(\.006
AC-4,(T1003|M1015)
AC-5,T1072.*
AC-6,T1003`)
    expect(rows).toEqual(['AC-4 > T1003', 'AC-6 > T1003'])
    expect(diagnostics.map(({ code, origin }) => [code, origin?.place])).toEqual([2, 3, 5].map((line) => (
      ['parse/unreadable-row', { kind: 'text', line, column: 6 }]
    )).concat([['parse/cell-not-understood', { kind: 'text', line: 4, column: 6 }]]))
  })
})

describe('sub-techniques by name', () => {
  it.each([
    ['T1003,LSASS Memory', ['T1003.001']],
    ['T1003,lsass memory', ['T1003.001']],
    ['T1003,OS Credential Dumping: LSASS Memory', ['T1003.001']],
    ['T1003,"LSASS Memory, NTDS"', ['T1003.001', 'T1003.003']],
    ['T1003,LSASS Memory; NTDS', ['T1003.001', 'T1003.003']],
    ['T1003,/etc/passwd and /etc/shadow', ['T1003.008']],
    ['T1003,n/a', ['T1003']],
    ['T1003,', ['T1003']],
    ['T1003,.001', ['T1003.001']],
    ['T1003,001 - LSASS Memory', ['T1003.001']],
    ['T1003,".001, .003"', ['T1003.001', 'T1003.003']],
    ['T1003,T1003.001', ['T1003.001']],
    ['T1003,T1003.001 LSASS Memory', ['T1003.001']],
    ['T1003,LSASS Memory (T1003.001)', ['T1003.001']],
    ['T1003.001,LSASS Memory', ['T1003.001']],
    ['"T1003, T1059",PowerShell', ['T1059.001', 'T1003']],
  ])('%s', async (line, expected) => {
    const { rows, diagnostics } = await read(`Control ID,Technique ID,Sub-technique\nAC-2,${line}\n`)
    expect(rows).toEqual(expected.map((id) => `AC-2 > ${id}`))
    expect(diagnostics).toEqual([])
  })

  it('that the technique does not have are warnings', async () => {
    const { rows, diagnostics } = await read([
      'Control ID,Technique ID,Technique Name,Sub-technique', 'AC-1,T1059,Command and Scripting Interpreter,PowerShell',
      'AC-2,T1059,Command and Scripting Interpreter,Powershel', 'AC-3,T1003.002,,LSASS Memory', 'AC-4,T1003,,LSASS Memory; Nonsense',
    ].join('\n'))
    expect(rows).toEqual(['AC-1 > T1059.001', 'AC-2 > T1059', 'AC-3 > T1003.002', 'AC-4 > T1003.001'])
    expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
      ['parse/unknown-sub-technique', '"Powershel" is not the name of a sub-technique of T1059, which was used'],
      ['parse/unknown-sub-technique', '"LSASS Memory" is the name of T1003.001, not of T1003.002, which was used'],
      ['parse/unknown-sub-technique', '"Nonsense" is not the name of a sub-technique of T1003 and was not read'],
    ])
    expect(diagnostics[0]?.hint).toBe('Is it PowerShell (T1059.001)?')
  })
})

describe('cells of techniques', () => {
  it('that are understood in part are warnings with their place, what was found and what was read', async () => {
    const { rows, diagnostics } = await read('Control,Technique\nAC-2,T1059 (high)\nAC-3,"T1059, 1078"\nAC-4,T1003-T1005\nAC-5,T1059 G0007\n')
    expect(rows).toEqual(['AC-2 > T1059', 'AC-3 > T1059', 'AC-4 > T1003', 'AC-4 > T1005', 'AC-5 > T1059'])
    expect(diagnostics).toMatchObject([
      {
        code: 'parse/cell-not-understood', severity: 'warning', found: 'T1059 (high)', origin: { place: { line: 2, column: 6 } },
        message: '"high" in a technique cell was not understood; T1059 was read',
      },
      { code: 'parse/cell-not-understood', found: 'T1059, 1078' },
      { code: 'parse/cell-not-understood', found: 'T1003-T1005' },
      { code: 'parse/cell-not-understood', found: 'T1059 G0007' },
    ])
  })

  it('that exclude techniques are errors', async () => {
    const { rows, diagnostics } = await read('Control,Technique\nAC-2,T1059 except T1059.002\nAC-3,T1078\n')
    expect(rows).toEqual(['AC-3 > T1078'])
    expect(said(diagnostics)).toEqual(['parse/unreadable-row: T1059 except T1059.002'])
  })

  it("expand over the release of the row, of the table, of the user, or the newest", async () => {
    const rowOwn = await read('Control,Technique,ATT&CK Version\nAC-2,T1566.*,9.0\nAC-3,T1566.*,16.1\n')
    expect(rowOwn.rows.filter((row) => row.startsWith('AC-2'))).toHaveLength(3)
    expect(rowOwn.rows.filter((row) => row.startsWith('AC-3'))).toHaveLength(4)
    expect(rowOwn.diagnostics.map(({ message }) => message)).toEqual([
      'T1566.* was written out to 3 techniques of Enterprise ATT&CK 9.0', 'T1566.* was written out to 4 techniques of Enterprise ATT&CK 16.1',
    ])
    const ofTable = await read('ATT&CK version,9.0\n\nControl,Technique\nAC-2,T1566.*\n', { framework: 'nist_800_53', attackVersion: '16.1' })
    expect(ofTable.rows).toHaveLength(3)
    const ofUser = await read('Control,Technique\nAC-2,T1566.*\n', { framework: 'nist_800_53', attackVersion: '9.0' })
    expect(ofUser.rows).toHaveLength(3)
    const newest = await read('Control,Technique\nAC-2,T1566.*\nAC-3,T1566.*\n')
    expect(newest.diagnostics).toMatchObject([{ code: 'parse/techniques-expanded', count: 2 }])
    expect(newest.diagnostics[0]?.message).toMatch(/the newest available because no version is stated$/)
    const mobile = await read('Control,Technique,Domain\nAC-2,T1406.*,mobile\n')
    expect(mobile.rows).toEqual(['AC-2 > T1406.001', 'AC-2 > T1406.002'])
  })

  it('beside tags and tactics have no names of them', async () => {
    const { sets, diagnostics } = await read([
      'Rule ID,Technique ID', 'R-1,"attack.defense-evasion, attack.t1027"', 'R-2,attack.t1059.001', 'R-3,TA0042-T1587.001', 'R-4,T1059.001_PowerShell',
      'R-5,"attack.execution\nattack.t1059\ncar.2016-03-001"', 'R-6,Defense Evasion - T1027',
    ].join('\n').replace('"attack.execution\n', '"attack.execution\r\n'), { framework: 'rules' })
    const techniques = sets[0]?.mappings.flatMap((mapping) => (mapping.kind === 'mapped' ? [mapping.technique] : []))
    expect(techniques).toEqual([
      { id: 'T1027' }, { id: 'T1059.001' }, { id: 'T1587.001' }, { id: 'T1059.001', name: 'PowerShell' }, { id: 'T1059' }, { id: 'T1027' },
    ])
    expect(diagnostics.map(({ code, count }) => [code, count])).toEqual([['parse/beside-techniques', 4]])
  })

  it('with several techniques have as many names in the column beside', async () => {
    const { sets, diagnostics } = await read([
      'Control,Technique ID,Technique Name', 'AC-2,T1059; T1078,Command and Scripting Interpreter; Valid Accounts',
      'AC-3,T1003.001-.003,OS Credential Dumping', 'AC-4,"T1059, T1078",Valid Accounts',
    ].join('\n'))
    const names = sets[0]?.mappings.map((mapping) => (mapping.kind === 'mapped' ? mapping.technique.name : ''))
    expect(names).toEqual(['Command and Scripting Interpreter', 'Valid Accounts', undefined, undefined, undefined, undefined, undefined])
    expect(diagnostics.map(({ code }) => code)).toEqual(['parse/techniques-expanded', 'parse/unpaired-name'])
  })

  it('are counted by how they were understood', async () => {
    const { columns } = await read([
      'Control,Technique', 'AC-1,T1059', 'AC-2,T1059.001 PowerShell', 'AC-3,T1059; T1078', 'AC-4,T1566.*', 'AC-5,T1059 (high)', 'AC-6,Valid Accounts', 'AC-7,',
    ].join('\n'))
    expect(columns.find(({ title }) => title === 'Technique')?.cells).toEqual({ whole: 2, split: 1, expanded: 1, left: 1, unread: 1 })
  })

  it('name no capability in a table of techniques and names', async () => {
    const { sets, diagnostics } = await read('Score,TID,Name\n2.9,T1059,Command and Scripting Interpreter\n2.1,T1047,Windows Management Instrumentation\n')
    expect(sets).toEqual([])
    expect(diagnostics).toMatchObject([{ code: 'parse/no-columns' }])
    const beside = await read('Control ID,TID,Name\nAC-2,T1059,Command and Scripting Interpreter\n')
    expect(beside.sets[0]?.mappings).toMatchObject([{ capability: { id: 'AC-2' }, technique: { name: 'Command and Scripting Interpreter' } }])
  })
})
