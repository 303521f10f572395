import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { rawBundle, rawTactic, rawTechnique } from '../support/attack-bundles.js'
import { answerPart, answerStatus, answerWith, serve } from '../support/loopback-server.js'
import { attack, kept, rawObjects, release } from './added-releases.js'
import { createFolder, runCrosswalk } from './run-crosswalk.js'

describe('attack add', () => {
  it('adds a release for every command, until it is removed', async () => {
    const cwd = await createFolder()
    writeFileSync(join(cwd, 'enterprise-attack-99.0.json'), release('99.0', [rawTechnique({ id: 'T1999', name: 'Brand New' })]))
    const added = await attack(cwd, 'add', 'enterprise-attack-99.0.json')
    expect(added).toMatchObject({ code: 0, stderr: '' })
    expect(added.stdout).toMatch(/^Enterprise ATT&CK 99\.0: 1 tactic, 3 techniques, saved to .*enterprise-99\.0\.json$/m)

    const { stdout: list } = await attack(cwd, 'list')
    expect(list).toMatch(/^enterprise +99\.0 +1 +2 +0 +0 +1$/m)
    expect(list).toMatch(/^Enterprise ATT&CK 99\.0 {2}from {2}.*enterprise-attack-99\.0\.json$/m)
    expect((await attack(cwd, 'show', 'T1999')).stdout).toContain('T1999 Brand New (Enterprise ATT&CK 99.0)')
    const { stdout: history } = await attack(cwd, 'show', 'T1059', '--history')
    expect(history).toContain('ATT&CK 99.0\n  name      Interpreters of All Kinds\n  tactics   Initial Access\n')

    writeFileSync(join(cwd, 'layer.json'), JSON.stringify({
      name: 'x', domain: 'enterprise-attack', versions: { attack: '99', navigator: '5.1.0', layer: '4.5' }, techniques: [{ techniqueID: 'T1999' }],
    }))
    expect((await runCrosswalk(['validate', 'layer.json'], { cwd })).stderr).not.toContain('newer')
    expect((await attack(cwd, 'remove', '99.0')).stdout).toBe('removed: Enterprise ATT&CK 99.0\n')
    expect((await runCrosswalk(['validate', 'layer.json'], { cwd })).stderr).toContain('ATT&CK 99 of the layer is newer than all available releases')
    expect(await attack(cwd, 'remove', '99.0')).toMatchObject({ code: 1, stdout: '' })
    expect(kept(cwd)).toEqual([])
  })

  it('replaces a release shipped with Crosswalk, and says so', async () => {
    const cwd = await createFolder()
    writeFileSync(join(cwd, 'b.json'), release('18.1'))
    expect((await attack(cwd, 'add', 'b.json')).stdout).toContain('replaces the same release shipped with Crosswalk')
    expect((await attack(cwd, 'show', 'T1059', '--attack-version', '18.1')).stdout)
      .toContain('T1059 Interpreters of All Kinds (Enterprise ATT&CK 18.1)')
  })

  it('reads STIX 2.0, which states neither domain nor release', async () => {
    const cwd = await createFolder()
    writeFileSync(join(cwd, 'attack.json'), JSON.stringify({ type: 'bundle', id: 'bundle--1', spec_version: '2.0', objects: rawObjects }))
    expect((await attack(cwd, 'add', 'attack.json')).stderr).toBe('error: attack.json does not state its ATT&CK release\n')
    const added = await attack(cwd, 'add', 'attack.json', '--attack-version', 'v6.3', '--domain', 'enterprise')
    expect(added.stdout).toMatch(/^Enterprise ATT&CK 6\.3: /)
  })

  it.each([
    ['', 'is not JSON'],
    ['404: Not Found', 'is not JSON'],
    [release('99.0').slice(0, 900), 'is truncated'],
    ['{"a":1}', 'is not a STIX bundle'],
    ['{"type":"bundle","objects":[]}', 'does not state its ATT&CK domain'],
    [JSON.stringify(rawBundle('99.0', [rawTechnique({ id: 'T1059' })])), 'contains no ATT&CK tactics: it is not an ATT&CK release'],
    [JSON.stringify(rawBundle('99.0', [rawTactic('TA0001', 'x')])), 'contains no ATT&CK techniques'],
  ])('refuses %#: %s', async (content, problem) => {
    const cwd = await createFolder()
    writeFileSync(join(cwd, 'bad.json'), content)
    expect(await attack(cwd, 'add', 'bad.json')).toEqual({ code: 1, stdout: '', stderr: `error: bad.json ${problem}\n` })
    writeFileSync(join(cwd, 'good.json'), release('97.0'))
    expect((await attack(cwd, 'add', 'good.json', 'bad.json')).stderr).toBe(`error: bad.json ${problem}\nerror: no release was added\n`)
    expect(kept(cwd)).toEqual([])
  })

  it('reads 60 MB with a heap that could not hold them', async () => {
    const cwd = await createFolder()
    const report = { type: 'report', id: 'report--1', description: 'Long “texts” that nobody needs here. '.repeat(1600) }
    writeFileSync(join(cwd, 'large.json'), release('99.0', Array.from({ length: 1000 }, () => report)))
    expect(statSync(join(cwd, 'large.json')).size).toBeGreaterThan(60_000_000)
    const env = { NODE_OPTIONS: '--max-old-space-size=64' }
    const added = await runCrosswalk(['attack', 'add', 'large.json'], { cwd, env })
    expect(added).toMatchObject({ code: 0, stderr: '' })
    const shown = await runCrosswalk(['attack', 'show', 'T1059', '--attack', 'large.json'], { cwd, env })
    expect(shown.stdout).toContain('Enterprise ATT&CK 99.0')
    writeFileSync(join(cwd, 'layer.json'), '{"name":"x","domain":"enterprise-attack","techniques":[]}')
    expect(await runCrosswalk(['validate', 'layer.json', '--attack', 'large.json'], { cwd, env })).toMatchObject({ code: 0 })
  })

  it('warns of a release that was damaged since, and goes on without it', async () => {
    const cwd = await createFolder()
    writeFileSync(join(cwd, 'b.json'), release('99.0'))
    await attack(cwd, 'add', 'b.json')
    writeFileSync(join(cwd, 'crosswalk-data', 'attack', 'enterprise-99.0.json'), '{"from"')
    const { code, stdout, stderr } = await attack(cwd, 'show', 'T1059')
    expect({ code, shows: stdout.includes('19.1') }).toEqual({ code: 0, shows: true })
    expect(stderr).toMatch(/^warning: .*damaged.*enterprise-99\.0\.json$/m)
  })
})

