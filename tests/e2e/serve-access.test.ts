import { chmod, writeFile } from 'node:fs/promises'
import { get } from 'node:http'
import { get as getSecurely } from 'node:https'
import { connect, createServer } from 'node:net'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { makeSelfSigned } from '../support/self-signed-certificate.js'
import { createFolder, runCrosswalk } from './run-crosswalk.js'
import { startServer } from './start-server.js'

const accept = 'application/taxii+json;version=2.1'

async function createBundleFolder(): Promise<string> {
  const folder = await createFolder()
  await writeFile(path.join(folder, 'one.stix.json'), '{"type":"bundle","id":"bundle--1","objects":[{"type":"x-a","id":"x-a--1"}]}')
  return folder
}

/** Asks a server by another name. */
async function askAs(address: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(`${address}/taxii2/`, { headers: { host } }, (response) => {
      response.resume()
      resolve(response.statusCode)
    }).on('error', reject)
  })
}

describe('who may ask', () => {
  it('is who knows the password', async () => {
    const folder = await createBundleFolder()
    const secret = path.join(await createFolder(), 'password')
    await writeFile(secret, 'pä:ss wörd\nsecond line')
    await chmod(secret, 0o600)
    const { address, stderr } = await startServer(folder, '--user', 'ada', '--password-file', secret, '--verbose')
    const ask = async (credentials?: string) => (await fetch(`${address}/taxii2/`, {
      headers: { accept, ...(credentials !== undefined && { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` }) },
    })).status
    expect([await ask(), await ask('ada:wrong'), await ask('eve:pä:ss wörd'), await ask('ada:pä:ss wörd')]).toEqual([401, 401, 401, 200])
    expect(stderr()).not.toContain('wörd')
    expect(stderr()).not.toContain('chmod')
    expect(stderr()).toMatch(/ 127\.0\.0\.1 GET \/taxii2\/ 401 \d+ ms\n/)
  })

  it('speaks TLS where there is a certificate', async () => {
    const folder = await createBundleFolder()
    const secrets = await createFolder()
    const { cert, key } = makeSelfSigned()
    const [certFile, keyFile] = [path.join(secrets, 'cert.pem'), path.join(secrets, 'key.pem')]
    await writeFile(certFile, cert)
    await writeFile(keyFile, key)
    const { address, stderr } = await startServer(folder, '--tls-cert', certFile, '--tls-key', keyFile)
    expect(address).toMatch(/^https:/)
    expect(stderr()).toContain(`warning: other users of this machine can read ${keyFile}`)
    const status = await new Promise((resolve, reject) => {
      getSecurely(`${address}/taxii2/`, { ca: cert }, (response) => {
        response.resume()
        resolve(response.statusCode)
      }).on('error', reject)
    })
    expect(status).toBe(200)
    await expect(fetch(`${address}/taxii2/`)).rejects.toThrow('fetch failed')
  })
})

describe('a name', () => {
  it('of the wide world is no name of this machine, unless a proxy says so', async () => {
    const folder = await createBundleFolder()
    const [alone, proxied] = [await startServer(folder), await startServer(folder, '--behind-proxy')]
    expect(await askAs(alone.address, 'evil.example:6121')).toBe(421)
    expect(await askAs(alone.address, 'host.docker.internal:6121')).toBe(200)
    expect(await askAs(proxied.address, 'taxii.example.org')).toBe(200)
  })
})

describe('a request that is none', () => {
  it.each([
    ['a header of 20 KB', `GET /taxii2/ HTTP/1.1\r\nHost: a\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`, '431'],
    ['an address of 20 KB', `GET /taxii2/?${'x'.repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`, '431'],
    ['a path out of the folder', 'GET /taxii2/../../../../etc/passwd HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', '404'],
    ['no HTTP', 'hello\r\n\r\n', '400'],
    ['no host', 'GET /taxii2/ HTTP/1.1\r\n\r\n', '400'],
    ['a host that is none', 'GET /taxii2/ HTTP/1.1\r\nHost: a b/c\r\nConnection: close\r\n\r\n', '400'],
  ])('%s', async (_what, text, status) => {
    const { address } = await startServer(await createBundleFolder())
    const { hostname, port } = new URL(address)
    const socket = connect(Number(port), hostname)
    socket.on('error', () => undefined)
    socket.write(text)
    const answer = await new Promise<string>((resolve) => { socket.once('data', (chunk) => { resolve(chunk.toString()) }) })
    expect(answer.split(' ')[1]).toBe(status)
    socket.destroy()
    expect((await fetch(`${address}/taxii2/`)).status).toBe(200)
  })
})

describe('an invalid command line', () => {
  it.each<readonly [string, readonly string[]]>([
    ['cannot serve nowhere: no such folder', ['nowhere']],
    ['cannot serve file: not a folder', ['file']],
    ['--user and --password-file must be used together', ['.', '--user', 'ada']],
    ['--tls-cert and --tls-key must be used together', ['.', '--tls-cert', 'file']],
    ['0.0.0.0 is reachable from other machines', ['.', '--host', '0.0.0.0']],
    [':: is reachable from other machines', ['.', '--host', '::', '--user', 'ada', '--password-file', 'file']],
    ['--password-file empty: the first line is empty', ['.', '--user', 'ada', '--password-file', 'empty']],
    ['--password-file none could not be read (ENOENT)', ['.', '--user', 'ada', '--password-file', 'none']],
    ['--user must not be empty or contain a colon', ['.', '--user', 'a:b', '--password-file', 'file']],
    ['--tls-cert and --tls-key must be a certificate and its private key in PEM: ', ['.', '--port', '0', '--tls-cert', 'file', '--tls-key', 'file']],
    ['Expected a whole number from 0 to 65535', ['.', '--port', '70000']],
  ])('is reported: %s', async (message, args) => {
    const cwd = await createFolder()
    await writeFile(path.join(cwd, 'file'), 'text')
    await writeFile(path.join(cwd, 'empty'), '\n')
    const { code, stderr } = await runCrosswalk(['serve', ...args], { cwd })
    expect(stderr).toContain(message)
    expect(code).toBe(2)
  })

  it('is reported: a port that is in use', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => { taken.once('listening', resolve) })
    onTestFinished(() => { taken.close() })
    const bound = taken.address()
    const port = typeof bound === 'object' && bound !== null ? bound.port : 0
    const { code, stderr } = await runCrosswalk(['serve', '.', '--port', `${port}`], { cwd: await createFolder() })
    expect(stderr).toBe(`error: port ${port} on 127.0.0.1 is in use; choose another with --port, or --port 0 for any free port\n`)
    expect(code).toBe(2)
  })
})
