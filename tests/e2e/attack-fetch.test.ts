import { createHash } from 'node:crypto'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { rawBundle, rawMatrix, rawTactic, rawTechnique } from '../support/attack-bundles.js'
import { startProxy } from '../support/loopback-proxy.js'
import { type Answer, answerStatus, answerWith, serve, serveSecurely, type LoopbackServer } from '../support/loopback-server.js'
import { makeSelfSigned, type SelfSigned } from '../support/self-signed-certificate.js'
import { createFolder, runCrosswalk, type Run } from './run-crosswalk.js'

function bundle(version: string, domain = 'Enterprise'): string {
  const objects = [
    rawMatrix(`${domain} ATT&CK`, ['TA0001']), rawTactic('TA0001', 'initial-access'),
    rawTechnique({ id: 'T1059', name: 'Interpreters', tactics: ['initial-access'] }),
  ]
  return JSON.stringify(rawBundle(version, objects, domain))
}

interface Listed {
  readonly version: unknown
  readonly url?: string
  readonly [more: string]: unknown
}

/** A collection index as MITRE publishes it, newest first. */
function indexOf(releases: Readonly<Record<string, readonly Listed[]>>): string {
  const collections = Object.entries(releases).map(([name, versions], number) => ({
    id: `x-mitre-collection--00000000-0000-4000-8000-00000000000${number}`, name: `${name} ATT&CK`, description: 'x', versions,
  }))
  return JSON.stringify({ id: 'x', name: 'MITRE ATT&CK', description: 'x', created: '2018-01-17T12:56:55.080Z', modified: '2026-10-20T00:00:00Z', collections })
}

const three = {
  Enterprise: [
    { version: '99.10', url: 'e-99.10.json', modified: '2099-10-28T14:00:00.000Z' }, { version: '99.2', url: 'e-99.2.json', modified: '2099-05-01T00:00:00.000Z' },
    { version: '18.1', url: 'e-18.1.json', modified: '2025-11-01T00:00:00.000Z' },
  ],
  Mobile: [{ version: '99.0', url: 'm-99.0.json' }],
  ICS: [{ version: '18.1', url: 'i-18.1.json' }],
}

/** Serves files by path; a number is a status. */
async function serveFiles(files: Readonly<Record<string, string | number | readonly [number, string]>>, tls?: SelfSigned): Promise<LoopbackServer> {
  const answer: Answer = (request, response) => {
    const found = files[request.url ?? ''] ?? 404
    if (typeof found === 'string') answerWith(found)(request, response)
    else if (typeof found === 'number') answerStatus(found)(request, response)
    else answerStatus(found[0], { location: found[1] })(request, response)
  }
  return tls ? serveSecurely(tls, answer) : serve(answer)
}

const files = {
  '/stix/index.json': indexOf(three),
  '/stix/e-99.10.json': bundle('99.10'), '/stix/e-99.2.json': bundle('99.2'), '/stix/e-18.1.json': bundle('18.1'),
  '/stix/m-99.0.json': bundle('99.0', 'Mobile'), '/stix/i-18.1.json': bundle('18.1', 'ICS'),
}

