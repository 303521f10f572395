import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { downloadBytes, type DownloadOptions } from '../../../src/io/download-file.js'
import { chooseProxy, type Network, parseAuthorities } from '../../../src/io/network.js'
import { answerPart, answerStatus, answerWith, serve, serveSecurely } from '../../support/loopback-server.js'
import { startProxy } from '../../support/loopback-proxy.js'
import { makeSelfSigned } from '../../support/self-signed-certificate.js'

async function get(address: string, network: Network = { env: {} }, options: Partial<DownloadOptions> = {}): Promise<string> {
  const got = await downloadBytes(new URL(address), { maxBytes: 1000, stall: 3000, pauses: [], network, ...options })
  return 'problem' in got ? got.problem : new TextDecoder().decode(got.bytes)
}

function proxyOf(address: string, env: Network['env']): string | undefined {
  const chosen = chooseProxy(new URL(address), env)
  return chosen && ('problem' in chosen ? chosen.problem : chosen.proxy.href)
}

describe('chooseProxy', () => {
  it.each([
    [{ HTTPS_PROXY: 'http://p:1' }, 'http://p:1/'],
    [{ https_proxy: 'p:3128' }, 'http://p:3128/'],
    [{ https_proxy: 'http://small:1', HTTPS_PROXY: 'http://large:1' }, 'http://small:1/'],
    [{ https_proxy: '', HTTPS_PROXY: 'http://large:1' }, undefined],
    [{ HTTP_PROXY: 'http://p:1' }, undefined],
    [{}, undefined],
    [{ HTTPS_PROXY: 'https://u:p@p' }, 'https://u:p@p/'],
    [{ HTTPS_PROXY: 'socks5://u:secret@p:1' }, 'could not be reached: HTTPS_PROXY is a proxy for "socks5://", which is not supported; expected http://HOST:PORT or https://HOST:PORT'],
    [{ HTTPS_PROXY: 'http://[' }, 'could not be reached: HTTPS_PROXY is not the address of a proxy; expected http://HOST:PORT or https://HOST:PORT'],
  ])('%j', (env, proxy) => {
    expect(proxyOf('https://a.example.org/x', env)).toBe(proxy)
  })

  it.each([
    '*', 'a.example.org', 'example.org', '.example.org', '*.example.org', 'A.EXAMPLE.ORG', 'x, a.example.org', 'x a.example.org',
    'a.example.org:443', 'example.org.',
  ])('no proxy with NO_PROXY=%s', (list) => {
    expect(proxyOf('https://a.example.org/x', { HTTPS_PROXY: 'http://p:1', NO_PROXY: list })).toBeUndefined()
    expect(proxyOf('https://a.example.org./x', { HTTPS_PROXY: 'http://p:1', no_proxy: list })).toBeUndefined()
  })

  it.each(['', ',', 'b.example.org', 'ple.org', 'a.example.org:444', 'a.example.org.uk', '.', '*.', ':443', '[', 'org:'])('a proxy with NO_PROXY=%s', (list) => {
    expect(proxyOf('https://a.example.org/x', { HTTPS_PROXY: 'http://p:1', NO_PROXY: list })).toBe('http://p:1/')
  })

  it('compares addresses as a whole', () => {
    const env = { HTTP_PROXY: 'http://p:1', NO_PROXY: '0.0.1, ::1, [::2]:8080' }
    expect(['http://127.0.0.1/', 'http://[::1]/', 'http://[::2]:8080/', 'http://[::2]/'].map((address) => proxyOf(address, env)))
      .toEqual(['http://p:1/', undefined, undefined, 'http://p:1/'])
  })
})

