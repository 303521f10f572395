import { describe, expect, it } from 'vitest'
import { loadAttackIndex } from '../../../../src/attack/load-attack.js'
import { readTechniqueCell } from '../../../../src/parsers/reading/technique-cell.js'
import { createTechniqueLookup } from '../../../../src/parsers/reading/technique-lookup.js'

const lookup = createTechniqueLookup(await loadAttackIndex(), { version: '16.1', domain: 'enterprise' })

/** A cell at a glance: ids with names, "!" what is broken, "?" what is left, "(…)" what is beside. */
function summarise(text: string): string {
  const { techniques, broken, rest, aside } = readTechniqueCell(text, lookup)
  return [
    ...techniques.map(({ id, name }) => (name === undefined ? id : `${id}=${name}`)),
    ...broken.map((part) => `!${part}`), ...rest.map((part) => `?${part}`), ...aside.map((part) => `(${part})`),
  ].join(' ')
}

const range = (parent: string, ...subs: readonly number[]) => subs.map((sub) => `${parent}.${String(sub).padStart(3, '0')}`).join(' ')

describe('a technique id', () => {
  it.each([
    'T1059.001', 't1059.001', 'T1059/001', 'T1059-001', 'T1059_001', 'T1059:001', 'T1059 .001', 'T1059. 001', 'T1059 001', 'T1059 - 001',
    'T1059–001', 'T1059—001', 'T1059‑001', 'T1059\u200B.001', 'T1059.\uFEFF001', 'T1059\u00A0.001', 'Ｔ１０５９．００１', String.raw`T1059\.001`,
    '"T1059.001"', "['T1059.001']", '`T1059.001`', '**T1059.001**', 'T1059.001.', 'T1059.001/', '(T1059.001)', '- T1059.001', '1. T1059.001',
    'attack.t1059.001', 'mitre_T1059.001', 'mitre-attack:T1059.001', 'MITRE ATT&CK T1059.001', 'Technique ID: T1059.001', '#T1059.001',
    'https://attack.mitre.org/techniques/T1059/001', 'attack.mitre.org/techniques/T1059/001/',
    'https://attack.mitre.org/versions/v9/techniques/T1059/001/#x', '<https://attack.mitre.org/techniques/T1059/001/>',
    '<a href="https://attack.mitre.org/techniques/T1059/001">T1059.001</a>', '[T1059.001](https://attack.mitre.org/techniques/T1059/001)',
    '=HYPERLINK("https://attack.mitre.org/techniques/T1059/001";"T1059.001")', '=HYPERLINK("https://attack.mitre.org/techniques/T1059/001")',
    '<p><b>T1059</b>.001</p>', 'T1059&#46;001', '&nbsp;T1059.001&nbsp;', 'T1059.001, T1059.001', 'T1059.001;', 'and T1059.001',
    '[T1059.001|https://attack.mitre.org/techniques/T1059/001]',
  ])('%j is read in any spelling', (text) => {
    expect(summarise(text)).toBe('T1059.001')
  })

  it.each([
    ['T1059.1', '!T1059.1'],
    ['T1059.0011', '!T1059.0011'],
    ['T1059-1', '!T1059-1'],
    ['T1059.01', '!T1059.01'],
    ['T10590', '!T10590'],
    ['T105', '!T105'],
    ['T1059.001.002', '!T1059.001.002'],
    ['T1059.001/2', '!T1059.001/2'],
    ['T1078, T1059.1', 'T1078 !T1059.1'],
    ['T1003.005-.001', 'T1003.005 !T1003.005-T1003.001'],
    [String.raw`T1003(\.006|\.05)?`, String.raw`!T1003(\.006|\.05)?`],
    ['T1059 (except .002)', 'T1059.002 !except'],
    ['T1059, but not T1059.002', 'T1059 T1059.002 !but not'],
    ['T1059.OO1', '!T1059.OO1'],
    ['!T1059', 'T1059 !!T1059'],
    ['T1059?', 'T1059 ??'],
    ['T1059.?', 'T1059 ??'],
    ['~~T1059~~ T1078', 'T1059 T1078 ?~~ ?~~'],
    ['<del>T1059</del>', 'T1059 ?~~ ?~~'],
    ['T1059.001, T1059.002, ..., T1059.005', 'T1059.001 T1059.002 T1059.005 ?...'],
    ['XT1059', '?XT1059'],
  ])('%j is broken', (text, expected) => {
    expect(summarise(text)).toBe(expected)
  })
})