function attack(cwd: string, env: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Run> {
  return runCrosswalk(['attack', ...args], { cwd, env: { COLUMNS: '80', ...env } })
}

/** The releases that the program has, without unfinished downloads, which must not be left either. */
function kept(cwd: string): readonly string[] {
  const folder = join(cwd, 'crosswalk-data', 'attack')
  return existsSync(folder) ? readdirSync(folder, { recursive: true }).map(String).filter((name) => name !== 'downloads').toSorted() : []
}

describe('attack fetch, from an index', () => {
  it('gets the newest release of each domain that is not available', async () => {
    const cwd = await createFolder()
    const { address, requests } = await serveFiles(files)
    const run = await attack(cwd, {}, 'fetch', '--index', `${address}/stix/index.json`)
    expect(run).toMatchObject({ code: 0, stderr: '' })
    expect(run.stdout).toMatch(/^already available: ICS ATT&CK 18\.1\nEnterprise ATT&CK 99\.10: .*\nMobile ATT&CK 99\.0: /)
    expect(requests.map(({ url }) => url)).toEqual(['/stix/index.json', '/stix/e-99.10.json', '/stix/m-99.0.json'])
    expect(kept(cwd)).toEqual(['enterprise-99.10.json', 'mobile-99.0.json'])
    const again = await attack(cwd, {}, 'fetch', 'latest', '--index', `${address}/stix/index.json`)
    expect(again).toEqual({ code: 0, stderr: '', stdout: 'already available: Enterprise ATT&CK 99.10, Mobile ATT&CK 99.0, ICS ATT&CK 18.1\n' })
  })

  it('gets a release, a domain, or all', async () => {
    const { address } = await serveFiles(files)
    const index = ['--index', `${address}/stix/index.json`]
    const one = await createFolder()
    expect(await attack(one, {}, 'fetch', '99.2', '--domain', 'enterprise', ...index)).toMatchObject({ code: 0 })
    expect(await attack(one, {}, 'fetch', '--domain', 'mobile', ...index)).toMatchObject({ code: 0 })
    // A release that is available is fetched if it is named.
    expect((await attack(one, {}, 'fetch', '18.1', '--domain', 'ics', ...index)).stdout).toContain('It replaces the same release shipped with Crosswalk.')
    expect(kept(one)).toEqual(['enterprise-99.2.json', 'ics-18.1.json', 'mobile-99.0.json'])
    const all = await createFolder()
    expect((await attack(all, {}, 'fetch', '--all', ...index)).stdout).toMatch(/^already available: Enterprise ATT&CK 18\.1, ICS ATT&CK 18\.1\n/)
    expect(kept(all)).toEqual(['enterprise-99.10.json', 'enterprise-99.2.json', 'mobile-99.0.json'])
  })

  it('offers the nearest releases for one that the index does not have', async () => {
    const cwd = await createFolder()
    const { address } = await serveFiles(files)
    const index = `${address}/stix/index.json`
    expect(await attack(cwd, {}, 'fetch', '99.3', '--domain', 'enterprise', '--index', index)).toEqual({
      code: 1, stdout: '', stderr: `error: ${index}: the index offers no Enterprise ATT&CK 99.3; the nearest that it has: 99.2, 99.10\n`,
    })
    const rest = await attack(cwd, {}, 'fetch', '99.0', '--index', index)
    expect(rest.code).toBe(1)
    expect(rest.stdout).toMatch(/^Mobile ATT&CK 99\.0: /)
    expect(rest.stderr.split('\n')).toHaveLength(3)
  })

  it.each([
    ['<!DOCTYPE html><p>Sign in</p>', 'is not JSON but an HTML or XML page; expected a collection index'],
    [indexOf(three).slice(0, 300), 'is not JSON but something else; expected a collection index'],
    ['{"a": 1}', 'is not a collection index: it has no list "collections"'],
    [bundle('99.0'), 'is a STIX bundle, not a collection index: it has no list "collections"'],
    [indexOf({}), 'offers no ATT&CK release'],
    [indexOf({ Enterprise: [{ version: 'next', url: 'x' }] }), 'offers no ATT&CK release (collection Enterprise ATT&CK: version next is not a release number, such as 19.0)'],
  ])('refuses an index %#: %s', async (text, problem) => {
    const { address } = await serveFiles({ '/i.json': text })
    const run = await attack(await createFolder(), {}, 'fetch', '--index', `${address}/i.json`)
    expect(run).toEqual({ code: 1, stdout: '', stderr: `error: ${address}/i.json ${problem}\n` })
  })

  it('says what to do when the index or a bundle was moved', async () => {
    const cwd = await createFolder()
    const { address } = await serveFiles({ '/i.json': files['/stix/index.json'], '/m-99.0.json': files['/stix/m-99.0.json'] })
    const gone = await attack(cwd, {}, 'fetch', '--index', `${address}/old.json`)
    expect(gone.code).toBe(1)
    expect(gone.stderr).toMatch(new RegExp(`^error: ${address}/old\\.json returned HTTP 404\n {2}The file was moved or removed\\. .*attack add FILE`))
    const partly = await attack(cwd, {}, 'fetch', '--index', `${address}/i.json`)
    expect(partly.code).toBe(1)
    expect(partly.stderr).toContain(`error: ${address}/e-99.10.json returned HTTP 404\n`)
    expect(kept(cwd)).toEqual(['mobile-99.0.json'])
  })

  it('follows a moved bundle', async () => {
    const cwd = await createFolder()
    const { address } = await serveFiles({ ...files, '/stix/m-99.0.json': [301, '/new/m.json'], '/new/m.json': bundle('99.0', 'Mobile') })
    expect(await attack(cwd, {}, 'fetch', '--domain', 'mobile', '--index', `${address}/stix/index.json`)).toMatchObject({ code: 0, stderr: '' })
    expect(kept(cwd)).toEqual(['mobile-99.0.json'])
  })

  const text = bundle('99.0')
  const sha256 = createHash('sha256').update(text).digest('hex')
  const sha512 = createHash('sha512').update(text).digest('hex')
  it.each([
    [{ sha256 }], [{ sha256: sha256.toUpperCase() }], [{ checksum: `sha256:${sha256}` }], [{ checksum: sha512 }], [{ sha512 }],
    [{ hashes: { 'SHA-256': sha256 } }], [{ checksums: { md5: 'x', sha512 } }], [{ size: Buffer.byteLength(text), sha256 }],
  ])('stores a bundle that is as the index states: %j', async (more) => {
    const cwd = await createFolder()
    const { address } = await serveFiles({ '/i.json': indexOf({ Enterprise: [{ version: '99.0', url: 'b.json', ...more }] }), '/b.json': text })
    expect(await attack(cwd, {}, 'fetch', '--domain', 'enterprise', '--index', `${address}/i.json`)).toMatchObject({ code: 0, stderr: '' })
    expect(kept(cwd)).toEqual(['enterprise-99.0.json'])
  })

  it.each([
    [{ sha256: sha256.replace(/^./, (first) => (first === '0' ? '1' : '0')) }, /has the sha256 digest .* as the index states; nothing was changed/],
    [{ sha512: sha512.replace(/.$/, (last) => (last === '0' ? '1' : '0')) }, /has the sha512 digest/],
    [{ size: 7 }, /has \d+ bytes, not 7 as the index states; nothing was changed/],
    [{ sha256: 'abc' }, /version 99\.0 has a checksum that is neither SHA-256 nor SHA-512/],
    [{ version: '98.0' }, /contains Enterprise ATT&CK 99\.0; nothing was changed/],
    [{ url: 'http://example.org/b.json' }, /is not https; http is allowed only for this machine/],
  ])('stores none that is not: %j', async (more, problem) => {
    const cwd = await createFolder()
    const { address } = await serveFiles({ '/i.json': indexOf({ Enterprise: [{ version: '99.0', url: 'b.json', ...more }] }), '/b.json': text })
    const run = await attack(cwd, {}, 'fetch', '--domain', 'enterprise', '--index', `${address}/i.json`)
    expect(run).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(problem) })
    expect(kept(cwd)).toEqual([])
  })

  it('goes through proxies, and trusts the authority of --ca alone', async () => {
    const cwd = await createFolder()
    const tls = makeSelfSigned()
    writeFileSync(join(cwd, 'ca.pem'), tls.cert)
    const server = await serveFiles(files, tls)
    const proxy = await startProxy({ password: 'me:secret' })
    const env = { https_proxy: proxy.address.replace('//', '//me:secret@') }
    const args = ['fetch', '--domain', 'mobile', '--index', `${server.address}/stix/index.json`]
    const distrustful = await attack(cwd, env, ...args)
    expect(distrustful).toMatchObject({ code: 1, stderr: expect.stringMatching(/certificate that is not trusted .*; --ca FILE trusts your own authority\n$/) })
    expect(await attack(cwd, env, ...args, '--ca', 'ca.pem')).toMatchObject({ code: 0, stderr: '' })
    expect(proxy.asked).toEqual(Array.from({ length: 3 }, () => `CONNECT ${server.address.replace('https://', '')}`))
    expect(kept(cwd)).toEqual(['mobile-99.0.json'])
    await attack(cwd, { ...env, NO_PROXY: 'localhost,127.0.0.1', NODE_EXTRA_CA_CERTS: join(cwd, 'ca.pem') }, 'list', '--remote', '--index', `${server.address}/stix/index.json`)
    expect(proxy.asked).toHaveLength(3)
    expect(server.requests).toHaveLength(3)
    writeFileSync(join(cwd, 'key.pem'), tls.key)
    expect(await attack(cwd, env, ...args, '--ca', 'key.pem')).toMatchObject({ code: 2, stderr: expect.stringContaining('--ca key.pem: expected certificates as PEM') })
  })

  it.each([
    [['fetch', '--all', '19.0'], '--all fetches every release: leave out VERSION'],
    [['fetch', '--from', 'https://a.example', '--index', 'https://b.example'], '--index and --from cannot be combined'],
    [['fetch', '--from', 'https://a.example/index.json'], 'use --index for a collection index'],
    [['fetch', '--index', 'here'], 'Expected a URL'],
  ])('%j is a mistake', async (args, message) => {
    expect(await attack(await createFolder(), {}, ...args)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(message) })
  })
})

describe('attack list --remote', () => {
  it('shows what the index offers and what is available', async () => {
    const cwd = await createFolder()
    const { address } = await serveFiles(files)
    const index = ['--index', `${address}/stix/index.json`]
    await attack(cwd, {}, 'fetch', '--domain', 'mobile', ...index)
    expect(await attack(cwd, {}, 'list', '--remote', ...index)).toEqual({ code: 0, stderr: '', stdout: `domain      release  modified    available
enterprise     18.1  2025-11-01  included
enterprise     99.2  2099-05-01  no
enterprise    99.10  2099-10-28  no
mobile         99.0              added
ics            18.1              included

2 releases can be fetched: crosswalk attack fetch VERSION, or --all
` })
    const json = await attack(cwd, {}, 'list', '--remote', '--format', 'json', ...index)
    expect(JSON.parse(json.stdout)).toContainEqual(expect.objectContaining({ domain: 'mobile', version: '99.0', available: true, from: `${address}/stix/m-99.0.json` }))
    expect((await attack(cwd, {}, 'list', '--remote', '--index', `${address}/none.json`))).toMatchObject({ code: 1, stdout: '' })
  })
})
