import { readdirSync, readFileSync } from 'node:fs'
import { copyFile, rename, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createFolder, runCrosswalk } from './run-crosswalk.js'
import { startServer } from './start-server.js'
import { getPage, pollAll } from './taxii-client.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** Bundles of our own emitter, by name. */
const bundles = new Map<string, string>()
const aws = 'aws-12.12.2024_attack-16.1-enterprise.stix.json'
const alias = aws.replace('.stix.json', '')
const accept = 'application/taxii+json;version=2.1'

function objectsOf(text: string): readonly string[] {
  const { objects }: { readonly objects: readonly unknown[] } = JSON.parse(text)
  return objects.map((object) => JSON.stringify(object))
}

async function createBundleFolder(...names: readonly string[]): Promise<string> {
  const folder = await createFolder()
  for (const name of names.length > 0 ? names : bundles.keys()) await writeFile(path.join(folder, name), bundles.get(name) ?? '')
  return folder
}

/** As careful programs write: the file is there whole, or not yet. */
async function replaceFile(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text)
  await rename(`${file}.new`, file)
}

/** A bundle with objects that fill any buffer on the way. */
function makeLarge(count: number): string {
  const objects = Array.from({ length: count }, (_, number) =>
    ({ type: 'x-large', id: `x-large--${number}`, created: '2024-01-01T00:00:00.000Z', text: 'x'.repeat(20_000) }))
  return JSON.stringify({ type: 'bundle', id: 'bundle--1', objects })
}

/** A connection that asks for everything and reads only when it is told to. */
function askSlowly(address: string, collection: string) {
  const { hostname, port } = new URL(address)
  const socket = connect(Number(port), hostname)
  const chunks: Buffer[] = []
  socket.on('error', () => undefined)
  socket.pause()
  socket.write(`GET /taxii2/mappings/collections/${collection}/objects/ HTTP/1.1\r\nHost: ${hostname}\r\nAccept: ${accept}\r\nConnection: close\r\n\r\n`)
  const closed = new Promise<void>((resolve) => { socket.once('close', () => { resolve() }) })
  onTestFinished(() => { socket.destroy() })
  return {
    read: async (): Promise<string> => {
      socket.on('data', (chunk) => chunks.push(chunk))
      socket.resume()
      await closed
      return Buffer.concat(chunks).toString()
    },
  }
}

beforeAll(async () => {
  const folder = path.join(root, 'node_modules', '.serve-test')
  await rm(folder, { recursive: true, force: true })
  const { stderr } = await runCrosswalk(['convert', 'input', '--to', 'stix', '--output', folder], { cwd: root })
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.stix.json'))) {
    bundles.set(name, readFileSync(path.join(folder, name), 'utf8'))
  }
  if (!bundles.has(aws)) throw new Error(stderr)
  await rm(folder, { recursive: true })
})

describe('a poller', () => {
  it('gets every object of every bundle once, in order, with pages of any size', async () => {
    const { address } = await startServer(await createBundleFolder())
    for (const [name, text] of bundles) {
      for (const limit of [1, 7, 1000]) {
        for (const by of ['next', 'added_after'] as const) {
          expect((await pollAll(address, name.replace('.stix.json', ''), { limit, by })).objects, `${name} ${limit} ${by}`).toEqual(objectsOf(text))
        }
      }
    }
  })

  it('gets every object of all bundles once, what it refers to first', async () => {
    const { address } = await startServer(await createBundleFolder())
    const all = await pollAll(address, 'all', { limit: 1000, by: 'next' })
    for (const limit of [1, 7]) {
      for (const by of ['next', 'added_after'] as const) expect(await pollAll(address, 'all', { limit, by })).toEqual(all)
    }
    const seen = new Set<string>()
    for (const text of all.objects) {
      const object: Readonly<Record<string, unknown>> = JSON.parse(text)
      const refs = [object['source_ref'], object['target_ref'], object['created_by_ref']].filter((ref) => typeof ref === 'string')
      expect(refs.filter((ref) => !seen.has(ref))).toEqual([])
      const { id } = object
      if (typeof id !== 'string' || seen.has(id)) throw new Error(`${text} comes twice, or has no id`)
      seen.add(id)
    }
    const ids = [...bundles.values()].flatMap((text) => objectsOf(text).map((object) => /"id":"([^"]*)"/.exec(object)?.[1]))
    expect(seen).toEqual(new Set(ids))
    expect((await pollAll(address, 'all', { limit: 7, by: 'added_after', ...(all.last !== undefined && { addedAfter: all.last }) })).objects).toEqual([])
  })

  it('is one of a hundred', async () => {
    const { address } = await startServer(await createBundleFolder(aws))
    const expected = objectsOf(bundles.get(aws) ?? '')
    const polled = await Promise.all(Array.from({ length: 100 }, async (_, index) =>
      pollAll(address, alias, { limit: 1 + (index % 9), by: index % 2 === 0 ? 'next' : 'added_after' })))
    for (const { objects } of polled) expect(objects).toEqual(expected)
  })

  it('goes on after a restart, and has to take nothing again', async () => {
    const folder = await createBundleFolder()
    const first = await startServer(folder)
    const [start, all] = [await getPage(first.address, 'all', { limit: '5' }), await pollAll(first.address, 'all', { limit: 1000, by: 'next' })]
    first.signal('SIGTERM')
    expect(await first.ended).toBe(0)
    const { address } = await startServer(folder)
    const rest = await getPage(address, 'all', { next: start.next ?? '' })
    expect([...start.objects, ...rest.objects]).toEqual(all.objects)
    expect((await getPage(address, 'all', { added_after: all.last ?? '' })).objects).toEqual([])
  })
})

