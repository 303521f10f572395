import type { Exchange, NoAnswer, TaxiiAnswer, TaxiiRequest } from '../taxii/client/exchange.js'
import { taxiiMediaType } from '../taxii/media-type.js'

/** How to talk to a TAXII server. */
export interface ExchangeOptions {
  /** The header Authorization. It goes to the server that is asked, and to none that this one names. */
  readonly authorization?: string
  /** Milliseconds for one request, up to the last byte of the answer. */
  readonly timeout: number
  /** The largest answer to read. */
  readonly maxBytes: number
}

const mostRedirects = 5
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/** Sends requests to a TAXII server over the network. GET follows redirects on the same server, POST none. */
export function createTaxiiExchange(options: ExchangeOptions): Exchange {
  return async (request) => {
    const controller = new AbortController()
    const watch = setTimeout(() => controller.abort(), options.timeout)
    try {
      const response = await follow(request, options, controller.signal)
      return response instanceof Response ? await receive(response, options.maxBytes) : response
    } catch (error) {
      if (!controller.signal.aborted) return describeNetworkError(error)
      return { kind: 'broken', problem: `gave no whole answer in ${options.timeout / 1000} seconds` }
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
    // A small answer that unpacks to a large one is of no use here.
    'accept-encoding': 'identity',
    'user-agent': 'attack-crosswalk',
    ...(body !== undefined && { 'content-type': taxiiMediaType }),
    ...(authorization !== undefined && { authorization }),
  }
  let current = address
  for (let step = 0; step <= mostRedirects; step += 1) {
    const settings = { method, headers, redirect: 'manual', signal, ...(body !== undefined && { body }) } as const
    const response = await fetch(current.href, settings)
    const location = response.headers.get('location')
    if (!redirects.has(response.status) || location === null) return response
    await response.body?.cancel()
    const next = URL.canParse(location, current.href) ? new URL(location, current) : undefined
    if (method === 'POST' || next?.origin !== address.origin) {
      const where = next?.origin === address.origin ? 'another address' : 'another server'
      return { kind: 'refused', problem: `sends on to ${where} (${location.slice(0, 200)}); give that address if you trust it` }
    }
    current = next
  }
  return { kind: 'refused', problem: `sends on more than ${mostRedirects} times` }
}

async function receive(response: Response, maxBytes: number): Promise<TaxiiAnswer | NoAnswer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > maxBytes) return { kind: 'refused', problem: `sent an answer of more than ${maxBytes} bytes` }
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
 * What an error of `fetch` means: "fetch failed" says nothing, its cause does. Names that do not exist and certificates that are
 * not trusted stay so: asking again is of no use.
 */
function describeNetworkError(error: unknown): NoAnswer {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined
  const reason = code ?? (cause instanceof Error ? cause.message : String(cause))
  if (code?.includes('CERT') === true || code === 'UNABLE_TO_VERIFY_LEAF_SIGNATURE') {
    return { kind: 'refused', problem: `has a certificate that is not trusted (${code}); NODE_EXTRA_CA_CERTS=FILE adds yours` }
  }
  if (code === 'ENOTFOUND') return { kind: 'refused', problem: 'is not known by its name (ENOTFOUND)' }
  return { kind: 'broken', problem: `could not be reached, or broke off (${reason})` }
}
