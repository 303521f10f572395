import { createHash, timingSafeEqual } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { createServer as createPlainServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { isIPv6, type Socket } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { neutralise } from '../../diagnostics/reporters/terminal-text.js'
import { respondError } from '../../taxii/server/respond.js'

/** Options of a server. */
interface ServerOptions {
  readonly host: string
  /** 0 picks a free one. */
  readonly port: number
  /** PEM texts. Plain HTTP if absent. */
  readonly tls?: { readonly cert: string; readonly key: string }
  /** Called with a log line for each request. */
  readonly log?: (line: string) => void
  /** Overrides of the default limits. */
  readonly limits?: Partial<TimeLimits>
  /** Connections of one address at a time: 250 by default. Behind a proxy all come from its address: then as many as in all. */
  readonly connectionsPerAddress?: number
}

/** Time limits for clients, in milliseconds. */
export interface TimeLimits {
  /** To send the headers. */
  readonly headers: number
  /** To send the complete request. */
  readonly request: number
  /** To send another request on the same connection. */
  readonly keepAlive: number
  /** Without any traffic on the connection. */
  readonly silence: number
  /** To finish the TLS handshake. */
  readonly handshake: number
  /** After a wrong password, until another of the same address is looked at. */
  readonly wrongPassword: number
}

/** A listening server. */
export interface OpenServer {
  /** Base URL without a trailing slash: "http://127.0.0.1:6121". */
  readonly address: string
  /** Stops accepting requests; those in progress have `grace` milliseconds to finish. */
  readonly close: (grace: number) => Promise<void>
}

const defaultLimits: TimeLimits = { headers: 10_000, request: 30_000, keepAlive: 5_000, silence: 30_000, handshake: 10_000, wrongPassword: 1_000 }
/** In bytes: request line and headers together. */
const maxHeaderSize = 16_384
/** Connections at a time, of all addresses. */
export const maxConnections = 1000
const defaultPerAddress = 250
/** In milliseconds. */
const maxCheckingInterval = 2_000
/** How often idle connections are closed during shutdown, in milliseconds. */
const closingInterval = 50

/** Starts a server for an app's `fetch`. Rejects with the error of Node.js: EADDRINUSE, EACCES, ERR_OSSL_…. */
export async function openServer(fetch: (request: Request) => Response | Promise<Response>, options: ServerOptions): Promise<OpenServer> {
  // HTTP/1.0 has no Host header. Requests without a valid URL do not reach the app.
  const listener = getRequestListener(fetch, {
    hostname: 'localhost',
    errorHandler: () => respondError({ status: 400, title: 'Bad request', description: 'The request URL or the Host header is invalid' }),
  })
  const limits = { ...defaultLimits, ...options.limits }
  const answer = slowGuesses((request, response) => void listener(request, response), limits.wrongPassword)
  const server = create((request, response) => {
    if (options.log) logAccess(request, response, options.log)
    answer(request, response)
  }, limits, options)
  server.maxConnections = maxConnections
  server.setTimeout(limits.silence)
  limitAddresses(server, options.connectionsPerAddress ?? defaultPerAddress)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: options.host, port: options.port }, () => {
      server.off('error', reject)
      resolve()
    })
  })
  return { address: describeAddress(server, options), close: (grace) => closeServer(server, grace) }
}

function create(listener: RequestListener, { headers, request, keepAlive, handshake }: TimeLimits, { tls }: ServerOptions): Server {
  const limits = {
    maxHeaderSize,
    headersTimeout: headers,
    requestTimeout: request,
    keepAliveTimeout: keepAlive,
    // Node.js enforces the timeouts only every 30 seconds by default.
    connectionsCheckingInterval: Math.min(headers, maxCheckingInterval),
  }
  return tls ? createSecureServer({ ...limits, ...tls, handshakeTimeout: handshake, minVersion: 'TLSv1.2' }, listener) : createPlainServer(limits, listener)
}

/** Attempts of one address that wait at a time; further ones are answered with 429. */
const mostWaiting = 10

