import { tool } from '../model/tool.js'
import type { Exchange, NoAnswer, TaxiiAnswer, TaxiiRequest } from '../taxii/client/exchange.js'
import { taxiiMediaType } from '../taxii/media-type.js'
import { maxRedirects, redirectCodes } from './addresses.js'

/** Options of an exchange with a TAXII server. */
export interface ExchangeOptions {
  /** Authorization header. Sent only to the requested server, never to another one that it redirects to. */
  readonly authorization?: string
  /** Milliseconds for a request, up to the last byte of the response. */
  readonly timeout: number
  /** Largest response to read. */
  readonly maxBytes: number
}

/** Creates the function that sends requests to a TAXII server. GET follows redirects on the same server; POST follows none. */
export function createTaxiiExchange(options: ExchangeOptions): Exchange {
  return async (request) => {
    const controller = new AbortController()
    const watch = setTimeout(() => controller.abort(), options.timeout)
    try {
      const response = await follow(request, options, controller.signal)
      return response instanceof Response ? await receive(response, options.maxBytes) : response
    } catch (error) {
      if (!controller.signal.aborted) return describeNetworkError(error)
      return { kind: 'broken', problem: `sent no complete response within ${options.timeout / 1000} seconds` }
    } finally {
      clearTimeout(watch)
    }
  }
}

async function follow(
  { method, address, body }: TaxiiRequest, { authorization }: ExchangeOptions, signal: AbortSignal,
): Promise<Response | NoAnswer> {
  const headers = {
    accept: taxiiMediaType,
    // No compression, so that a small response cannot expand to a huge one.
    'accept-encoding': 'identity',
    'user-agent': tool.name,
    ...(body !== undefined && { 'content-type': taxiiMediaType }),
    ...(authorization !== undefined && { authorization }),
  }
  let current = address
  for (let step = 0; step <= maxRedirects; step += 1) {
    const settings = { method, headers, redirect: 'manual', signal, ...(body !== undefined && { body }) } as const
    const response = await fetch(current.href, settings)
    const location = response.headers.get('location')
    if (!redirectCodes.has(response.status) || location === null) return response
    await response.body?.cancel()
    const next = URL.canParse(location, current.href) ? new URL(location, current) : undefined
    if (method === 'POST' || next?.origin !== address.origin) {
      const where = next?.origin === address.origin ? 'another address' : 'another server'
      return { kind: 'refused', problem: `redirects to ${where} (${location.slice(0, 200)}); use that address if you trust it` }
    }
    current = next
  }
  return { kind: 'refused', problem: `redirects more than ${maxRedirects} times` }
}

async function receive(response: Response, maxBytes: number): Promise<TaxiiAnswer | NoAnswer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > maxBytes) return { kind: 'refused', problem: `sent a response larger than ${maxBytes} bytes` }
    chunks.push(chunk)
  }
  const retryAfter = response.headers.get('retry-after')
  return {
    kind: 'answer',
    status: response.status,
    mediaType: response.headers.get('content-type') ?? '',
    ...(retryAfter !== null && { retryAfter }),
    body: Buffer.concat(chunks),
  }
}

/**
 * Describes an error of `fetch` by its cause. Unknown host names and untrusted certificates are permanent (`refused`); other errors may
 * be retried (`broken`).
 */
function describeNetworkError(error: unknown): NoAnswer {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined
  const reason = code ?? (cause instanceof Error ? cause.message : String(cause))
  if (code?.includes('CERT') === true || code === 'UNABLE_TO_VERIFY_LEAF_SIGNATURE') {
    return { kind: 'refused', problem: `has a certificate that is not trusted (${code}); set NODE_EXTRA_CA_CERTS=FILE to trust your own` }
  }
  if (code === 'ENOTFOUND') return { kind: 'refused', problem: 'has an unknown host name (ENOTFOUND)' }
  return { kind: 'broken', problem: `could not be reached, or the connection broke (${reason})` }
}
