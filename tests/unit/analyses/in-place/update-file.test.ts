import { describe, expect, it } from 'vitest'
import { type UpdatedFile, updateFile } from '../../../../src/analyses/in-place/update-file.js'
import type { AttackIndex } from '../../../../src/attack/attack-index.js'
import { loadAttackIndex } from '../../../../src/attack/load-attack.js'
import { createDiagnosticLog } from '../../../../src/diagnostics/diagnostic.js'
import { testFile } from '../../../support/read-tree.js'
import { madeUpAttack } from '../../../support/made-up-attack.js'

interface Settings {
  readonly attack?: AttackIndex
  readonly to?: string
  readonly version?: string
  readonly withProse?: boolean
  readonly choices?: Readonly<Record<string, string>>
}

async function update(name: string, content: string | Uint8Array, settings: Settings = {}) {
  const { attack = await loadAttackIndex(), to = '19.1', withProse = false, choices = {}, version } = settings
  const log = createDiagnosticLog()
  const file = testFile(name, content)
  const result = await updateFile(file, attack, {
    to, withProse, choices: new Map(Object.entries(choices)), ...(version !== undefined && { version }),
  }, log.report)
  const text = result?.bytes === undefined ? undefined : new TextDecoder('utf-8', { ignoreBOM: true }).decode(result.bytes)
  return { result, text, codes: log.entries.map(({ code }) => code) }
}

/** The release that a text is taken for. */
async function source(text: string): Promise<string | undefined> {
  return (await update('a.json', text)).result?.source?.version
}

/** The kinds and texts of what was left. */
function left(result: UpdatedFile | undefined): readonly string[] {
  return (result?.findings ?? []).map(({ kind, subject }) => `${kind} ${subject}`)
}

/** Updates a text, and again: the second time changes nothing. */
async function updateTwice(name: string, content: string, settings: Settings = {}): Promise<string> {
  const { text } = await update(name, content, settings)
  expect(text).toBeDefined()
  expect((await update(name, text ?? '', settings)).text).toBeUndefined()
  return text ?? ''
}

describe('a Sigma rule', () => {
  const rule = `# Watches T1562.001: a comment
title: "Stops a service"   # quoted
references:
    - https://attack.mitre.org/techniques/T1562/001/
    - https://attack.mitre.org/versions/v16/techniques/T1562/001/
    - https://example.org/T1562.001
tags:
    - attack.defense_evasion
    - attack.t1562.001
    - 'attack.T1562.001x'
detection:
    selection:
        Image|endswith: '\\T1562.001.exe'
        path: rules/T1562.001/a
`

  it('gets new tags, and the tactic that its technique has now; all else stays', async () => {
    expect(await updateTwice('rule.yml', rule)).toBe(rule
      .replace('techniques/T1562/001/\n    - https://attack.mitre.org/versions', 'techniques/T1685/\n    - https://attack.mitre.org/versions')
      .replace('attack.defense_evasion', 'attack.defense_impairment').replace('attack.t1562.001\n', 'attack.t1685\n'))
  })

  it('keeps its line ends, its byte order mark and the style of its tags', async () => {
    const tags = '\uFEFFtags:\r\n  - attack.defense-evasion\r\n  - attack.ta0005\r\n  - attack.t1070.001\r\n'
    expect(await updateTwice('rule.yml', tags))
      .toBe('\uFEFFtags:\r\n  - attack.defense-impairment\r\n  - attack.ta0112\r\n  - attack.t1685.005\r\n')
  })

  it('gets a renamed tactic where the id stays', async () => {
    expect(await updateTwice('rule.yml', 'tags: [attack.defense-evasion, attack.t1027]\n')).toBe('tags: [attack.stealth, attack.t1027]\n')
  })

  it.each([
    ['two techniques that went different ways', 'tags: [attack.defense-evasion, attack.t1027, attack.t1656x, attack.t1562.001]\n'],
    ['no technique', 'tags: [attack.defense-evasion]\n'],
  ])('keeps a tactic that is unclear, and says so: %s', async (_what, text) => {
    const { result, text: now = text } = await update('rule.yml', text)
    expect(now).toContain('[attack.defense-evasion')
    expect(left(result)).toEqual(['tactic attack.defense-evasion'])
  })

  it('keeps both of two tags that become the same, and says so', async () => {
    const { text, result } = await update('rule.yml', 'tags:\n- attack.t1562\n- attack.t1562.001\n')
    expect(text).toBe('tags:\n- attack.t1685\n- attack.t1685\n')
    expect(left(result)).toEqual(['twice T1562.001'])
  })

  it('keeps sentences that mention a technique unless they are wanted too', async () => {
    const text = 'description: Finds what the attacker does with T1562.001, T1070.001 and T1656 on servers.\ntags: [attack.t1656]\n'
    const { text: now, result } = await update('rule.yml', text)
    expect(now).toBe(text.replace('[attack.t1656]', '[attack.t1684.001]'))
    expect(left(result)).toEqual(['mentioned T1562.001', 'mentioned T1070.001', 'mentioned T1656'])
    expect((await update('rule.yml', text, { withProse: true })).text)
      .toBe('description: Finds what the attacker does with T1685, T1685.005 and T1684.001 on servers.\ntags: [attack.t1684.001]\n')
  })
})

