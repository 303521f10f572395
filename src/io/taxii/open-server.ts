import { createServer as createPlainServer, type RequestListener, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { getRequestListener } from '@hono/node-server'
import { isIPv6 } from 'node:net'
import { logAccess } from './log-access.js'

/** Where and how to listen. */
export interface ServerOptions {
  readonly host: string
  /** 0 takes any free one. */
  readonly port: number
  /** PEM texts. Absent: plain HTTP. */
  readonly tls?: { readonly cert: string; readonly key: string }
  /** Gets a line for each request. */
  readonly log?: (line: string) => void
}

/** A server that listens. */
export interface OpenServer {
  /** "http://127.0.0.1:6121", without a slash at the end. */
  readonly address: string
  /** Takes no further requests; gives those under way so many milliseconds to finish. */
  readonly close: (grace: number) => Promise<void>
}

/** In milliseconds. A client that takes nothing for as long as `silence` is let go. */
const times = { headers: 10_000, request: 30_000, keepAlive: 5_000, silence: 30_000 } as const
/** In bytes: the first line of a request and its headers together. */
const maxHeaderSize = 16_384
const maxConnections = 1000
/** How often connections that have become idle are looked for while closing, in milliseconds. */
const closingInterval = 50

/** Listens with an app's `fetch`. Rejects with Node's error when it can't: EADDRINUSE, EACCES, ERR_OSSL_…. */
export async function openServer(fetch: (request: Request) => Response | Promise<Response>, options: ServerOptions): Promise<OpenServer> {
  const listener = getRequestListener(fetch)
  const server = create((request, response) => {
    if (options.log) logAccess(request, response, options.log)
    void listener(request, response)
  }, options)
  server.maxConnections = maxConnections
  server.setTimeout(times.silence)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: options.host, port: options.port }, () => {
      server.off('error', reject)
      resolve()
    })
  })
  return { address: describeAddress(server, options), close: (grace) => closeServer(server, grace) }
}

function create(listener: RequestListener, { tls }: ServerOptions): Server {
  const limits = { maxHeaderSize, headersTimeout: times.headers, requestTimeout: times.request, keepAliveTimeout: times.keepAlive }
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
