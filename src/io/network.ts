import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type Agent, type ClientRequest, type IncomingMessage, request as requestPlain } from 'node:http'
import { request as requestSecure } from 'node:https'
import { isIP, type Socket } from 'node:net'
import { pipeline, type Readable } from 'node:stream'
import { connect as connectSecurely, rootCertificates } from 'node:tls'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { checkAddress, maxRedirects, redirectCodes } from './addresses.js'

/** How servers are reached. */
export interface Network {
  /** HTTPS_PROXY, HTTP_PROXY and NO_PROXY, in upper or lower case; NODE_EXTRA_CA_CERTS. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Certificates (PEM) of authorities that are trusted besides those that Node.js trusts. */
  readonly authorities?: readonly string[]
}

/** A request, without its address. */
export interface RequestContent {
  readonly method?: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array
  /** Keeps connections without a proxy open for the next request; by default each request opens its own. */
  readonly agent?: Agent
}

/** The response of a server; or why there is none, as a predicate that completes "<address> …", and whether to try again. */
export type Sent = { readonly response: IncomingMessage } | { readonly problem: string; readonly isTemporary: boolean }

/** Sends a GET request, directly or through a proxy. Follows redirects that `checkAddress` allows. Throws only if aborted. */
export async function sendRequest(
  address: URL, headers: Readonly<Record<string, string>>, network: Network, signal: AbortSignal,
): Promise<Sent> {
  let current = address
  for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
    const sent = await sendOnce(current, { headers }, network, signal)
    if ('problem' in sent) return current === address ? sent : { ...sent, problem: `redirects to ${current.href}, which ${sent.problem}` }
    const { statusCode = 0, headers: { location } } = sent.response
    if (!redirectCodes.has(statusCode) || location === undefined) return sent
    sent.response.destroy()
    const next = URL.canParse(location, current.href) ? new URL(location, current) : undefined
    const fault = next ? checkAddress(next, current) : undefined
    if (!next || fault !== undefined) return lasting(`redirects to ${location}, which ${fault ?? 'is not a valid URL'}`)
    current = next
  }
  return lasting(`redirects more than ${maxRedirects} times`)
}

function lasting(problem: string): Sent {
  return { problem, isTemporary: false }
}

/** Sends a request, directly or through a proxy, and follows no redirect. Throws only if aborted. */
export async function sendOnce(
  address: URL, { method = 'GET', headers: given, body, agent }: RequestContent, network: Network, signal: AbortSignal,
): Promise<Sent> {
  const chosen = chooseProxy(address, network.env)
  if (chosen && 'problem' in chosen) return lasting(chosen.problem)
  const proxy = chosen?.proxy
  const isSecure = address.protocol === 'https:'
  const headers = { ...given, ...(body && { 'content-length': String(body.byteLength) }) }
  try {
    if (!proxy) {
      const options = { method, headers, agent: agent ?? false, signal, ...trusted(network) }
      return { response: await answerOf(isSecure ? requestSecure(address, options) : requestPlain(address, options), body) }
    }
    const host = { ...headers, host: address.host }
    if (!isSecure) {
      const options = { ...proxyOptions(proxy, network, signal), method, path: address.href, headers: { ...host, ...credentials(proxy) } }
      const response = await answerOf(proxy.protocol === 'https:' ? requestSecure(options) : requestPlain(options), body)
      return response.statusCode === 407 ? refusedByProxy(proxy, 407, response) : { response }
    }
    const tunnel = await openTunnel(proxy, address, network, signal)
    if ('problem' in tunnel) return tunnel
    const socket = await secure(tunnel.socket, address, network, signal)
    const path = `${address.pathname}${address.search}`
    return { response: await answerOf(requestPlain({ method, path, headers: host, signal, createConnection: () => socket }), body) }
  } catch (error) {
    if (signal.aborted) throw error
    return describeNetworkError(error, proxy)
  }
}