describe('--attack', () => {
  it('serves list and show, this once', async () => {
    const cwd = await createFolder()
    writeFileSync(join(cwd, 'b.json'), release('99.0'))
    expect((await attack(cwd, 'show', 'T1059', '--attack', 'b.json')).stdout).toContain('(Enterprise ATT&CK 99.0)')
    expect((await attack(cwd, 'list', '--attack', 'b.json')).stdout).toContain('Enterprise ATT&CK 99.0  from  b.json')
    expect((await attack(cwd, 'list')).stdout).not.toContain('99.0')
    expect(await attack(cwd, 'list', '--attack', 'no.json')).toEqual({ code: 1, stdout: '', stderr: 'error: --attack no.json does not exist\n' })
  })
})

describe('attack fetch', () => {
  it('downloads, checks and keeps a release', async () => {
    const cwd = await createFolder()
    const { address, requests } = await serve(answerWith(release('99.0')))
    const run = await attack(cwd, 'fetch', '99.0', '--domain', 'enterprise', '--from', `${address}/stix/`)
    expect(run).toMatchObject({ code: 0, stderr: '' })
    expect(requests.map(({ url }) => url)).toEqual(['/stix/enterprise-attack/enterprise-attack-99.0.json'])
    expect(kept(cwd)).toEqual(['enterprise-99.0.json'])
    const from = `${address}/stix/enterprise-attack/enterprise-attack-99.0.json`
    expect((await attack(cwd, 'list')).stdout).toContain(`Enterprise ATT&CK 99.0  from  ${from}\n`)
  })

  it('goes on after a failure of the server, and where a broken connection stopped', async () => {
    const cwd = await createFolder()
    const text = release('99.0')
    const { address, requests } = await serve(answerStatus(500), answerPart(text, 500, 'end'), answerWith(text))
    const { code, stderr } = await attack(cwd, 'fetch', '99.0', '--domain', 'enterprise', '--from', address)
    expect(code).toBe(0)
    expect(stderr).toMatch(/HTTP 500; retrying\n.*connection broke.*; retrying\n$/)
    expect(requests[2]?.headers.range).toBe('bytes=500-')
    expect(kept(cwd)).toEqual(['enterprise-99.0.json'])
  })

  it('keeps what could be had, and says of each domain what could not', async () => {
    const cwd = await createFolder()
    const { address } = await serve(answerWith(release('99.0')), answerStatus(404))
    const { code, stderr } = await attack(cwd, 'fetch', '99.0', '--from', address)
    expect(code).toBe(1)
    expect(stderr).toBe(['mobile', 'ics'].map((domain) =>
      `error: ${address}/${domain}-attack/${domain}-attack-99.0.json returned HTTP 404\n`).join(''))
    expect(kept(cwd)).toEqual(['enterprise-99.0.json'])
  })

  it('takes the latest, whichever that is', async () => {
    const cwd = await createFolder()
    const { address, requests } = await serve(answerWith(release('98.1')))
    await attack(cwd, 'fetch', 'latest', '--domain', 'enterprise', '--from', address)
    expect(requests[0]?.url).toBe('/enterprise-attack/enterprise-attack.json')
    expect(kept(cwd)).toEqual(['enterprise-98.1.json'])
  })

  it.each([
    [release('98.0'), 'contains Enterprise ATT&CK 98.0; nothing was changed'],
    [release('99.0').slice(0, 700), 'is truncated; nothing was changed'],
    ['<html>Please log in</html>', 'is not JSON; nothing was changed'],
  ])('refuses %#: %s', async (content, problem) => {
    const cwd = await createFolder()
    const { address } = await serve(answerWith(content))
    const { code, stdout, stderr } = await attack(cwd, 'fetch', '99.0', '--domain', 'enterprise', '--from', address)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toBe(`error: ${address}/enterprise-attack/enterprise-attack-99.0.json ${problem}\n`)
    expect(kept(cwd)).toEqual([])
  })

  it('keeps to its limits of size and patience', async () => {
    const cwd = await createFolder()
    const large = await serve(answerWith(`${release('99.0')}${' '.repeat(20_000)}`))
    const options = ['fetch', '99.0', '--domain', 'enterprise', '--max-size', '0.01', '--from']
    expect((await attack(cwd, ...options, large.address)).stderr).toContain('is larger than 10000 bytes (--max-size)')
    const silent = await serve(answerPart(release('99.0'), 300, 'silence'), answerStatus(404))
    const run = await attack(cwd, 'fetch', '99.0', '--domain', 'enterprise', '--timeout', '0.2', '--from', silent.address)
    expect(run.stderr).toMatch(/sent no data for 0\.2 seconds; retrying\n.*HTTP 404\n$/)
    expect(kept(cwd)).toEqual([])
  })

  it.each([
    [['fetch', '19'], 2, 'Expected a complete release number, such as 19.0.'],
    [['fetch', '19.0', '--from', 'x'], 2, 'Expected a URL'],
    [['fetch', '19.0', '--timeout', '-1'], 2, 'Expected a number greater than 0.'],
    [['fetch', '19.0', '--domain', 'ics', '--from', 'http://example.org'], 1, 'is not https; http is allowed only for this machine'],
    [['add'], 2, "missing required argument 'FILE'"],
  ] as const)('%j ends with %d', async (args, code, message) => {
    const cwd = await createFolder()
    const run = await attack(cwd, ...args)
    expect(run.code).toBe(code)
    expect(run.stderr).toContain(message)
    expect(kept(cwd)).toEqual([])
  })
})