describe('a bundle that changes', () => {
  it('is paged to the end as it was; only what is new comes after that, also after a restart', async () => {
    const folder = await createBundleFolder(aws)
    const { address, signal, ended } = await startServer(folder)
    const before = objectsOf(bundles.get(aws) ?? '')
    const all = await pollAll(address, alias, { limit: 7, by: 'next' })
    const start = await getPage(address, alias, { limit: '4' })
    const lines = (bundles.get(aws) ?? '').split('\n')
    const changed = lines.map((line) => line.replace('"type":"grouping"', '"type":"grouping","lang":"en"')).join('\n')
    await replaceFile(path.join(folder, aws), changed)
    while ((await getPage(address, alias, { added_after: all.last ?? '' })).objects.length === 0) await sleep(100)

    const rest = await getPage(address, alias, { next: start.next ?? '' })
    expect([...start.objects, ...rest.objects]).toEqual(before)
    const fresh = await pollAll(address, alias, { limit: 7, by: 'added_after', ...(all.last !== undefined && { addedAfter: all.last }) })
    expect(fresh.objects).toEqual(objectsOf(changed).filter((object) => !before.includes(object)))
    expect(fresh.objects).toHaveLength(1)
    expect((await pollAll(address, alias, { limit: 3, by: 'next' })).objects).toEqual(objectsOf(changed))

    signal('SIGINT')
    expect(await ended).toBe(0)
    const again = await startServer(folder)
    expect((await getPage(again.address, alias, { added_after: fresh.last ?? '' })).objects).toEqual([])
    expect((await pollAll(again.address, alias, { limit: 3, by: 'next' })).objects).toEqual(objectsOf(changed))
  })

  it('is told of when it is broken, and served as it was; what is no bundle is left out', async () => {
    const folder = await createBundleFolder(aws)
    await writeFile(path.join(folder, 'broken.stix.json'), '{"type":"bundle","objects":[{')
    await writeFile(path.join(folder, 'layer.json'), '{"name":"layer"}')
    const { address, stderr, told } = await startServer(folder)
    expect(stderr()).toContain('warning: broken.stix.json is not JSON, or is truncated; it is not served\n')
    expect(stderr()).toContain('Skipped, not STIX bundles: layer.json\n')
    await writeFile(path.join(folder, aws), (bundles.get(aws) ?? '').slice(0, 500))
    await copyFile(path.join(folder, 'layer.json'), path.join(folder, 'other.json'))
    await told(/12\.12\.2024\S* is not JSON, or is truncated; its previous content is still served\n/)
    expect((await pollAll(address, alias, { limit: 7, by: 'next' })).objects).toEqual(objectsOf(bundles.get(aws) ?? ''))

    await rm(path.join(folder, aws))
    const status = async () => (await fetch(`${address}/taxii2/mappings/collections/${alias}/`)).status
    while ((await status()) === 200) await sleep(100)
    expect(await status()).toBe(404)
  })
})

describe('a slow client', () => {
  it('keeps nobody else from anything, and gets all in the end', async () => {
    const folder = await createBundleFolder(aws)
    await writeFile(path.join(folder, 'large.json'), makeLarge(900))
    const { address } = await startServer(folder)
    const slow = Array.from({ length: 20 }, () => askSlowly(address, 'large'))
    expect((await pollAll(address, alias, { limit: 7, by: 'next' })).objects).toEqual(objectsOf(bundles.get(aws) ?? ''))
    const [head = '', body = ''] = (await slow[0]?.read() ?? '').split('\r\n\r\n')
    expect(head).toContain(`content-length: ${body.length}`)
    expect(objectsOf(body)).toEqual(objectsOf(makeLarge(900)))
  })

  it('gets the rest of its response when the server is stopped', async () => {
    const folder = await createFolder()
    await writeFile(path.join(folder, 'large.json'), makeLarge(900))
    const { address, signal, ended, told } = await startServer(folder, '--verbose')
    const slow = askSlowly(address, 'large')
    await getPage(address, 'large', { limit: '1' })
    signal('SIGTERM')
    await told(/Stopping/)
    await expect(fetch(`${address}/taxii2/`)).rejects.toThrow('fetch failed')
    const [, body = ''] = (await slow.read()).split('\r\n\r\n')
    expect(objectsOf(body)).toHaveLength(900)
    expect(await ended).toBe(0)
  })

  it('that takes nothing is waited for only so long', async () => {
    const folder = await createFolder()
    await writeFile(path.join(folder, 'large.json'), makeLarge(900))
    const { address, signal, ended } = await startServer(folder)
    askSlowly(address, 'large')
    await getPage(address, 'large', { limit: '1' })
    signal('SIGINT')
    expect(await ended).toBe(0)
  })
})
