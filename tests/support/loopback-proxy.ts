import { createServer, type IncomingMessage, request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** A proxy of the test's own, gone after it. */
export interface LoopbackProxy {
  /** "http://127.0.0.1:12345", without a slash at the end. */
  readonly address: string
  /** What it was asked for: "GET http://…" or "CONNECT host:port", in order. */
  readonly asked: string[]
  /** The credentials that came with each, or "". */
  readonly credentials: string[]
}

/** Starts a proxy for requests and tunnels. With `password` it wants "user:password", else 407; with `status` it refuses everything. */
export async function startProxy({ password, status }: { readonly password?: string, readonly status?: number } = {}): Promise<LoopbackProxy> {
  const asked: string[] = []
  const credentials: string[] = []
  const sockets = new Set<Socket>()

  function refuse(incoming: IncomingMessage): number | undefined {
    asked.push(`${incoming.method} ${incoming.url}`)
    const given = incoming.headers['proxy-authorization'] ?? ''
    credentials.push(Buffer.from(given.replace(/^Basic /, ''), 'base64').toString())
    return status ?? (password !== undefined && credentials.at(-1) !== password ? 407 : undefined)
  }

  const server = createServer((incoming, response) => {
    const refused = refuse(incoming)
    if (refused !== undefined) {
      response.writeHead(refused).end()
      return
    }
    const { 'proxy-authorization': _, ...headers } = incoming.headers
    const onward = request(incoming.url ?? '', { method: incoming.method ?? 'GET', headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers)
      answer.pipe(response)
    })
    onward.on('error', () => response.writeHead(502).end())
    onward.end()
  })
  server.on('connect', (incoming: IncomingMessage, socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    const refused = refuse(incoming)
    if (refused !== undefined) {
      socket.end(`HTTP/1.1 ${refused} No\r\n\r\n`)
      return
    }
    const [host = '', port = ''] = (incoming.url ?? '').split(/:(?=\d+$)/)
    const onward = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connected\r\n\r\n')
      onward.pipe(socket)
      socket.pipe(onward)
    })
    onward.on('error', () => socket.end('HTTP/1.1 502 No\r\n\r\n'))
    sockets.add(onward)
  })
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.closeAllConnections()
    server.close()
  })
  const listening = server.address()
  if (listening === null || typeof listening === 'string') throw new Error('no address')
  return { address: `http://127.0.0.1:${listening.port}`, asked, credentials }
}