describe('several techniques', () => {
  it.each([
    'T1190; T1078', 'T1190,T1078', 'T1190|T1078', 'T1190/T1078', 'T1190 T1078', 'T1190\nT1078', 'T1190 and T1078', 'T1190 & T1078', 'T1190 + T1078',
    'T1190<br>T1078', 'T1190<br/>T1078', '<ul><li>T1190</li><li>T1078</li></ul>', "['T1190', 'T1078']", '{T1190, T1078}', '• T1190\n• T1078',
    '- T1190\n- T1078', 'T1190、T1078', 'T1190；T1078', 'T1190 · T1078', '1) T1190\n2) T1078', 'T1190_x000D_\nT1078', 'T1190;T1078;', 'T1190 or T1078',
    'https://attack.mitre.org/techniques/T1190,https://attack.mitre.org/techniques/T1078/', '^(T1190|T1078)$', 'T(1190|1078)', String.raw`T1190\nT1078`,
  ])('%j are read whatever separates them', (text) => {
    expect(summarise(text)).toBe('T1190 T1078')
  })

  it.each([
    ['T1110 (.001, .003)', range('T1110', 1, 3)],
    ['T1110(.001,.003)', range('T1110', 1, 3)],
    ['T1110 (001, 003)', range('T1110', 1, 3)],
    ['T1110 [.001; .003]', range('T1110', 1, 3)],
    ['T1110: .001, .003', range('T1110', 1, 3)],
    ['T1110 .001 .003', range('T1110', 1, 3)],
    ['T1110 .001/.003', range('T1110', 1, 3)],
    ['T1110.001,.003', range('T1110', 1, 3)],
    ['T1110.001, 003', range('T1110', 1, 3)],
    ['T1110.001/003', range('T1110', 1, 3)],
    ['T1110.001 & .003', range('T1110', 1, 3)],
    ['T1110.001 and 003', range('T1110', 1, 3)],
    ['T1110.{001,003}', range('T1110', 1, 3)],
    ['T1110 Brute Force (.001, .003)', range('T1110', 1, 3)],
    ['T1110, .001, .003', `T1110 ${range('T1110', 1, 3)}`],
    ['T1566: .001 .002; T1110: .003', `${range('T1566', 1, 2)} T1110.003`],
    ['T1566: .001 Spearphishing Attachment, .002 Spearphishing Link', 'T1566.001=Spearphishing Attachment T1566.002=Spearphishing Link'],
    ['T1003.001-.003', range('T1003', 1, 2, 3)],
    ['T1003.001-003', range('T1003', 1, 2, 3)],
    ['T1003.001 – .003', range('T1003', 1, 2, 3)],
    ['T1003.001-T1003.003', range('T1003', 1, 2, 3)],
    ['T1003.001 to T1003.003', range('T1003', 1, 2, 3)],
    ['T1003 (.001-.003)', range('T1003', 1, 2, 3)],
    ['T1003.*', range('T1003', 1, 2, 3, 4, 5, 6, 7, 8)],
    ['T1003.x', range('T1003', 1, 2, 3, 4, 5, 6, 7, 8)],
    ['T1003.XXX', range('T1003', 1, 2, 3, 4, 5, 6, 7, 8)],
    ['T1003.* OS Credential Dumping', range('T1003', 1, 2, 3, 4, 5, 6, 7, 8)],
    ['T1566 and all sub-techniques', `T1566 ${range('T1566', 1, 2, 3, 4)}`],
    [String.raw`T1566(\.\d{3})?`, `T1566 ${range('T1566', 1, 2, 3, 4)}`],
    [String.raw`T1566\.\d+`, range('T1566', 1, 2, 3, 4)],
    [String.raw`T1566(\..*)?`, `T1566 ${range('T1566', 1, 2, 3, 4)}`],
    ['T1003-T1005', 'T1003 T1005 ?T1003-T1005'],
    ['T1003.001-T1059.003', 'T1003.001 T1059.003 ?T1003.001-T1059.003'],
    ['T1059*', 'T1059 ?T1059*'],
    ['T1072.*', '!T1072.*'],
    ['T1566.001, 2', 'T1566.001 ?2'],
    ['T1059,001', 'T1059 ?001'],
  ])('%j in short', (text, expected) => {
    expect(summarise(text)).toBe(expected)
  })

  it('expand over the release that is stated, or the newest', async () => {
    const index = await loadAttackIndex()
    expect(readTechniqueCell('T1566.*', createTechniqueLookup(index, { version: '9.0' })).expanded)
      .toEqual([{ written: 'T1566.*', ids: ['T1566.001', 'T1566.002', 'T1566.003'], release: 'Enterprise ATT&CK 9.0' }])
    const [newest] = readTechniqueCell('T1566.*', createTechniqueLookup(index, {})).expanded
    expect(newest?.release).toMatch(/, the newest available because no version is stated$/)
    const [numbers] = readTechniqueCell('T1003.001-.003').expanded
    expect(numbers).toEqual({ written: 'T1003.001-T1003.003', ids: ['T1003.001', 'T1003.002', 'T1003.003'], release: '' })
    expect(readTechniqueCell('T1003.*')).toMatchObject({ techniques: [], broken: ['T1003.*'] })
  })
})