describe('downloadBytes', () => {
  it('gets a file, and starts over when the connection breaks', async () => {
    const server = await serve(answerPart('whole text', 4, 'end'), answerWith('whole text'))
    expect(await get(`${server.address}/a`, { env: {} }, { pauses: [1] })).toBe('whole text')
    expect(server.requests[1]?.headers.range).toBeUndefined()
  })

  it('limits the size, also of what was compressed', async () => {
    const bomb = gzipSync(Buffer.alloc(1_000_000))
    const { address } = await serve((_, response) => { response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': bomb.length }).end(bomb) })
    expect(await get(address, { env: {} }, { maxBytes: 100_000 })).toBe('is larger than 100000 bytes (--max-size)')
    const small = gzipSync('text')
    const zipped = await serve((_, response) => { response.writeHead(200, { 'content-encoding': 'gzip' }).end(small) })
    expect(await get(zipped.address)).toBe('text')
    const unknown = await serve((_, response) => { response.writeHead(200, { 'content-encoding': 'zzz' }).end('x') })
    expect(await get(unknown.address)).toBe('is compressed in an unknown way (zzz)')
  })

  it('asks a proxy, with credentials, unless NO_PROXY lists the host', async () => {
    const server = await serve(answerWith('text'))
    const proxy = await startProxy({ password: 'me:p@ss' })
    const withPassword = proxy.address.replace('//', '//me:p%40ss@')
    expect(await get(`${server.address}/a?b`, { env: { http_proxy: withPassword } })).toBe('text')
    expect(proxy.asked).toEqual([`GET ${server.address}/a?b`])
    expect(server.requests[0]?.headers).toMatchObject({ host: server.address.replace('http://', '') })
    expect(server.requests[0]?.headers['proxy-authorization']).toBeUndefined()
    expect(await get(server.address, { env: { HTTP_PROXY: proxy.address } }))
      .toMatch(/^could not be reached: the proxy 127\.0\.0\.1:\d+ wants a user name and a password, .*: HTTP 407$/)
    expect(await get(server.address, { env: { HTTP_PROXY: proxy.address, NO_PROXY: '127.0.0.1' } })).toBe('text')
    expect(proxy.asked).toHaveLength(2)
  })

  it('goes through a tunnel to a server whose authority it knows, and to no other', async () => {
    const tls = makeSelfSigned()
    const server = await serveSecurely(tls, answerWith('secret text'))
    const proxy = await startProxy({ password: 'me:secret' })
    const env = { HTTPS_PROXY: proxy.address.replace('//', '//me:secret@') }
    const authorities = parseAuthorities(tls.cert) ?? []
    expect(await get(`${server.address}/a`, { env, authorities })).toBe('secret text')
    expect(proxy.asked).toEqual([`CONNECT ${server.address.replace('https://', '')}`])
    expect(server.requests[0]?.headers.host).toBe(server.address.replace('https://', ''))
    expect(await get(`${server.address}/a`, { env })).toMatch(/^has a certificate that is not trusted \(\w+\) through the proxy 127.*; --ca FILE trusts your own authority$/)
    expect(await get(`${server.address}/a`)).toMatch(/^has a certificate that is not trusted \(\w+\); --ca FILE/)
    expect(await get(`${server.address.replace('127.0.0.1', 'localhost')}/a`, { env, authorities })).toBe('secret text')
    expect(server.requests).toHaveLength(2)
  })

  it('refuses the certificate of another host', async () => {
    const tls = makeSelfSigned()
    const server = await serveSecurely(tls, answerWith('x'))
    const proxy = await startProxy()
    const authorities = parseAuthorities(tls.cert) ?? []
    const other = server.address.replace('127.0.0.1', '127.0.0.2')
    expect(await get(other, { env: {}, authorities })).toMatch(/certificate that is not trusted \(ERR_TLS_CERT_ALTNAME_INVALID\)|could not be reached/)
    expect(await get(other, { env: { HTTPS_PROXY: proxy.address }, authorities })).not.toBe('x')
  })

  it.each([
    [403, /^could not be reached: the proxy .* refused the request: HTTP 403$/],
    [503, /refused the request: HTTP 503; gave up after 2 attempts$/],
  ])('reports a proxy that answers a tunnel with %d', async (status, problem) => {
    const proxy = await startProxy({ status })
    expect(await get('https://example.org/', { env: { HTTPS_PROXY: proxy.address } }, { pauses: [1] })).toMatch(problem)
  })

  it('names the proxy that cannot be reached, without its password', async () => {
    const problem = await get('https://example.org/', { env: { HTTPS_PROXY: 'http://me:secret@127.0.0.1:9' } })
    expect(problem).toBe('could not be reached through the proxy 127.0.0.1:9, or the connection broke (ECONNREFUSED); gave up after 1 attempt')
  })

  it('ends after a silence, also of a proxy and of a server behind it', async () => {
    const silent = await serve(() => undefined)
    expect(await get(silent.address, { env: {} }, { stall: 100 })).toBe('sent no data for 0.1 seconds; gave up after 1 attempt')
    expect(await get(silent.address, { env: { http_proxy: silent.address } }, { stall: 100 })).toMatch(/^sent no data/)
    const proxy = await startProxy()
    const behind = silent.address.replace('http:', 'https:')
    expect(await get(behind, { env: { https_proxy: proxy.address } }, { stall: 100 })).toMatch(/^sent no data|connection broke/)
  })

  it('leaves https for no redirect, and follows one to https', async () => {
    const tls = makeSelfSigned()
    const authorities = parseAuthorities(tls.cert) ?? []
    const plain = await serve(answerWith('plain'))
    const away = await serveSecurely(tls, answerStatus(302, { location: plain.address }))
    expect(await get(away.address, { env: {}, authorities })).toBe(`redirects to ${plain.address}, which is not https, unlike the address that redirects to it`)
    const secure = await serveSecurely(tls, answerWith('secure'))
    const towards = await serve(answerStatus(302, { location: secure.address }))
    expect(await get(towards.address, { env: {}, authorities })).toBe('secure')
    expect(await get(towards.address)).toMatch(new RegExp(`^redirects to ${secure.address}/, which has a certificate that is not trusted`))
    expect(plain.requests).toEqual([])
  })

  it('reports an unknown host name at once', async () => {
    expect(await get('https://no-such-host.invalid/', { env: {} }, { pauses: [5000] })).toMatch(/^could not be reached.*\(E(?:NOTFOUND|AI_AGAIN)\)/)
  }, 20_000)
})

describe('parseAuthorities', () => {
  it('reads the certificates of a PEM file, and nothing else', () => {
    const { cert, key } = makeSelfSigned()
    expect(parseAuthorities(`# ours\n${cert}\n${makeSelfSigned().cert}`)).toHaveLength(2)
    expect([key, '', cert.replace('MII', 'AAA')].map(parseAuthorities)).toEqual([undefined, undefined, undefined])
  })
})