/** The response of a request; rejects with the error of the connection. */
function answerOf(request: ClientRequest, body?: Uint8Array): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('response', resolve)
    // An error after the response, such as more bytes than announced, is that of the response too.
    request.on('error', reject)
    request.end(body)
  })
}

type Tunnel = { readonly socket: Socket } | Exclude<Sent, { response: unknown }>

/** Opens a connection to a server through a proxy (CONNECT; RFC 9110, section 9.3.6). */
function openTunnel(proxy: URL, address: URL, network: Network, signal: AbortSignal): Promise<Tunnel> {
  const authority = `${address.hostname}:${portOf(address)}`
  const options = {
    ...proxyOptions(proxy, network, signal), method: 'CONNECT', path: authority, headers: { host: authority, ...credentials(proxy) },
  }
  return new Promise((resolve, reject) => {
    const request = proxy.protocol === 'https:' ? requestSecure(options) : requestPlain(options)
    request.on('error', reject)
    request.once('connect', (response, socket: Socket, head) => {
      const { statusCode = 0 } = response
      if (statusCode < 200 || statusCode >= 300) {
        resolve(refusedByProxy(proxy, statusCode, socket))
        return
      }
      if (head.length > 0) socket.unshift(head)
      resolve({ socket })
    })
    request.end()
  })
}

/** Starts TLS on the connection through a proxy. Rejects if the certificate is not trusted. */
function secure(socket: Socket, { hostname }: URL, network: Network, signal: AbortSignal): Promise<Socket> {
  const host = hostname.replaceAll(/^\[|\]$/g, '')
  return new Promise((resolve, reject) => {
    const secured = connectSecurely({ socket, host, ...(isIP(host) === 0 && { servername: host }), ...trusted(network) })
    signal.addEventListener('abort', () => { secured.destroy(new Error('aborted')) }, { once: true })
    secured.on('error', reject)
    secured.once('secureConnect', () => { resolve(secured) })
  })
}

function proxyOptions(proxy: URL, network: Network, signal: AbortSignal) {
  return { host: proxy.hostname.replaceAll(/^\[|\]$/g, ''), port: portOf(proxy), agent: false, signal, ...trusted(network) } as const
}

/** The body without its compression, which some servers use though not asked to; undefined if it is an unknown one. */
export function decodedBody(response: IncomingMessage): Readable | undefined {
  const encoding = describeEncoding(response)
  if (encoding === 'identity') return response
  const decoder = encoding === 'br' ? createBrotliDecompress() : encoding === 'deflate' ? createInflate()
    : /^(?:x-)?gzip$/.test(encoding) ? createGunzip() : undefined
  // The reader of the decoder gets the error.
  return decoder && pipeline(response, decoder, () => undefined)
}

/** The compression that a response states, in lower case; "identity" if none. */
export function describeEncoding({ headers }: IncomingMessage): string {
  return (headers['content-encoding'] ?? 'identity').trim().toLowerCase()
}

/** The authorities to trust, if the user named any: then Node.js neither adds its own nor NODE_EXTRA_CA_CERTS. */
function trusted({ env, authorities = [] }: Network): { ca?: string[] } {
  if (authorities.length === 0) return {}
  const file = env['NODE_EXTRA_CA_CERTS'] ?? ''
  return { ca: [...rootCertificates, ...(file === '' ? [] : readExtra(file)), ...authorities] }
}

function readExtra(file: string): readonly string[] {
  try {
    return parseAuthorities(readFileSync(file, 'utf8')) ?? []
  } catch {
    // Node.js has warned of it.
    return []
  }
}

/** The certificates of a PEM file; undefined if it has none, or one of them is damaged. */
export function parseAuthorities(text: string): readonly string[] | undefined {
  const blocks = text.match(/-----BEGIN (?:TRUSTED )?CERTIFICATE-----[^-]{1,100000}-----END (?:TRUSTED )?CERTIFICATE-----/g) ?? []
  try {
    return blocks.length === 0 ? undefined : blocks.map((block) => new X509Certificate(block).toString())
  } catch {
    return undefined
  }
}

