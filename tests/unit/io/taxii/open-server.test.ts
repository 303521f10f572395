import { connect, type Socket } from 'node:net'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { openServer, type TimeLimits } from '../../../../src/io/taxii/open-server.js'
import { makeSelfSigned } from '../../../support/self-signed-certificate.js'

const patient: TimeLimits = { headers: 60_000, request: 60_000, keepAlive: 60_000, silence: 60_000, handshake: 60_000, wrongPassword: 0 }

interface Connection {
  /** All that came until the server closed the connection. */
  readonly closed: Promise<string>
}

/** Opens a server that waits for ever, but for the given limits, and a connection to it that says a text and then nothing. */
async function say(text: string, limits: Partial<TimeLimits>, answer = () => new Response('fine'), isReading = true): Promise<Connection> {
  const server = await openServer(answer, { host: '127.0.0.1', port: 0, limits: { ...patient, ...limits } })
  const socket = connect(Number(new URL(server.address).port), '127.0.0.1')
  onTestFinished(async () => {
    socket.destroy()
    await server.close(0)
  })
  const chunks: string[] = []
  socket.setEncoding('utf8').on('error', () => undefined)
  if (isReading) socket.on('data', (chunk: string) => { chunks.push(chunk) })
  socket.write(text)
  return { closed: new Promise((resolve) => { socket.once('close', () => { resolve(chunks.join('')) }) }) }
}

describe('a client is let go', () => {
  it('that says nothing', async () => {
    expect(await (await say('', { silence: 200 })).closed).toBe('')
  })

  it('that does not finish its headers', async () => {
    expect(await (await say('GET / HTTP/1.1\r\nHost: a\r\nX-', { headers: 200 })).closed).toMatch(/^HTTP\/1\.1 408 /)
  })

  it('that does not go on after a response', async () => {
    const told = await (await say('GET / HTTP/1.1\r\nHost: a\r\n\r\n', { keepAlive: 200 })).closed
    expect(told).toMatch(/^HTTP\/1\.1 200 [^]*fine$/)
  })

  it('that takes nothing of a large response, which is made no further', async () => {
    const stream = { chunks: 0 }
    const cancelled = new Promise<void>((resolve) => {
      const body = (): ReadableStream<Uint8Array> => new ReadableStream({
        pull: (controller) => {
          stream.chunks += 1
          controller.enqueue(new Uint8Array(65_536))
        },
        cancel: () => { resolve() },
      })
      void say('GET / HTTP/1.1\r\nHost: a\r\n\r\n', { silence: 300 }, () => new Response(body()), false)
    })
    await cancelled
    expect(stream.chunks).toBeGreaterThan(0)
  })
})

describe('a request', () => {
  it('of HTTP/1.0 needs no host', async () => {
    expect(await (await say('GET / HTTP/1.0\r\n\r\n', {})).closed).toMatch(/^HTTP\/1\.1 200 /)
  })

  it('with a host that is none is told so, in TAXII\'s form', async () => {
    const told = await (await say('GET / HTTP/1.1\r\nHost: a b/c\r\nConnection: close\r\n\r\n', {})).closed
    expect(told).toMatch(/^HTTP\/1\.1 400 [^]*application\/taxii\+json;version=2\.1[^]*"http_status":"400"/)
  })
})

function answerRight(request: Request): Response {
  return new Response('', { status: ['Basic right', null].includes(request.headers.get('authorization')) ? 200 : 401 })
}

describe('strangers', () => {
  it('that never finish the TLS handshake are let go', async () => {
    const server = await openServer(() => new Response('fine'), { host: '127.0.0.1', port: 0, tls: makeSelfSigned(), limits: { ...patient, handshake: 200 } })
    const socket = connect(Number(new URL(server.address).port), '127.0.0.1').on('error', () => undefined)
    onTestFinished(async () => {
      socket.destroy()
      await server.close(0)
    })
    const start = performance.now()
    await new Promise<void>((resolve) => { socket.once('close', () => { resolve() }) })
    expect(performance.now() - start).toBeLessThan(10_000)
  })

  it('have as many connections as an address may, and others again when these are closed', async () => {
    const server = await openServer(() => new Response('fine'), { host: '127.0.0.1', port: 0, limits: patient, connectionsPerAddress: 2 })
    const open = (): Socket => connect(Number(new URL(server.address).port), '127.0.0.1').on('error', () => undefined)
    const held = [open(), open()]
    onTestFinished(async () => {
      for (const socket of held) socket.destroy()
      await server.close(0)
    })
    await Promise.all(held.map(async (socket) => new Promise<void>((resolve) => { socket.once('connect', () => { resolve() }) })))
    await expect(fetch(server.address)).rejects.toThrow('fetch failed')
    for (const socket of held) socket.destroy()
    await vi.waitFor(async () => { expect(await (await fetch(server.address)).text()).toBe('fine') }, 5000)
  })

  it('wait after a wrong password, the longer the more they try, and are refused if too many wait; who sends none does not', async () => {
    const server = await openServer(answerRight, { host: '127.0.0.1', port: 0, limits: { ...patient, wrongPassword: 100 } })
    onTestFinished(async () => server.close(0))
    const ask = async (authorization?: string): Promise<readonly [status: number, took: number]> => {
      const start = performance.now()
      const { status } = await fetch(server.address, authorization === undefined ? {} : { headers: { authorization } })
      return [status, performance.now() - start]
    }
    expect((await ask('Basic wrong'))[0]).toBe(401)
    const [status, took] = await ask('Basic wrong')
    expect([status, took > 50]).toEqual([401, true])
    const many = await Promise.all(Array.from({ length: 20 }, async () => ask('Basic wrong')))
    expect(many.filter(([one]) => one === 429).length).toBeGreaterThan(5)
    expect(Math.max(...many.map(([, one]) => one))).toBeGreaterThan(500)
    expect((await ask())[0]).toBe(200)
    await vi.waitFor(async () => { expect((await ask('Basic right'))[0]).toBe(200) }, 5000)
  })
})
