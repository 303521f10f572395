import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { createTaxiiExchange, type ExchangeOptions } from '../../../src/io/taxii-exchange.js'
import { startProxy } from '../../support/loopback-proxy.js'
import { answerPart, answerStatus, answerWith, serve, serveSecurely, type LoopbackServer } from '../../support/loopback-server.js'
import { makeSelfSigned } from '../../support/self-signed-certificate.js'

type Method = 'GET' | 'POST'

function ask({ address }: Pick<LoopbackServer, 'address'>, method: Method = 'GET', options: Partial<ExchangeOptions> = {}) {
  const exchange = createTaxiiExchange({ timeout: 5000, maxBytes: 1000, ...options })
  return exchange({ method, address: new URL(`${address}/api1/`), ...(method === 'POST' && { body: '{"objects":["é"]}' }) })
}

async function serveZipped(bytes: Uint8Array): Promise<LoopbackServer> {
  return serve((_, response) => { response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(bytes)) })
}

describe('createTaxiiExchange', () => {
  it('says what it speaks, and who asks', async () => {
    const bodies: Buffer[] = []
    const server = await serve((request, response) => {
      request.on('data', (chunk: Buffer) => bodies.push(chunk)).on('end', () => {
        response.writeHead(202, { 'content-type': 'application/taxii+json;version=2.1', 'retry-after': '7' }).end('{"é":1}')
      })
    })
    const answer = await ask(server, 'POST', { authorization: 'Bearer abc' })
    expect(answer).toMatchObject({ kind: 'answer', status: 202, mediaType: 'application/taxii+json;version=2.1', retryAfter: '7' })
    expect('body' in answer && new TextDecoder().decode(answer.body)).toBe('{"é":1}')
    expect(Buffer.concat(bodies).toString()).toBe('{"objects":["é"]}')
    expect(server.requests[0]?.headers).toMatchObject({
      accept: 'application/taxii+json;version=2.1',
      'content-type': 'application/taxii+json;version=2.1',
      'content-length': '18',
      authorization: 'Bearer abc',
    })
  })

  it('says nothing about who asks unless told', async () => {
    const server = await serve(answerStatus(401))
    expect(await ask(server)).toMatchObject({ kind: 'answer', status: 401 })
    expect(server.requests[0]?.headers).not.toHaveProperty('authorization')
    expect(server.requests[0]?.headers).not.toHaveProperty('content-type')
  })

  it('follows GET on the same server, though not for ever', async () => {
    const server = await serve(answerStatus(301, { location: '/other/' }), answerStatus(200))
    expect(await ask(server, 'GET', { authorization: 'Bearer abc' })).toMatchObject({ status: 200 })
    expect(server.requests[1]).toMatchObject({ url: '/other/', headers: { authorization: 'Bearer abc' } })
    const loop = await serve(answerStatus(302, { location: '/api1/' }))
    expect(await ask(loop)).toEqual({ kind: 'refused', problem: 'redirects more than 5 times' })
  })

  it.each(['GET', 'POST'] as const)('follows %s to no other server: what is sent is meant for one', async (method) => {
    const other = await serve(answerStatus(200))
    const server = await serve(answerStatus(307, { location: `${other.address}/api1/` }))
    const answer = await ask(server, method, { authorization: 'Bearer abc' })
    expect(answer).toEqual({ kind: 'refused', problem: `redirects to another server (${other.address}/api1/); use that address if you trust it` })
    expect(other.requests).toEqual([])
  })

  it('follows no POST at all', async () => {
    const server = await serve(answerStatus(308, { location: '/other/' }), answerStatus(200))
    expect(await ask(server, 'POST')).toMatchObject({ kind: 'refused', problem: 'redirects to another address (/other/); use that address if you trust it' })
    expect(server.requests).toHaveLength(1)
  })

  it('reads no more of an answer than allowed', async () => {
    const endless = await serve((_, response) => {
      const timer = setInterval(() => response.write('x'.repeat(500)), 1)
      response.on('close', () => clearInterval(timer))
    })
    expect(await ask(endless)).toEqual({ kind: 'refused', problem: 'sent a response larger than 1000 bytes' })
  })

  it('waits for the end of an answer no longer than allowed', async () => {
    const slow = await serve((_, response) => {
      const timer = setInterval(() => response.write('x'), 20)
      response.on('close', () => clearInterval(timer))
    })
    const late = { kind: 'broken', problem: 'sent no complete response within 0.3 seconds' }
    expect(await ask(slow, 'GET', { timeout: 300 })).toEqual(late)
    expect(await ask(await serve(() => undefined), 'GET', { timeout: 300 })).toEqual(late)
  })

  it('tells connections that break from names that are not there', async () => {
    expect(await ask(await serve((request) => request.socket.destroy()))).toMatchObject({ kind: 'broken', problem: expect.stringMatching(/^could not be reached, or the connection broke/) })
    expect(await ask(await serve(answerPart('x'.repeat(900), 10, 'end')))).toMatchObject({ kind: 'broken' })
    expect(await ask({ address: 'http://127.0.0.1:9' })).toMatchObject({ kind: 'broken' })
    expect(await ask({ address: 'http://nowhere.invalid' })).toMatchObject({ kind: expect.stringMatching(/refused|broken/) })
  })

  it('understands a server that refuses a large request before it is through', async () => {
    const server = await serve((_, response) => response.writeHead(413).end())
    const exchange = createTaxiiExchange({ timeout: 5000, maxBytes: 1000 })
    expect(await exchange({ method: 'POST', address: new URL(server.address), body: 'x'.repeat(4_000_000) })).toMatchObject({ status: 413 })
  })

  it('goes through a tunnel of a proxy, with credentials for each, and sends the body whole', async () => {
    const tls = makeSelfSigned()
    const server = await serveSecurely(tls, answerWith('{}'))
    const proxy = await startProxy({ password: 'me:p@ss' })
    const network = { env: { https_proxy: proxy.address.replace('//', '//me:p%40ss@') }, authorities: [tls.cert] }
    expect(await ask(server, 'POST', { authorization: 'Bearer abc', network })).toMatchObject({ kind: 'answer', status: 200 })
    expect(proxy.asked).toEqual([`CONNECT ${server.address.replace('https://', '')}`])
    expect(server.requests[0]).toMatchObject({ method: 'POST', headers: { 'authorization': 'Bearer abc', 'content-length': '18' } })
    expect(server.requests[0]?.headers).not.toHaveProperty('proxy-authorization')
    const refused = await startProxy({ status: 403 })
    expect(await ask(server, 'GET', { network: { ...network, env: { https_proxy: refused.address } } }))
      .toMatchObject({ kind: 'refused', problem: expect.stringMatching(/the proxy 127\.0\.0\.1:\d+ refused the request: HTTP 403$/) })
    expect(await ask(server, 'GET', { network: { env: {} } })).toMatchObject({ kind: 'refused', problem: expect.stringContaining('--ca FILE') })
  })

  it('sends nothing in the clear for this machine to a proxy', async () => {
    const server = await serve(answerStatus(200))
    const proxy = await startProxy()
    expect(await ask(server, 'GET', { authorization: 'Bearer abc', network: { env: { http_proxy: proxy.address } } })).toMatchObject({ status: 200 })
    expect(proxy.asked).toEqual([])
  })

  it('asks over one connection, and opens another when that was closed', async () => {
    const ports: (number | undefined)[] = []
    const server = await serve((request, response) => {
      ports.push(request.socket.remotePort)
      if (ports.length === 2) response.setHeader('connection', 'close')
      response.writeHead(200).end('{}')
    })
    const exchange = createTaxiiExchange({ timeout: 5000, maxBytes: 1000 })
    for (let count = 0; count < 3; count += 1) expect(await exchange({ method: 'GET', address: new URL(server.address) })).toMatchObject({ status: 200 })
    expect(ports[0]).toBe(ports[1])
    expect(ports[2]).not.toBe(ports[1])
  })

  it('reads what is compressed though not asked for, within the same limit', async () => {
    const answer = await ask(await serveZipped(Buffer.from('{"a":1}')))
    expect('body' in answer && new TextDecoder().decode(answer.body)).toBe('{"a":1}')
    expect(await ask(await serveZipped(Buffer.alloc(1_000_000)))).toMatchObject({ kind: 'refused', problem: 'sent a response larger than 1000 bytes' })
    const unknown = await serve((_, response) => { response.writeHead(200, { 'content-encoding': 'zzz' }).end('x') })
    expect(await ask(unknown)).toMatchObject({ kind: 'refused', problem: expect.stringContaining('compressed in an unknown way (zzz)') })
  })
})
