import { connect } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openServer, type TimeLimits } from '../../../../src/io/taxii/open-server.js'

const patient: TimeLimits = { headers: 60_000, request: 60_000, keepAlive: 60_000, silence: 60_000 }

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