describe('attack show', () => {
  it.each(['T1055.011', 'T1086', 'T1078', 'T1574.001'])('shows %s and its history in 80 columns', async (id) => {
    const { code, stdout } = await attack(await createFolder(), 'show', id, '--history')
    expect(code).toBe(0)
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
  })

  it('says all of a technique without changes once', async () => {
    const { stdout } = await attack(await createFolder(), 'show', 'T1055.011', '--history', '--attack-version', '18.1')
    expect(stdout).toBe(`T1055.011 Extra Window Memory Injection (Enterprise ATT&CK 18.1)
status    active
parent    T1055 Process Injection
tactics   Privilege Escalation, Defense Evasion
created   2020-01-14
modified  2025-10-24
releases  8.2 to 19.1
STIX id   attack-pattern--0042a9f5-f053-4769-b3ef-9ad018dfa298
page      https://attack.mitre.org/techniques/T1055/011/

ATT&CK 8.2 to 18.1
  name      Extra Window Memory Injection
  status    active
  tactics   Privilege Escalation, Defense Evasion
  modified  2020-06-20 to 2025-10-24

ATT&CK 19.1
  tactics   Privilege Escalation, Stealth
  modified  2025-10-24
`)
  })

  it('names the successor of a revoked technique, and the nearest ids of one that is not', async () => {
    const cwd = await createFolder()
    expect((await attack(cwd, 'show', 'T1086')).stdout).toContain('status    revoked, replaced by T1059.001 PowerShell\n')
    expect(await attack(cwd, 'show', 'T9999')).toEqual({
      code: 1,
      stdout: '',
      stderr: `error: Unknown ATT&CK id T9999. Did you mean one of these?
  T1199 Trusted Relationship (Enterprise ATT&CK 19.1)
  T1499 Endpoint Denial of Service (Enterprise ATT&CK 19.1)
  T1599 Network Boundary Bridging (Enterprise ATT&CK 19.1)
`,
    })
  })
})