describe('a layer', () => {
  const layer = `{"name":"Ours",  "versions":{"attack":"18","navigator":"5.1.0","layer":"4.5"}, "domain":"enterprise-attack",
\t"techniques":[
\t\t{"techniqueID":"T1562.001","tactic":"defense-evasion","score":30,"comment":"\\u00e9: see T1562.001","links":[{"label":"x","url":"https:\\/\\/attack.mitre.org\\/techniques\\/T1562\\/002"}]},
\t\t{ "score": 1.0e1, "techniqueID" : "T1027" , "tactic":"defense-evasion" },
\t\t{"techniqueID":"T1078","tactic":"persistence"}
\t]}`

  it('gets new ids, tactics and its release; scores, comments and spaces stay', async () => {
    expect(await updateTwice('layer.json', layer)).toBe(layer
      .replace('"attack":"18"', '"attack":"19"').replace('"techniqueID":"T1562.001","tactic":"defense-evasion"', '"techniqueID":"T1685","tactic":"defense-impairment"')
      .replace('T1562\\/002', 'T1685\\/001').replace('"T1027" , "tactic":"defense-evasion"', '"T1027" , "tactic":"stealth"'))
  })

  it('names what it leaves, with the place', async () => {
    const { result } = await update('layer.json', layer)
    expect(result?.findings).toEqual([{ kind: 'mentioned', subject: 'T1562.001', why: 'revoked by T1685 Disable or Modify Tools', suggestions: [{ id: 'T1685' }], place: { kind: 'text', line: 3, column: 79 } }])
    expect(result?.edits.map(({ what, after }) => `${what} ${after}`)).toEqual(
      ['version 19', 'technique T1685', 'tactic defense-impairment', 'technique T1685.001', 'tactic stealth'])
  })
})

describe('JSON', () => {
  it('gets names beside ids, also in the form with the parent, and no others', async () => {
    const text = '[{"id":"T1562.001","name":"Impair Defenses: Disable or Modify Tools"},{"id":"T1562.002","name":"Our own"},{"id":"T1070.002","name":"clear linux or mac system logs"},{"T1562.009":"Safe Mode Boot"}]'
    const now = JSON.parse((await update('a.json', text)).text ?? '[]')
    expect(now).toEqual([
      { id: 'T1685', name: 'Disable or Modify Tools' }, { id: 'T1685.001', name: 'Our own' },
      { id: 'T1685.006', name: expect.stringMatching(/^Clear Linux or Mac System Logs$/i) }, { T1688: 'Safe Mode Boot' },
    ])
  })

  it('gets no property twice', async () => {
    const { text, result } = await update('a.json', '{"T1562":1,"T1562.001":2,"T1656":3}')
    expect(JSON.parse(text ?? '')).toEqual({ 'T1685': 1, 'T1562.001': 2, 'T1684.001': 3 })
    expect(left(result)).toEqual(['twice T1562.001'])
  })

  it('reads lines of JSON', async () => {
    expect(await updateTwice('a.json', '{"t":"T1656"}\n{"t":"T1672"}\n')).toBe('{"t":"T1684.001"}\n{"t":"T1684.002"}\n')
  })

  it('is left alone where it is a STIX bundle', async () => {
    const { codes, result } = await update('b.json', '{"type":"bundle","id":"bundle--1","objects":[{"external_id":"T1656"}]}')
    expect([codes, result]).toEqual([['upgrade/not-in-place'], undefined])
  })
})

