import { readdirSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { startProxy } from '../support/loopback-proxy.js'
import { answerPart, answerStatus, answerWith, serve, serveSecurely } from '../support/loopback-server.js'
import { makeSelfSigned } from '../support/self-signed-certificate.js'
import { page } from './pages.js'
import { createFolder, runCrosswalk } from './run-crosswalk.js'

async function inspected(stdout: string): Promise<{ documents: { name: string, path: string, rows: number }[] }> {
  return Promise.resolve(JSON.parse(stdout))
}

describe('inputs that are addresses', () => {
  it('are fetched once, and named by their address', async () => {
    const cwd = await createFolder()
    const { address, requests } = await serve(answerWith(page))
    const input = `${address}/saved/page?raw=1`
    const run = await runCrosswalk(['convert', `${input}#part`, input, '--to', 'csv,stix', '-o', 'out'], { cwd })
    expect(run.code).toBe(0)
    expect(requests.map(({ url }) => url)).toEqual(['/saved/page?raw=1'])
    const manifest: unknown = JSON.parse(await readFile(join(cwd, 'out/manifest.json'), 'utf8'))
    expect(manifest).toMatchObject({ sources: [{ name: input }] })
    const table = readdirSync(join(cwd, 'out')).find((name) => name.endsWith('.csv')) ?? ''
    expect(await readFile(join(cwd, 'out', table), 'utf8')).toContain(`${input},line 10,`)
  })

  it('are read beside files, packed or not, by every command that reads', async () => {
    const cwd = await createFolder()
    writeFileSync(join(cwd, 'page.txt'), page)
    const { address } = await serve(answerWith(page))
    const packed = await serve((_, response) => { response.end(gzipSync(page)) })
    const run = await runCrosswalk(['inspect', 'page.txt', `${address}/b.txt`, `${packed.address}/c.txt.gz`, '--format', 'json'], { cwd })
    const { documents } = await inspected(run.stdout)
    expect(documents.map(({ rows }) => rows)).toEqual([2, 2, 2])
    expect(documents.map(({ name }) => name).toSorted()).toEqual([`${address}/b.txt`, `${packed.address}/c.txt.gz`, 'page.txt'].toSorted())
    expect(await runCrosswalk(['diff', 'page.txt', `${address}/b.txt`], { cwd })).toMatchObject({ code: 0 })
    expect((await runCrosswalk(['validate', `${address}/b.txt`], { cwd })).stdout).toContain(`${address}/b.txt`)
  })

  it('give folders the last part of their address', async () => {
    const cwd = await createFolder()
    const { address } = await serve(answerWith(page))
    const inputs = ['/one/a%20page.txt?x=../..', '/one/b.txt', '/two/b.txt', '/'].map((path) => `${address}${path}`)
    await runCrosswalk(['convert', ...inputs, '--per-document', '--to', 'csv', '-o', 'out'], { cwd })
    const host = address.replace('http://', '').replace(':', '_')
    expect(readdirSync(join(cwd, 'out')).toSorted()).toEqual([`${host}_`, `${host}_one_b.txt`, `${host}_two_b.txt`, 'a_20page', 'manifest.json'].toSorted())
  })

  it('go through the proxy, with the authority of --ca', async () => {
    const cwd = await createFolder()
    const tls = makeSelfSigned()
    writeFileSync(join(cwd, 'ca.pem'), tls.cert)
    const server = await serveSecurely(tls, answerWith(page))
    const proxy = await startProxy()
    const env = { HTTPS_PROXY: proxy.address }
    const untrusted = await runCrosswalk(['inspect', `${server.address}/p.txt`], { cwd, env })
    expect(untrusted).toMatchObject({ code: 1, stderr: expect.stringContaining('--ca FILE trusts your own authority') })
    for (const command of ['inspect', 'validate']) {
      expect(await runCrosswalk([command, `${server.address}/p.txt`, '--ca', 'ca.pem'], { cwd, env })).toMatchObject({ code: 0 })
    }
    expect(proxy.asked).toHaveLength(3)
    expect(server.requests).toHaveLength(2)
  })

  it.each([
    ['http://example.org/a.txt', 'http://example.org/a.txt is not https; http is allowed only for this machine'],
    ['https://me:hidden@example.org/a.txt', 'https://example.org/a.txt contains a user name or a password'],
    ['https://[', 'https://[ is not a valid URL'],
  ])('%s is refused without a request', async (input, message) => {
    const run = await runCrosswalk(['inspect', input], { cwd: await createFolder(), env: { HTTPS_PROXY: 'http://127.0.0.1:9' } })
    expect(run).toMatchObject({ code: 1, stderr: expect.stringContaining(message) })
    expect(run.stderr + run.stdout).not.toContain('hidden')
  })

  it('have the limits of size and patience; what is missing is an error, and the rest is read', async () => {
    const cwd = await createFolder()
    writeFileSync(join(cwd, 'page.txt'), page)
    const large = await serve(answerWith(page.padEnd(20_000)))
    expect((await runCrosswalk(['inspect', large.address, '--max-size', '0.01'], { cwd })).stderr).toContain('error read/too-large')
    const gone = await serve(answerStatus(404))
    const run = await runCrosswalk(['inspect', 'page.txt', `${gone.address}/a.txt`, '--format', 'json'], { cwd })
    expect(run.code).toBe(1)
    expect(run.stderr).toContain(`${gone.address}/a.txt returned HTTP 404`)
    expect((await inspected(run.stdout)).documents.map(({ name }) => name)).toEqual(['page.txt'])
    const slow = await serve(answerPart(page, 30, 'silence'), answerWith(page))
    const retried = await runCrosswalk(['inspect', slow.address, '--timeout', '0.2'], { cwd })
    expect(retried).toMatchObject({ code: 0, stderr: expect.stringContaining('sent no data for 0.2 seconds; retrying\n') })
  })

  it('in documents are never fetched', async () => {
    const cwd = await createFolder()
    const { address, requests } = await serve(answerWith(page))
    writeFileSync(join(cwd, 'page.txt'), page.replace('References\n', `References\n${address}/inside\n`))
    await runCrosswalk(['convert', 'page.txt', '-o', 'out'], { cwd })
    expect(requests).toEqual([])
  })
})
