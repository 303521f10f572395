import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { answerJson, createFakeTaxii, type FakeBehaviour, type FakeTaxii } from '../support/fake-taxii.js'
import { serveTaxii } from '../support/serve-taxii.js'
import { page } from './pages.js'
import { createFolder, runCrosswalk, type Run } from './run-crosswalk.js'

let cwd = ''
const bundle = 'output/aws_attack-enterprise.stix.json'

beforeEach(async () => {
  cwd = await createFolder()
  await writeFile(join(cwd, 'page.txt'), page)
  const { code, stderr } = await runCrosswalk(['convert', 'page.txt', '--combine', '--to', 'stix,navigator'], { cwd })
  if (code !== 0) throw new Error(stderr)
})

interface Pushed extends Run {
  readonly fake: FakeTaxii
  readonly authorizations: readonly (string | undefined)[]
}

/** Runs `crosswalk push` against a server of the test's own. */
async function push(args: readonly string[], behaviour: FakeBehaviour = {}, fake = createFakeTaxii(behaviour)): Promise<Pushed> {
  const { address, requests } = await serveTaxii(fake)
  const run = await runCrosswalk(['push', `${address}/api1/collections/mappings/`, ...args], { cwd })
  const hide = (text: string): string => text.replaceAll(address, 'http://server')
  return { code: run.code, stdout: hide(run.stdout), stderr: hide(run.stderr), fake, authorizations: requests.map(({ headers }) => headers.authorization) }
}

async function idsIn(file: string): Promise<readonly string[]> {
  const { objects }: { objects: readonly { id: string }[] } = JSON.parse(await readFile(join(cwd, file), 'utf8'))
  return objects.map(({ id }) => id)
}

describe('crosswalk push', () => {
  it('adds a bundle once, however often it is pushed', async () => {
    const ids = await idsIn(bundle)
    const { code, stdout, stderr, fake } = await push([bundle, '--batch', '5'], { pendingPolls: 1 })
    expect({ code, stderr }).toEqual({ code: 0, stderr: `${ids.length} objects added to "Mappings" (http://server/api1/collections/mappings/), 0 already there\n` })
    expect(stdout.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      ['FILE', 'OBJECTS', 'SENT', 'ADDED', 'ALREADY THERE', 'FAILED', 'PENDING'],
      [bundle, String(ids.length), String(ids.length), String(ids.length), '0', '0', '0'],
      [''],
    ])
    expect(fake.envelopes.flat()).toEqual(ids)
    const again = await push([bundle], {}, fake)
    expect(again.stderr).toBe(`0 objects added to "Mappings" (http://server/api1/collections/mappings/), ${ids.length} already there\n`)
    expect(fake.envelopes.flat()).toHaveLength(ids.length)
  })

  it('takes bundles out of a folder: that of all sets, and not those that it is made of', async () => {
    const { code, stdout, stderr, fake } = await push(['output', '--verbose'])
    expect(code).toBe(0)
    expect(fake.envelopes.flat()).toEqual(await idsIn('output/all.stix.json'))
    expect(stdout).not.toContain(bundle)
    expect(stderr).toContain(`${bundle} was skipped: all.stix.json in the same folder contains its objects`)
    expect(stderr).not.toContain('manifest.json')
    expect((await push([bundle, 'output/all.stix.json'])).stdout).toContain(bundle)
  })

  it('sends nothing of a file that is no bundle, or has errors', async () => {
    await writeFile(join(cwd, 'broken.json'), (await readFile(join(cwd, bundle), 'utf8')).replace('"identity_class"', '"class"'))
    const { code, stderr, fake } = await push(['broken.json', 'output/aws_attack-enterprise.layer.json'])
    expect(code).toBe(1)
    expect(stderr).toContain('broken.json error push/invalid-bundle')
    expect(stderr).toContain('output/aws_attack-enterprise.layer.json error push/not-a-bundle')
    expect(fake.requests).toEqual([])
    expect((await push(['broken.json', bundle])).fake.held.size).toBe((await idsIn(bundle)).length)
  })

  it('tells what would be sent, and asks nobody', async () => {
    const { code, stdout, stderr, fake } = await push([bundle, '--dry-run', '--batch', '7'])
    const { length } = await idsIn(bundle)
    expect(code).toBe(0)
    expect(stdout).toMatch(new RegExp(`^${bundle} +${length} +${length} +${Math.ceil(length / 7)} +[\\d.]+ kB$`, 'm'))
    expect(stderr).toBe(`${length} objects would be sent to http://server/api1/collections/mappings/objects/, except those already there (dry run)\n`)
    expect(fake.requests).toEqual([])
  })

  it('reports for machines what was not added', async () => {
    const [, second = ''] = await idsIn(bundle)
    const { code, stderr } = await push([bundle, '--report', 'json'], { reject: ({ id }) => (id === second ? 'not that one' : undefined) })
    expect(code).toBe(1)
    expect(JSON.parse(stderr)).toMatchObject({
      summary: { errors: 1, warnings: 0 },
      diagnostics: [{ code: 'push/rejected', path: bundle, place: { pointer: '/objects/1' }, found: expect.stringContaining(second) }],
    })
  })

  it('tries again, and says so', async () => {
    let drops = 1
    const { code, stderr } = await push([bundle, '--verbose'], { interrupt: ({ method }) => (method === 'POST' && drops-- > 0 ? 'drop' : undefined) })
    expect(code).toBe(0)
    expect(stderr).toContain('note push/tried-again')
  })

  it('gives up on a server that does not answer', async () => {
    const { code, stderr } = await push([bundle, '--retries', '0'], { interrupt: () => 'drop' })
    expect(code).toBe(1)
    expect(stderr).toContain('error push/unusable-collection')
  })
})

