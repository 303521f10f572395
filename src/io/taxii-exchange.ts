import { Agent, type IncomingMessage } from 'node:http'
import { Agent as SecureAgent } from 'node:https'
import { tool } from '../model/tool.js'
import type { Exchange, NoAnswer, TaxiiAnswer, TaxiiRequest } from '../taxii/client/exchange.js'
import { taxiiMediaType } from '../taxii/media-type.js'
import { isLoopback, maxRedirects, redirectCodes } from './addresses.js'
import { decodedBody, describeEncoding, type Network, sendOnce } from './network.js'

/** Options of an exchange with a TAXII server. */
export interface ExchangeOptions {
  /** Authorization header. Sent only to the requested server, never to another one that it redirects to. */
  readonly authorization?: string
  /** Milliseconds for a request, up to the last byte of the response. */
  readonly timeout: number
  /** Largest response to read. */
  readonly maxBytes: number
  /** Proxies and certificates; by default those of Node.js, without proxies. http to this machine never goes through a proxy. */
  readonly network?: Network
}

/** Milliseconds that an idle connection is kept: less than the 5 s after which servers of Node.js close it. */
const idleTimeout = 4000

/** Creates the function that sends requests to a TAXII server. GET follows redirects on the same server; POST follows none. */
export function createTaxiiExchange(options: ExchangeOptions): Exchange {
  const kept = { keepAlive: true, timeout: idleTimeout }
  const agents = { 'http:': new Agent(kept), 'https:': new SecureAgent(kept) }
  return async (request) => {
    const controller = new AbortController()
    const watch = setTimeout(() => controller.abort(), options.timeout)
    try {
      const response = await follow(request, options, agents, controller.signal)
      return 'kind' in response ? response : await receive(response, options.maxBytes)
    } catch (error) {
      const late = `sent no complete response within ${options.timeout / 1000} seconds`
      return { kind: 'broken', problem: controller.signal.aborted ? late : `closed the connection early (${codeOf(error)})` }
    } finally {
      clearTimeout(watch)
    }
  }
}

async function follow(
  { method, address, body }: TaxiiRequest, { authorization, network = { env: {} } }: ExchangeOptions,
  agents: Readonly<Record<'http:' | 'https:', Agent>>, signal: AbortSignal,
): Promise<IncomingMessage | NoAnswer> {
  const headers = {
    accept: taxiiMediaType,
    // No compression, so that a small response cannot expand to a huge one.
    'accept-encoding': 'identity',
    'user-agent': tool.name,
    ...(body !== undefined && { 'content-type': taxiiMediaType }),
    ...(authorization !== undefined && { authorization }),
  }
  const content = { method, headers, ...(body !== undefined && { body: new TextEncoder().encode(body) }) }
  // Redirects stay on the same server.
  const agent = agents[address.protocol === 'https:' ? 'https:' : 'http:']
  let current = address
  for (let step = 0; step <= maxRedirects; step += 1) {
    const isLocal = current.protocol === 'http:' && isLoopback(current.hostname)
    const sent = await sendOnce(current, { ...content, agent }, isLocal ? { ...network, env: {} } : network, signal)
    if ('problem' in sent) return { kind: sent.isTemporary ? 'broken' : 'refused', problem: sent.problem }
    const { statusCode = 0, headers: { location } } = sent.response
    if (!redirectCodes.has(statusCode) || location === undefined) return sent.response
    sent.response.destroy()
    const next = URL.canParse(location, current.href) ? new URL(location, current) : undefined
    if (method === 'POST' || next?.origin !== address.origin) {
      const where = next?.origin === address.origin ? 'another address' : 'another server'
      return { kind: 'refused', problem: `redirects to ${where} (${location.slice(0, 200)}); use that address if you trust it` }
    }
    current = next
  }
  return { kind: 'refused', problem: `redirects more than ${maxRedirects} times` }
}

async function receive(response: IncomingMessage, maxBytes: number): Promise<TaxiiAnswer | NoAnswer> {
  const chunks: Uint8Array[] = []
  let size = 0
  const decoded = decodedBody(response)
  if (!decoded) {
    response.destroy()
    return { kind: 'refused', problem: `sent a response that is compressed in an unknown way (${describeEncoding(response)})` }
  }
  for await (const chunk of decoded) {
    if (!(chunk instanceof Uint8Array)) continue
    size += chunk.byteLength
    if (size > maxBytes) {
      response.destroy()
      return { kind: 'refused', problem: `sent a response larger than ${maxBytes} bytes` }
    }
    chunks.push(chunk)
  }
  const retryAfter = response.headers['retry-after']
  return {
    kind: 'answer',
    status: response.statusCode ?? 0,
    mediaType: response.headers['content-type'] ?? '',
    ...(retryAfter !== undefined && { retryAfter }),
    body: Buffer.concat(chunks),
  }
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'code' in error ? String(error.code) : error.message
}
