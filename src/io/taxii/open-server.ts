import { createServer as createPlainServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { isIPv6 } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { neutralise } from '../../diagnostics/reporters/terminal-text.js'
import { respondError } from '../../taxii/server/respond.js'

/** Where and how to listen. */
interface ServerOptions {
  readonly host: string
  /** 0 takes any free one. */
  readonly port: number
  /** PEM texts. Absent: plain HTTP. */
  readonly tls?: { readonly cert: string; readonly key: string }
  /** Gets a line for each request. */
  readonly log?: (line: string) => void
  /** Other limits than the usual ones. */
  readonly limits?: Partial<TimeLimits>
}

/** How long a client may take, in milliseconds. */
export interface TimeLimits {
  /** To send its headers. */
  readonly headers: number
  /** To send its request whole. */
  readonly request: number
  /** To send another request on the same connection. */
  readonly keepAlive: number
  /** To take nothing of its response, or to say nothing at all. */
  readonly silence: number
}

/** A server that listens. */
export interface OpenServer {
  /** "http://127.0.0.1:6121", without a slash at the end. */
  readonly address: string
  /** Takes no further requests; gives those under way so many milliseconds to finish. */
  readonly close: (grace: number) => Promise<void>
}

const usualLimits: TimeLimits = { headers: 10_000, request: 30_000, keepAlive: 5_000, silence: 30_000 }
/** In bytes: the first line of a request and its headers together. */
const maxHeaderSize = 16_384
const maxConnections = 1000
/** In milliseconds. */
const longestCheckingInterval = 2_000
/** How often connections that have become idle are looked for while closing, in milliseconds. */
const closingInterval = 50

/** Listens with an app's `fetch`. Rejects with Node's error when it can't: EADDRINUSE, EACCES, ERR_OSSL_…. */
export async function openServer(fetch: (request: Request) => Response | Promise<Response>, options: ServerOptions): Promise<OpenServer> {
  // HTTP/1.0 knows no Host. What the listener can make no address of does not reach the app.
  const listener = getRequestListener(fetch, {
    hostname: 'localhost',
    errorHandler: () => respondError({ status: 400, title: 'Bad request', description: 'The address or the header Host makes no sense' }),
  })
  const limits = { ...usualLimits, ...options.limits }
  const server = create((request, response) => {
    if (options.log) logAccess(request, response, options.log)
    void listener(request, response)
  }, limits, options)
  server.maxConnections = maxConnections
  server.setTimeout(limits.silence)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: options.host, port: options.port }, () => {
      server.off('error', reject)
      resolve()
    })
  })
  return { address: describeAddress(server, options), close: (grace) => closeServer(server, grace) }
}

function create(listener: RequestListener, { headers, request, keepAlive }: TimeLimits, { tls }: ServerOptions): Server {
  const limits = {
    maxHeaderSize,
    headersTimeout: headers,
    requestTimeout: request,
    keepAliveTimeout: keepAlive,
    // Node looks for those who take too long every 30 seconds only, unless told.
    connectionsCheckingInterval: Math.min(headers, longestCheckingInterval),
  }
  return tls ? createSecureServer({ ...limits, ...tls, minVersion: 'TLSv1.2' }, listener) : createPlainServer(limits, listener)
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

/**
 * Writes a line about a request once it is over: when, who, what, the status, bytes on the wire so far, and how long it
 * took.
 */
function logAccess(request: IncomingMessage, response: ServerResponse, log: (line: string) => void): void {
  const start = performance.now()
  response.once('close', () => {
    const { method = '?', url = '?', socket } = request
    const took = Math.round(performance.now() - start)
    const end = response.writableFinished ? '' : ' (cut off)'
    log(`${new Date().toISOString()} ${socket.remoteAddress ?? '-'} ${method} ${neutralise(url)} ${response.statusCode} ${took} ms${end}\n`)
  })
}