describe('credentials', () => {
  it('come from files, and are shown nowhere', async () => {
    await writeFile(join(cwd, 'token'), 'tok-3n\n')
    await writeFile(join(cwd, 'password'), 'pässword\r\n')
    const bearer = await push([bundle, '--token-file', 'token', '--verbose'], { interrupt: () => answerJson({}, 401) })
    expect(bearer).toMatchObject({ code: 1, stderr: expect.stringContaining('requires valid credentials (HTTP 401)') })
    expect(new Set(bearer.authorizations)).toEqual(new Set(['Bearer tok-3n']))
    const basic = await push([bundle, '--user', 'mé', '--password-file', 'password'])
    expect(basic).toMatchObject({ code: 0 })
    expect(new Set(basic.authorizations)).toEqual(new Set([`Basic ${Buffer.from('mé:pässword').toString('base64')}`]))
    for (const { stdout, stderr } of [bearer, basic]) expect(stdout + stderr).not.toMatch(/tok-3n|pässword/)
  })

  it.each([
    [['--user', 'me'], '--user and --password-file must be used together'],
    [['--password-file', 'page.txt'], '--user and --password-file must be used together'],
    [['--user', 'me', '--password-file', 'none'], '--password-file none: '],
    [['--user', 'a:b', '--password-file', 'page.txt'], '--user must not contain a colon'],
    [['--user', 'me', '--password-file', 'page.txt'], 'the secret on a single line and nothing else'],
    [['--token-file', 'page.txt', '--user', 'me'], '--token-file cannot be combined with'],
  ])('that are inconsistent are a usage error: %j', async (args, said) => {
    const { code, stderr, fake } = await push([bundle, ...args])
    expect({ code, requests: fake.requests }).toEqual({ code: 2, requests: [] })
    expect(stderr).toContain(said)
  })
})

describe('addresses', () => {
  it.each([
    ['nothing', '"nothing" is not a URL'],
    ['http://tip.example.org/api1/collections/m/', 'is not https; http is allowed only for this machine (localhost); --insecure-http allows it'],
    ['https://me:secret@tip.example.org/api1/collections/m/', 'the URL contains a user name or a password'],
    ['https://tip.example.org/api1/', 'is not the URL of a collection'],
    ['https://tip.example.org/api1/collections/m/?limit=1', 'is not the URL of a collection'],
    ['https://tip.example.org/api1/collections/m/objects/identity--1/', 'is not the URL of a collection'],
    ['ftp://localhost/api1/collections/m/', 'is not https'],
  ])('that will not do: %s', async (url, said) => {
    const { code, stderr } = await runCrosswalk(['push', url, bundle], { cwd })
    expect(code).toBe(2)
    expect(stderr).toContain(said)
    expect(stderr).not.toContain('secret')
  })

  it('may end in objects/, or without a slash', async () => {
    const fake = createFakeTaxii()
    const { address } = await serveTaxii(fake)
    for (const end of ['/objects/', '/objects', '']) {
      expect((await runCrosswalk(['push', `${address}/api1/collections/mappings${end}`, bundle], { cwd })).code).toBe(0)
    }
    expect(fake.envelopes).toHaveLength(1)
  })
})
