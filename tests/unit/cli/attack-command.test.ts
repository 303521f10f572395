import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { attackCommand } from '../../../src/cli/commands/attack.js'
import { rawBundle, rawTechnique } from '../../support/attack-bundles.js'

// What the developer keeps on this machine is no concern of the tests.
beforeAll(() => { vi.stubEnv('CROSSWALK_DATA', path.join(tmpdir(), 'crosswalk-no-such-folder')) })
afterAll(() => { vi.unstubAllEnvs() })

async function run(...args: readonly string[]): Promise<{ readonly out: string; readonly err: string; readonly code: number }> {
  const written = { out: '', err: '' }
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => { written.out += String(text); return true })
  const err = vi.spyOn(process.stderr, 'write').mockImplementation((text) => { written.err += String(text); return true })
  const before = process.exitCode
  process.exitCode = 0
  try {
    await attackCommand().parseAsync(args, { from: 'user' })
    return { ...written, code: process.exitCode }
  } finally {
    process.exitCode = before
    out.mockRestore()
    err.mockRestore()
  }
}

function bundle(version: string): string {
  return JSON.stringify(rawBundle(version, [rawTechnique({ id: 'T1001' })]))
}

describe('attack list', () => {
  it('lists the releases with their counts', async () => {
    const { out, code } = await run('list')
    expect(code).toBe(0)
    expect(out.split('\n')[0]).toMatch(/^domain +release +tactics +techniques +sub-techniques +deprecated +revoked$/)
    expect(out).toMatch(/^enterprise +18\.1 +14 +216 +475 +12 +132$/m)
    expect(out).toMatch(/^enterprise +19\.1 +15 +222 +475 +12 +149$/m)
    expect(out).toMatch(/^ics +19\.1 +12 +79 +18 +12 +0$/m)
    const [releases = '', partial = ''] = out.trimEnd().split('\n\n')
    expect(releases.split('\n')).toHaveLength(38)
    expect(partial.split('\n').every((line) => line.length <= 100)).toBe(true)
    expect(partial.replaceAll(/\n +/g, ' ')).toMatch(/^Known in part \(add the full release: [^:]*:\nEnterprise ATT&CK 19\.1 lacks dates .*\nMobile ATT&CK 19\.1 .*\nICS .*successors/)
  })

  it('lists them as JSON', async () => {
    const { out } = await run('list', '--format', 'json')
    expect(JSON.parse(out)).toContainEqual(expect.objectContaining({ domain: 'mobile', version: '19.1', tactics: 12, lacks: ['dates', 'withdrawn'] }))
  })
})

describe('attack show', () => {
  it('names the successor of a revoked technique', async () => {
    const { out, code } = await run('show', 'T1086')
    expect(code).toBe(0)
    expect(out).toMatch(/^T1086 PowerShell \(Enterprise ATT&CK 19\.1\)\nstatus +revoked, replaced by T1059\.001 PowerShell$/m)
  })

  it('follows successors to the end', async () => {
    const { out } = await run('show', 'T1150')
    expect(out.replaceAll(/\s+/g, ' ')).toContain('replaced by T1547.011 Plist Modification (revoked), which was replaced by T1647 Plist File Modification')
  })

  it('suggests the nearest ids for one that does not exist', async () => {
    const { out, err, code } = await run('show', 'T9999')
    expect({ out, code }).toEqual({ out: '', code: 1 })
    expect(err).toContain('Unknown ATT&CK id T9999. Did you mean one of these?\n  T1199 Trusted Relationship (Enterprise ATT&CK 19.1)\n')
  })

  it('takes ids in small letters and as in addresses', async () => {
    expect((await run('show', 't1553/002')).out).toContain('T1553.002 Code Signing')
  })

  it('shows relatives, tactics by name, and dates', async () => {
    const { out } = await run('show', 'T1055.011', '--attack-version', '16.1')
    expect(out).toMatch(/^parent +T1055 Process Injection$/m)
    expect(out).toMatch(/^tactics +Privilege Escalation, Defense Evasion$/m)
    expect(out).toMatch(/^created +2020-01-14$/m)
    expect((await run('show', 'T1059')).out).toMatch(/^sub-techniques +T1059\.001 PowerShell\n +T1059\.002 AppleScript$/m)
  })

  it('shows the history, a block for each period without a change', async () => {
    const { out } = await run('show', 'T1053.001', '--history')
    expect(out.slice(out.indexOf('ATT&CK 8.2'))).toBe(`ATT&CK 8.2 to 10.1
  name      At (Linux)
  status    active
  tactics   Execution, Persistence, Privilege Escalation
  modified  2020-03-23 to 2021-10-15

ATT&CK 11.3 to 19.1
  status    revoked, replaced by T1053.002
  modified  2022-04-16 to 2025-10-24
`)
  })

  it('shows a technique as JSON', async () => {
    const { out } = await run('show', 'T1521.003', '--format', 'json', '--history')
    expect(JSON.parse(out)).toMatchObject({
      kind: 'technique',
      domain: 'mobile',
      version: '19.1',
      id: 'T1521.003',
      parent: { id: 'T1521' },
      releases: ['15.1', '16.1', '17.1', '18.1', '19.1'],
      history: [{ version: '15.1' }, { version: '16.1' }, { version: '17.1' }, { version: '18.1' }, { version: '19.1' }],
    })
  })

  it('shows a tactic with its place and techniques', async () => {
    const { out } = await run('show', 'TA0001')
    expect(out).toMatch(/^TA0001 Initial Access \(Enterprise ATT&CK 19\.1\)$/m)
    expect(out).toMatch(/^position +3 of 15$/m)
    expect(out).toContain('T1190 Exploit Public-Facing Application')
    const json = await run('show', 'TA0111', '--format', 'json')
    expect(JSON.parse(json.out)).toMatchObject({ kind: 'tactic', domain: 'ics', position: 4 })
  })

  it('shows a technique that is gone in a partial release as it was, and says so', async () => {
    const { out } = await run('show', 'T0803')
    expect(out).toMatch(/^T0803 Block Command Message \(ICS ATT&CK 18\.1\)\nstatus +active$/m)
    expect(out).toMatch(/^gone +not in ICS ATT&CK 19\.1, whose successors are not in the index/m)
    expect((await run('show', 'T0801')).out).not.toMatch(/^gone/m)
  })

  it('says that dates of a new technique are not known', async () => {
    const { out } = await run('show', 'T1685')
    expect(out).toMatch(/^created +unknown \(a partial release\)\nmodified +unknown \(a partial release\)$/m)
    expect((await run('show', 'T1685', '--history')).out).toContain('modified  unknown (a partial release)')
    expect(JSON.parse((await run('show', 'T1685', '--format', 'json')).out)).not.toHaveProperty('created')
  })

  it('shows what the newest release has no more as the last one that had it', async () => {
    const { out } = await run('show', 'TA0038')
    expect(out).toMatch(/^TA0038 Network Effects \(Mobile ATT&CK 19\.1\)\nstatus +deprecated$/m)
  })

  it.each([
    [['T1521.003', '--domain', 'enterprise'], 'T1521.003 is a technique of the mobile domain, not of enterprise'],
    [['T1651', '--attack-version', '10.0'], 'T1651 is not in ATT&CK 10.0; it is in Enterprise ATT&CK 13.1 to 19.1'],
    [['T1059', '--attack-version', '5'], 'ATT&CK 5 is not available. Available releases: enterprise 8.2, 9.0,'],
    [['TA0002', '--domain', 'ics'], 'TA0002 is a tactic of the enterprise domain, not of ics, where this has its name:\n  TA0104 Execution (ICS ATT&CK 19.1)\n'],
    [['TA0001', '--domain', 'mobile'], 'not of mobile, where this has its name:\n  TA0027 Initial Access (Mobile ATT&CK 19.1)\n'],
    [['TA0043', '--domain', 'ics'], 'TA0043 is a tactic of the enterprise domain, not of ics\n'],
    [['T1059', '--domain', 'mobile'], 'not of mobile, where this has its name:\n  T1623 Command and Scripting Interpreter (Mobile ATT&CK 19.1)\n'],
    [['TA0999'], 'Unknown ATT&CK id TA0999.'],
    [['G0016'], 'G0016 is the id of a group. The index has techniques and tactics alone; see https://attack.mitre.org/groups/G0016/\n'],
    [['s0154'], 'S0154 is the id of software (malware or a tool). The index has techniques and tactics alone; see https://attack.mitre.org/software/S0154/\n'],
    [['C0001'], 'is the id of a campaign.'],
    [['M1027'], 'see https://attack.mitre.org/mitigations/M1027/\n'],
    [['DS0017'], 'see https://attack.mitre.org/datasources/DS0017/\n'],
    [['A0008'], 'see https://attack.mitre.org/assets/A0008/\n'],
    [['Brute', 'Forse'], 'No technique or tactic is called "Brute Forse". Did you mean one of these?\n  T1110 Brute Force (Enterprise ATT&CK 19.1)\n'],
    [['Brute'], 'Did you mean one of these?\n  T1110 Brute Force (Enterprise ATT&CK 19.1)\n  T0806 Brute Force I/O (ICS ATT&CK 19.1)\n'],
    [['Domain Account'], '2 objects of Enterprise ATT&CK 19.1 are called "Domain Account". Show one by its id:\n  T1087.002 Domain Account'],
    [['Brute Force', '--attack-version', '5'], 'ATT&CK 5 is not available.'],
    [['T1086', 'T1059'], 'Show one object at a time: T1086, T1059\n'],
    [['x'.repeat(100_000)], 'No technique or tactic has a similar name either'],
    [['nonsense'], 'Unknown ATT&CK id NONSENSE. Technique ids look like T1553 or T1553.002.'],
    [['\u001b[31mred'], 'Unknown ATT&CK id \\x1b[31MRED.'],
  ])('%j: %s', async (args, message) => {
    const { out, err, code } = await run('show', ...args)
    expect({ out, code }).toEqual({ out: '', code: 1 })
    expect(err).toContain(message)
  })
})

describe('attack show, by name', () => {
  it.each([
    [['Brute Force'], 'T1110 Brute Force (Enterprise ATT&CK 19.1)'],
    [['brute', 'FORCE'], 'T1110 Brute Force (Enterprise ATT&CK 19.1)'],
    [['Process Injection: Extra Window Memory Injection'], 'T1055.011 Extra Window Memory Injection'],
    [['initial access'], 'TA0001 Initial Access (Enterprise ATT&CK 19.1)'],
    [['defense-evasion', '--domain', 'mobile'], 'TA0030 Defense Evasion (Mobile ATT&CK 19.1)'],
    [['PowerShell'], 'T1059.001 PowerShell (Enterprise ATT&CK 19.1)'],
    [['At (Linux)'], 'T1053.001 At (Linux) (Enterprise ATT&CK 19.1)'],
    [['Component Object Model and Distributed COM'], 'T1175 Component Object Model and Distributed COM'],
    [['Brute Force I/O'], 'T0806 Brute Force I/O (ICS ATT&CK 19.1)'],
    [['Plist File Modification', '--attack-version', '12.1'], 'T1647 Plist File Modification (Enterprise ATT&CK 12.1)'],
    [['https://attack.mitre.org/techniques/T1553/002/'], 'T1553.002 Code Signing'],
    [['https://attack.mitre.org/versions/v16/tactics/TA0001'], 'TA0001 Initial Access'],
    [['attack-pattern--0042a9f5-f053-4769-b3ef-9ad018dfa298'], 'T1055.011 Extra Window Memory Injection'],
  ])('%j', async (args, heading) => {
    const { out, err, code } = await run('show', ...args)
    expect({ err, code }).toEqual({ err: '', code: 0 })
    expect(out.startsWith(heading)).toBe(true)
  })

  it('prints the page, and what other domains call so', async () => {
    const { out } = await run('show', 'TA0001')
    expect(out).toMatch(/^page +https:\/\/attack\.mitre\.org\/tactics\/TA0001\/\nother domains +TA0027 Initial Access \(Mobile ATT&CK 19\.1\)\n +TA0108 Initial Access \(ICS ATT&CK 19\.1\)$/m)
    expect((await run('show', 'T1110.001')).out).toMatch(/^page +https:\/\/attack\.mitre\.org\/techniques\/T1110\/001\/$/m)
    expect(JSON.parse((await run('show', 'T1059', '--format', 'json')).out)).toMatchObject({
      page: 'https://attack.mitre.org/techniques/T1059/',
      otherDomains: [{ domain: 'mobile', version: '19.1', id: 'T1623', name: 'Command and Scripting Interpreter' }, expect.objectContaining({ domain: 'ics' })].slice(0, 1),
    })
  })
})

describe('attack index', () => {
  let folder = ''
  beforeEach(() => { folder = mkdtempSync(path.join(tmpdir(), 'attack-index-')) })
  afterEach(() => rmSync(folder, { recursive: true }))

  function write(name: string, content: string): string {
    const file = path.join(folder, name)
    writeFileSync(file, content)
    return file
  }

  it('writes the same bytes whatever the order of the bundles', async () => {
    const [old, young] = [write('a.json', bundle('8.2')), write('b.json', bundle('9.0'))]
    const [one, two] = ['one', 'two'].map((name) => path.join(folder, name))
    if (one === undefined || two === undefined) throw new Error('unreachable')
    expect((await run('index', old, young, '-o', one)).out).toMatch(/one: 2 releases, /)
    await run('index', young, old, '--output', two)
    const names = ['enterprise.json', 'ics.json', 'manifest.json', 'mobile.json']
    expect(readdirSync(one).toSorted()).toEqual(names)
    for (const name of names) expect(readFileSync(path.join(one, name), 'utf8'), name).toBe(readFileSync(path.join(two, name), 'utf8'))
    expect(JSON.parse(readFileSync(path.join(one, 'enterprise.json'), 'utf8'))).toMatchObject({ releases: ['8.2', '9.0'] })
    expect(JSON.parse(readFileSync(path.join(one, 'ics.json'), 'utf8'))).toMatchObject({ releases: [] })
    expect(JSON.parse(readFileSync(path.join(one, 'manifest.json'), 'utf8'))).toMatchObject({ releases: [
      { domain: 'enterprise', version: '8.2', file: 'enterprise.json', source: 'a.json', complete: true, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      { version: '9.0', source: 'b.json' },
    ] })
  })

  it('writes nothing when a bundle cannot be used, and says of each why', async () => {
    const output = path.join(folder, 'out')
    const twice = [write('a.json', bundle('8.2')), write('b.json', bundle('8.2'))]
    const broken = [write('cut.json', '{"type"'), write('other.json', '[]')]
    const { err, code } = await run('index', ...twice, ...broken, path.join(folder, 'missing.json'), '-o', output)
    expect(code).toBe(1)
    expect(err).toMatch(/b\.json and .*a\.json are both Enterprise ATT&CK 8\.2$/m)
    expect(err).toMatch(/cut\.json is truncated$/m)
    expect(err).toMatch(/other\.json is not a STIX bundle$/m)
    expect(err).toMatch(/missing\.json does not exist$/m)
    expect(existsSync(output)).toBe(false)
  })

  it('lists the objects that it skips', async () => {
    const nameless = rawTechnique({ id: 'T1002', more: { name: '' } })
    const file = write('a.json', JSON.stringify(rawBundle('8.2', [rawTechnique({ id: 'T1001' }), nameless])))
    const { err, code } = await run('index', file, '-o', path.join(folder, 'out'))
    expect(code).toBe(0)
    expect(err).toContain('skipped objects without an id, a name or a date: attack-pattern--')
  })
})