describe('expressions', () => {
  it.each([
    [String.raw`T1550\.003`, 'T1550.003'],
    [String.raw`T1134(\.005)`, 'T1134.005'],
    [String.raw`T1003(\.006|\.005)?`, 'T1003 T1003.006 T1003.005'],
    [String.raw`T1003(|\.005|\.006)`, 'T1003 T1003.005 T1003.006'],
    [String.raw`T1003(\.(001|002))?`, 'T1003 T1003.001 T1003.002'],
    [String.raw`T1547\.(004|009|012)`, 'T1547.004 T1547.009 T1547.012'],
    [String.raw`T1110(\.(001|.003))?`, 'T1110 T1110.001 T1110.003'],
    [String.raw`T1003\.00[1-3]`, range('T1003', 1, 2, 3)],
    [String.raw`T1003\.00(1|3)`, range('T1003', 1, 3)],
    [String.raw`^T1003(?:\.001)?$`, 'T1003 T1003.001'],
    [String.raw`\bT1003\.001\b`, 'T1003.001'],
    [String.raw`(T1003|T1059\.001)`, 'T1003 T1059.001'],
    [String.raw`T1003|T1059(\.001)?`, 'T1003 T1059 T1059.001'],
    [String.raw`T1003(\.001)?, T1550\.003`, 'T1003 T1003.001 T1550.003'],
    [String.raw`T1003 (\.001 | \.002)`, 'T1003.001 T1003.002'],
  ])('%s', (text, expected) => {
    expect(summarise(text)).toBe(expected)
  })
})