/** Makes requests with credentials wait their turn if their address sent wrong ones: one is looked at in each `delay`. */
function slowGuesses(answer: (request: IncomingMessage, response: ServerResponse) => void, delay: number): RequestListener {
  const nextTurn = new Map<string, number>()
  const setTurn = (address: string, turn: number): void => {
    nextTurn.set(address, turn)
    setTimeout(() => {
      if (nextTurn.get(address) === turn) nextTurn.delete(address)
    }, turn - performance.now()).unref()
  }
  return (request, response) => {
    if (request.headers.authorization === undefined) {
      answer(request, response)
      return
    }
    const address = request.socket.remoteAddress ?? ''
    const now = performance.now()
    const turn = Math.max(now, nextTurn.get(address) ?? 0)
    if (turn - now > mostWaiting * delay) {
      response.writeHead(429, { 'Retry-After': String(Math.ceil((turn - now) / 1000)) }).end()
      return
    }
    response.once('finish', () => {
      if (response.statusCode === 401) setTurn(address, Math.max(performance.now() + delay, nextTurn.get(address) ?? 0))
    })
    if (turn === now) {
      answer(request, response)
      return
    }
    setTurn(address, turn + delay)
    setTimeout(() => {
      if (!response.destroyed) answer(request, response)
    }, turn - now)
  }
}

/** Closes a connection whose address has as many as it may have: one client must not take those of all. Also before a TLS handshake. */
function limitAddresses(server: Server, most: number): void {
  const open = new Map<string, number>()
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? ''
    const count = open.get(address) ?? 0
    if (count >= most) {
      socket.destroy()
      return
    }
    open.set(address, count + 1)
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1
      if (left > 0) open.set(address, left)
      else open.delete(address)
    })
  })
}

function describeAddress(server: Server, { host, tls }: ServerOptions): string {
  const bound = server.address()
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0
  return `${tls ? 'https' : 'http'}://${isIPv6(host) ? `[${host}]` : host}:${port}`
}

async function closeServer(server: Server, grace: number): Promise<void> {
  const sweep = setInterval(() => { server.closeIdleConnections() }, closingInterval)
  const end = setTimeout(() => { server.closeAllConnections() }, grace)
  await new Promise<void>((resolve) => {
    server.close(() => { resolve() })
    server.closeIdleConnections()
  })
  clearInterval(sweep)
  clearTimeout(end)
}

/** Logs a request once its response is closed: time, client, method, URL, status and duration. */
function logAccess(request: IncomingMessage, response: ServerResponse, log: (line: string) => void): void {
  const start = performance.now()
  response.once('close', () => {
    const { method = '?', url = '?', socket } = request
    const took = Math.round(performance.now() - start)
    const end = response.writableFinished ? '' : ' (cut off)'
    log(`${new Date().toISOString()} ${socket.remoteAddress ?? '-'} ${method} ${neutralise(url)} ${response.statusCode} ${took} ms${end}\n`)
  })
}

/** Content of a file with a secret. */
interface SecretFile {
  readonly text: string
  /** Whether other users may read the file; always false on Windows. */
  readonly isExposed: boolean
}

const readableByOthers = 0o044

/** Reads a small text file with a secret. Rejects if it cannot be read. */
export async function readSecretFile(file: string): Promise<SecretFile> {
  const [text, { mode }] = await Promise.all([readFile(file, 'utf8'), stat(file)])
  return { text, isExposed: process.platform !== 'win32' && (mode & readableByOthers) !== 0 }
}

/** Creates the function that checks a user name and a password, in constant time to prevent timing attacks. */
export function checkCredentials(user: string, password: string): (user: string, password: string) => boolean {
  const [userDigest, passwordDigest] = [digest(user), digest(password)]
  return (givenUser, givenPassword) => {
    const isUser = timingSafeEqual(digest(givenUser), userDigest)
    const isPassword = timingSafeEqual(digest(givenPassword), passwordDigest)
    return isUser && isPassword
  }
}

/** `timingSafeEqual` needs buffers of the same length. */
function digest(text: string): Uint8Array {
  return createHash('sha256').update(text).digest()
}