describe('CSV', () => {
  const table = '\uFEFFcontrol;technique;name;tactic;attack_version;comment\r\nA;T1562.001;Disable or Modify Tools;Defense Evasion;18.1;"a ""b"" T1562.001"\r\n'
    + 'B;"T1656; T1672";;;18.1;\r\nC;T1557.001;LLMNR/NBT-NS Poisoning and SMB Relay;;v18;x\r\nD;T1562.004 - Disable or Modify System Firewall;;;;\r\n'

  it('gets ids, names, tactics and versions row by row', async () => {
    expect(await updateTwice('t.csv', table)).toBe('\uFEFFcontrol;technique;name;tactic;attack_version;comment\r\n'
      + 'A;T1685;Disable or Modify Tools;Defense Impairment;19.1;"a ""b"" T1562.001"\r\n'
      + 'B;"T1684.001; T1684.002";;;19.1;\r\nC;T1557.001;Name Resolution Poisoning and SMB Relay;;v19;x\r\nD;T1686 - Disable or Modify System Firewall;;;;\r\n')
  })

  it('quotes a new name that contains the delimiter', async () => {
    const attack = madeUpAttack({ 'enterprise 1.0': [{ id: 'T1001', name: 'Old' }], 'enterprise 2.0': [{ id: 'T1001', name: 'New, "newer"' }] })
    expect(await updateTwice('t.csv', 'id,name\nT1001,Old\n', { attack, to: '2.0', version: '1.0' })).toBe('id,name\nT1001,"New, ""newer"""\n')
  })

  it('leaves a row that waits at its version, and takes a choice', async () => {
    const attack = madeUpAttack({
      'enterprise 1.0': [{ id: 'T1001' }, { id: 'T1002' }, { id: 'T1003' }], 'enterprise 2.0': [{ id: 'T1001', status: 'deprecated' }, { id: 'T1002' }, { id: 'T1003', successor: 'T1002' }],
    })
    const text = 'id,attack_version\nT1001,1.0\nT1003,1.0\n'
    const waiting = await update('t.csv', text, { attack, to: '2.0' })
    expect([waiting.text, left(waiting.result)]).toEqual(['id,attack_version\nT1001,1.0\nT1002,2.0\n', ['undecided T1001']])
    const chosen = await update('t.csv', text, { attack, to: '2.0', choices: { T1001: 'T1002' } })
    expect([chosen.text, left(chosen.result)]).toEqual(['id,attack_version\nT1002,2.0\nT1002,2.0\n', []])
  })
})

describe('any file', () => {
  it.each([
    ['text that is not UTF-8', 't.csv', Uint8Array.from([0x69, 0x64, 0x2c, 0x6e, 0x0a, 0x54, 0x31, 0x36, 0x35, 0x36, 0x2c, 0xe9, 0x0a])],
    ['plain text', 'a.txt', 'T1656 was here'],
    ['gzip', 'a.json.gz', Uint8Array.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3])],
  ])('is left alone where it cannot be updated: %s', async (_what, name, content) => {
    const { codes, result } = await update(name, content)
    expect([codes.at(-1), result]).toEqual(['upgrade/not-in-place', undefined])
  })

  it('is not changed where nothing changes', async () => {
    expect((await update('a.json', '{"id":"T1078"}')).text).toBeUndefined()
  })

  it('is taken for the newest release in which all of its ids and tactics are', async () => {
    expect(await source('["T1562.001","T1685"]')).toBe('19.1')
    expect(await source('["T1562.001"]')).toBe('18.1')
    expect(await source('[{"tactic":"defense-evasion","id":"T1027"}]')).toBe('18.1')
    expect(await source('["T1053.001"]')).toBe('10.1')
  })

  it('takes time in proportion to its size', async () => {
    const long = `{"technique":"${'T1562.001 '.repeat(20_000)}","keys":{${Array.from({ length: 5000 }, (_, index) => `"T${1000 + (index % 9000)}.${String(index % 1000).padStart(3, '0')}":0`).join()}}}`
    const start = performance.now()
    await update('a.json', long)
    expect(performance.now() - start).toBeLessThan(5000)
  }, 20_000)
})
