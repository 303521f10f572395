import { mkdir, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { convert, createMemoryHost, inspect, openAttack } from '../../src/index.js'
import { createDiskHost, fetchRelease, push, readAttackSources, serve } from '../../src/node.js'
import { rawBundle, rawMatrix, rawTactic, rawTechnique } from '../support/attack-bundles.js'
import { startProxy } from '../support/loopback-proxy.js'
import { answerStatus, answerWith, serve as answer, serveSecurely } from '../support/loopback-server.js'
import { makeSelfSigned } from '../support/self-signed-certificate.js'
import { createFolder } from './run-crosswalk.js'

const bundle = JSON.stringify(rawBundle('99.0', [
  rawMatrix('Enterprise ATT&CK', ['TA0001']),
  rawTactic('TA0001', 'initial-access', { name: 'Initial Access' }),
  rawTechnique({ id: 'T1999', name: 'Brand New', tactics: ['initial-access'] }),
]))

describe('attack-crosswalk/node', () => {
  it('reads folders of all kinds of documents, and writes to a folder', async () => {
    const folder = await createFolder()
    await mkdir(path.join(folder, 'in'))
    await writeFile(path.join(folder, 'in/a.csv'), 'capability_id,technique\nAC-2,T1078\n')
    await writeFile(path.join(folder, 'in/b.png'), 'no document')
    const host = createDiskHost({ output: path.join(folder, 'out') })
    const { documents } = await convert({ inputs: [path.join(folder, 'in')], emitters: ['csv'] }, host)
    expect(documents.map(({ file }) => file.name)).toEqual(['a.csv'])
    expect(await readdir(path.join(folder, 'out'))).toContain('manifest.json')
    const dry = createDiskHost({ output: path.join(folder, 'dry'), dryRun: true, extensions: ['txt'] })
    expect((await inspect({ inputs: [path.join(folder, 'in')] }, dry)).documents).toEqual([])
  })

  it('downloads a release, which is there for look-ups then', async () => {
    const folder = await createFolder()
    const { address, requests } = await answer(answerWith(bundle))
    const fetched = await fetchRelease({ version: '99.0', domain: 'enterprise', from: `${address}/stix/`, folder })
    expect(fetched).toMatchObject({ release: { domain: 'enterprise', version: '99.0' }, file: path.join(folder, 'attack/enterprise-99.0.json') })
    expect(requests.map(({ url }) => url)).toEqual(['/stix/enterprise-attack/enterprise-attack-99.0.json'])
    const attack = await openAttack(await readAttackSources({ folder }))
    expect(attack.technique('T1999')).toMatchObject({ name: 'Brand New', version: '99.0' })
    expect((await openAttack(await readAttackSources({ folder: path.join(folder, 'none') }))).technique('T1999')).toBeUndefined()
  })

  it.each([
    [answerStatus(404), '99.0', '404'],
    [answerWith(bundle), '98.0', 'contains Enterprise ATT&CK 99.0'],
    [answerWith('{"type":"bundle","objects":[]}'), '99.0', ''],
  ])('changes nothing where a release cannot be used', async (reply, version, said) => {
    const folder = await createFolder()
    const { address } = await answer(reply)
    const fetched = await fetchRelease({ version, domain: 'enterprise', from: address, folder })
    expect(fetched.problem).toContain(said)
    expect(fetched.problem).toContain(address)
    expect((await readAttackSources({ folder })).attackReleases).toBeUndefined()
  })

  it('downloads through a proxy, from a server with a certificate of its own', async () => {
    const folder = await createFolder()
    const tls = makeSelfSigned()
    const { address } = await serveSecurely(tls, answerWith(bundle))
    const proxy = await startProxy({ password: 'me:secret' })
    const request = { version: '99.0', domain: 'enterprise', from: address, folder } as const
    expect((await fetchRelease({ ...request, proxy: false })).problem).toContain('has a certificate that is not trusted')
    const fetched = await fetchRelease({ ...request, ca: tls.cert, timeout: 5, proxy: proxy.address.replace('//', '//me:secret@') })
    expect(fetched).toMatchObject({ release: { version: '99.0' } })
    expect(proxy.asked).toEqual([`CONNECT ${address.replace('https://', '')}`])
  })

  it('reads a bundle for one run', async () => {
    const folder = await createFolder()
    await writeFile(path.join(folder, 'enterprise-attack-99.0.json'), bundle)
    const sources = await readAttackSources({ bundle: path.join(folder, 'enterprise-attack-99.0.json'), folder })
    expect((await openAttack(sources)).technique('T1999', { version: '99.0' })?.name).toBe('Brand New')
  })

  it('serves bundles, to those who know the password', async () => {
    const folder = await createFolder()
    const documents = { 'a.csv': 'capability_id,technique\nAC-2,T1078\n' }
    const memory = createMemoryHost(documents)
    await convert({ emitters: ['stix'], created: '2024-12-31' }, memory)
    for (const [name, bytes] of memory.written) await writeFile(path.join(folder, name), bytes)
    const lines: string[] = []
    const server = await serve({ folder, credentials: { user: 'tip', password: 'secret' }, log: (line) => lines.push(line) })
    try {
      const ask = async (authorization?: string): Promise<number> => {
        const headers = { accept: 'application/taxii+json;version=2.1', ...(authorization !== undefined && { authorization }) }
        return (await fetch(`${server.address}/taxii2/`, { headers })).status
      }
      expect(await ask()).toBe(401)
      expect(await ask(`Basic ${Buffer.from('tip:secret').toString('base64')}`)).toBe(200)
      expect(lines.length).toBe(2)
    } finally {
      await server.close(0)
    }
    await expect(serve({ folder: path.join(folder, 'none') })).rejects.toMatchObject({ code: 'ENOENT' })
    const planned = await push(
      { url: 'https://tip.example/api1/collections/mappings/', inputs: [folder], dryRun: true }, createDiskHost({ output: 'none', extensions: ['json'] }))
    expect(planned.plan.map(({ requests }) => requests)).toEqual([1])
    expect(planned.files).toEqual([])
  })

  it('pushes, and reports a server that does not take it', async () => {
    const memory = createMemoryHost({ 'a.csv': 'capability_id,technique\nAC-2,T1078\n' })
    await convert({ emitters: ['stix'], created: '2024-12-31' }, memory)
    const name = [...memory.written.keys()].find((one) => one.endsWith('.stix.json')) ?? ''
    const { address, requests } = await answer(answerStatus(403))
    const pushed = await push(
      { url: `${address}/api1/collections/mappings/`, inputs: [name], authorization: 'Bearer abc', retries: 0 },
      createMemoryHost(Object.fromEntries(memory.written)))
    expect(pushed.diagnostics.map(({ code }) => code)).toContain('push/unusable-collection')
    expect(requests.every(({ headers }) => headers.authorization === 'Bearer abc')).toBe(true)
  })
})
