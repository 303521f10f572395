import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createDiskHost, push } from '../../src/node.js'
import { createFakeTaxii } from '../support/fake-taxii.js'
import { startProxy } from '../support/loopback-proxy.js'
import { makeSelfSigned } from '../support/self-signed-certificate.js'
import { serveTaxii } from '../support/serve-taxii.js'
import { page } from './pages.js'
import { createFolder, runCrosswalk } from './run-crosswalk.js'

it('pushes by HTTPS to a server whose authority Node.js is told of, and to no other', async () => {
  const cwd = await createFolder()
  await writeFile(join(cwd, 'page.txt'), page)
  await runCrosswalk(['convert', 'page.txt', '--to', 'stix', '--output', 'results'], { cwd })
  const tls = makeSelfSigned()
  await writeFile(join(cwd, 'ca.pem'), tls.cert)
  const fake = createFakeTaxii({})
  const { address } = await serveTaxii(fake, tls)
  const pushWith = async (env: Readonly<Record<string, string>>) =>
    runCrosswalk(['push', `${address}/api1/collections/mappings/`, 'results', '--retries', '0'], { cwd, env })
  expect(await pushWith({})).toMatchObject({ code: 1, stderr: expect.stringContaining('certificate') })
  expect(fake.requests).toEqual([])
  expect(await pushWith({ NODE_EXTRA_CA_CERTS: join(cwd, 'ca.pem') })).toMatchObject({ code: 0, stderr: expect.stringContaining(' objects added to "Mappings"') })
  expect(fake.held.size).toBeGreaterThan(0)
})

it('pushes through a proxy with --ca, from the command line and from the library', async () => {
  const cwd = await createFolder()
  await writeFile(join(cwd, 'page.txt'), page)
  await runCrosswalk(['convert', 'page.txt', '--to', 'stix', '--output', 'results'], { cwd })
  const tls = makeSelfSigned()
  await writeFile(join(cwd, 'ca.pem'), tls.cert)
  const proxy = await startProxy({ password: 'me:secret' })
  const named = proxy.address.replace('//', '//me:secret@')
  const fake = createFakeTaxii({})
  const { address } = await serveTaxii(fake, tls)
  const url = `${address}/api1/collections/mappings/`
  const tunnel = `CONNECT ${address.replace('https://', '')}`
  const pushed = await runCrosswalk(['push', url, 'results', '--retries', '0', '--ca', 'ca.pem'], { cwd, env: { HTTPS_PROXY: named } })
  expect(pushed).toMatchObject({ code: 0, stderr: expect.stringContaining(' objects added to "Mappings"') })
  expect(proxy.asked).toContain(tunnel)
  expect(new Set(proxy.asked).size).toBe(1)

  const host = createDiskHost({ output: 'none', extensions: ['json'] })
  const request = { url, inputs: [join(cwd, 'results')], retries: 0, ca: tls.cert }
  const before = proxy.asked.length
  expect((await push({ ...request, proxy: named }, host)).files).toMatchObject([{ failed: 0, pending: 0 }])
  expect(proxy.asked.length).toBeGreaterThan(before)
  const asked = proxy.asked.length
  expect((await push({ ...request, proxy: false }, host)).files).toMatchObject([{ failed: 0, pending: 0 }])
  expect(proxy.asked).toHaveLength(asked)
  const refused = await push({ ...request, proxy: proxy.address }, host)
  expect(refused.diagnostics.map(({ message }) => message).join(' ')).toMatch(/wants a user name and a password/)
})