function credentials({ username, password }: URL): { 'proxy-authorization'?: string } {
  if (username === '' && password === '') return {}
  return { 'proxy-authorization': `Basic ${Buffer.from(`${decode(username)}:${decode(password)}`).toString('base64')}` }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function portOf({ port, protocol }: URL): number {
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port)
}

/** Describes a proxy that refused a request; 5xx may be temporary. `connection` is closed. */
function refusedByProxy(proxy: URL, status: number, connection: IncomingMessage | Socket): Exclude<Sent, { response: unknown }> {
  connection.destroy()
  const what = status === 407 ? 'wants a user name and a password, or other ones (http://USER:PASSWORD@HOST:PORT)' : 'refused the request'
  return { problem: `could not be reached: the proxy ${proxy.host} ${what}: HTTP ${status}`, isTemporary: status >= 500 }
}

function describeNetworkError(error: unknown, proxy: URL | undefined): Sent {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
  const reason = code ?? (error instanceof Error ? error.message : String(error))
  const through = proxy ? ` through the proxy ${proxy.host}` : ''
  if (/CERT|UNABLE_TO_(?:VERIFY|GET_ISSUER)|ERR_TLS/.test(reason)) {
    return lasting(`has a certificate that is not trusted (${reason})${through}; --ca FILE trusts your own authority`)
  }
  if (code === 'ENOTFOUND') return lasting(`could not be reached${through}: the host name is unknown, or there is no network (ENOTFOUND)`)
  return { problem: `could not be reached${through}, or the connection broke (${reason})`, isTemporary: true }
}

/**
 * The proxy for an address: HTTPS_PROXY or HTTP_PROXY by its scheme (lower case wins), unless NO_PROXY lists the host; undefined if there
 * is none. A proxy that cannot be used is a problem, so that nothing is sent past it.
 */
export function chooseProxy(address: URL, env: Network['env']): { readonly proxy: URL } | { readonly problem: string } | undefined {
  const variable = address.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY'
  const text = valueOf(variable, env)
  if (text === '' || valueOf('NO_PROXY', env).split(/[\s,]+/).some((entry) => isListed(address, entry))) return undefined
  const written = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`
  const proxy = URL.canParse(written) ? new URL(written) : undefined
  if (proxy && /^https?:$/.test(proxy.protocol)) return { proxy }
  const found = proxy ? `a proxy for "${proxy.protocol}//", which is not supported` : 'not the address of a proxy'
  return { problem: `could not be reached: ${variable} is ${found}; expected http://HOST:PORT or https://HOST:PORT` }
}

function valueOf(variable: string, env: Network['env']): string {
  return (env[variable.toLowerCase()] ?? env[variable] ?? '').trim()
}

/** Whether an entry of NO_PROXY names a host: "*", a host or a domain (with or without "." or "*." before it), and maybe a port. */
function isListed(address: URL, entry: string): boolean {
  if (entry === '*') return true
  const [, bracketed, plain, port] = /^(?:\[([^\]]{1,100})\]|([^:]{1,255}))(?::(\d{1,5}))?$/.exec(entry) ?? []
  const host = withoutDot(address.hostname.replaceAll(/^\[|\]$/g, ''))
  if (bracketed === undefined && plain === undefined) return entry !== '' && entry.toLowerCase() === host
  if (port !== undefined && Number(port) !== portOf(address)) return false
  const name = withoutDot((bracketed ?? plain ?? '').toLowerCase().replace(/^\*?\./, ''))
  return name !== '' && (host === name || (isIP(host) === 0 && host.endsWith(`.${name}`)))
}

function withoutDot(host: string): string {
  return host.endsWith('.') ? host.slice(0, -1) : host
}