describe('names', () => {
  it.each([
    ['T1059.001: PowerShell', 'T1059.001=PowerShell'],
    ['T1059 - Command and Scripting Interpreter', 'T1059=Command and Scripting Interpreter'],
    ['PowerShell (T1059.001)', 'T1059.001=PowerShell'],
    ['PowerShell [T1059.001], Valid Accounts (T1078)', 'T1059.001=PowerShell T1078=Valid Accounts'],
    ['T1059 Command and Scripting Interpreter, Valid Accounts (T1078)', 'T1059=Command and Scripting Interpreter T1078=Valid Accounts'],
    ['T1059.001_PowerShell', 'T1059.001=PowerShell'],
    ['T1059_Command_and_Scripting_Interpreter', 'T1059'],
    ['T1053.002 At (Windows)', 'T1053.002=At (Windows)'],
    ['T1546.004 .bash_profile and .bashrc', 'T1546.004=.bash_profile and .bashrc'],
    ['T1003.008 /etc/passwd and /etc/shadow', 'T1003.008=/etc/passwd and /etc/shadow'],
    ['T1547.001 Registry Run Keys / Startup Folder', 'T1547.001=Registry Run Keys / Startup Folder'],
    ['[PowerShell](https://attack.mitre.org/techniques/T1059/001)', 'T1059.001=PowerShell'],
    ['<a href="https://attack.mitre.org/techniques/T1059/001"><b>PowerShell</b></a>', 'T1059.001=PowerShell'],
    ['=HYPERLINK("https://attack.mitre.org/techniques/T1059/001","PowerShell")', 'T1059.001=PowerShell'],
    ['T1059.001 (Command and Scripting Interpreter: PowerShell)', 'T1059.001=Command and Scripting Interpreter: PowerShell'],
    ['misp-galaxy:mitre-attack-pattern="PowerShell - T1059.001"', 'T1059.001=PowerShell'],
    ['T1078 Gültige Konten', 'T1078=Gültige Konten'],
    ['attack.defense-evasion, attack.t1027', 'T1027 (attack.defense-evasion)'],
    ['attack.execution\nattack.t1059.001\ncar.2016-03-001', 'T1059.001 (attack.execution) (car.2016-03-001)'],
    ['TA0042-T1587.001', 'T1587.001 (TA0042)'],
    ['Defense Evasion: T1027', 'T1027 (Defense Evasion)'],
    ['Technique: T1027, Tactic: Defense Evasion', 'T1027 (Tactic: Defense Evasion)'],
    ['Execution, T1059; Impact, T1486', 'T1059 T1486 (Execution) (Impact)'],
    ['TA0002/T1059.001 PowerShell', 'T1059.001=PowerShell (TA0002)'],
    ['T1059 https://example.org/notes', 'T1059 (https://example.org/notes)'],
    ['T1059 (high)', 'T1059 ?high'],
    ['T1059 90%', 'T1059 ?90%'],
    ['T1059 is what the macro runs.', 'T1059 ?is what the macro runs'],
    ['T1059; G0007', 'T1059 ?G0007'],
    ['M1026 T1059', 'T1059 ?M1026'],
    ['T1059: PowerShell', 'T1059 ?PowerShell'],
    ['T1059 Command and Scripting Interpreter; see the wiki', 'T1059=Command and Scripting Interpreter ?see the wiki'],
    ['T1059 CAPEC-242', 'T1059 ?CAPEC-242'],
    ['[T1059](https://attack.mitre.org/techniques/T1059/001)', 'T1059 ?https://attack.mitre.org/techniques/T1059/001'],
  ])('%j', (text, expected) => {
    expect(summarise(text)).toBe(expected)
  })
})

it('reads in time in proportion to the text', () => {
  const pieces = [
    'T1059;', ' ', '(', 'T1059.', ';x', '/', 'T1059(', '[a](', '=HYPERLINK("', '<a href=', 'T1059.001-', ' .001', '012 ', ',', 'https://', 'a,',
    'attack.a', '&#1', String.raw`T1059(\.001|`, '- T1059 to ', '<a x', '[[http://a ', '""', 'sub ',
  ]
  for (const piece of pieces) {
    const started = performance.now()
    readTechniqueCell(`T1059 ${piece.repeat(40_000 / piece.length)}`, lookup)
    expect(performance.now() - started, piece).toBeLessThan(2000)
  }
})
