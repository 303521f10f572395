import type { Hono } from 'hono'
import { acceptsTaxii, taxiiMediaType } from '../media-type.js'
import { respondError } from './respond.js'

/** Who may send requests. */
export interface Guard {
  /** Whether a user name and password are correct, in constant time. Absent: no authentication. */
  readonly isKnown?: (user: string, password: string) => boolean
  /**
   * Whether a name in the Host header can be this server's. Absent: any name. Otherwise a web page could read the collections by
   * pointing its own name to this machine (DNS rebinding).
   */
  readonly isOwnName?: (name: string) => boolean
}

/** Headers that keep browsers from interpreting responses, and caches from storing them. */
const safety = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
} as const

/** Rejects requests for another host, without valid credentials, with too large a body, or that don't accept TAXII 2.1, in this order. */
export function guardRequests(app: Hono, { isKnown, isOwnName }: Guard): void {
  app.use(async (context, next) => {
    await next()
    for (const [name, value] of Object.entries(safety)) context.res.headers.set(name, value)
  })
  app.use(async ({ req }, next) => {
    if (isOwnName && !isOwnName(new URL(req.url).hostname)) {
      const description = 'Without a password, the server accepts only host names of this machine; --behind-proxy accepts any'
      return respondError({ status: 421, title: 'Misdirected request', description })
    }
    if (isKnown && !isAuthorised(req.header('Authorization'), isKnown)) {
      return respondError({
        status: 401, title: 'Unauthorized', description: 'A user name and password are required (HTTP Basic)',
        headers: { 'WWW-Authenticate': 'Basic realm="crosswalk", charset="UTF-8"' },
      })
    }
    const length = Number(req.header('Content-Length') ?? 0)
    if (length > maxContentLength) {
      return respondError({ status: 413, title: 'Content too large', description: `A request has at most ${maxContentLength} bytes` })
    }
    if (!acceptsTaxii(req.header('Accept'))) {
      return respondError({ status: 406, title: 'Not acceptable', description: `Only ${taxiiMediaType} is available` })
    }
    return next()
  })
}

/** Checks HTTP Basic credentials (RFC 7617, section 2), in UTF-8 or Latin-1, which some clients send (Python's requests). */
function isAuthorised(header: string | undefined, isKnown: (user: string, password: string) => boolean): boolean {
  const [, encoded = ''] = /^basic +([A-Za-z0-9+/]+={0,2}) *$/i.exec(header ?? '') ?? []
  const credentials = decode(encoded)
  const colon = credentials.indexOf(':')
  return colon > 0 && isKnown(credentials.slice(0, colon), credentials.slice(colon + 1))
}

function decode(base64: string): string {
  let latin = ''
  try {
    latin = atob(base64)
    const bytes = Uint8Array.from(latin, (character) => character.charCodeAt(0))
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return latin
  }
}

/** The largest request body, in bytes; a read-only server needs none. */
export const maxContentLength = 65_536
