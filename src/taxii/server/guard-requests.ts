import type { Hono } from 'hono'
import { acceptsTaxii } from '../media-type.js'
import { respondError } from './respond.js'

/** Who may ask. */
export interface Guard {
  /** Whether a user name and a password are right, in a time that tells nothing of them. Absent: anyone may ask. */
  readonly isKnown?: (user: string, password: string) => boolean
  /**
   * Whether a name, as the header Host gives it, can be this server's. Absent: any. A page of the web whose name its owner points to this
   * machine (DNS rebinding) could otherwise read what only this machine may.
   */
  readonly isOwnName?: (name: string) => boolean
}

/** Headers that keep browsers from making anything of answers, and caches from keeping them. */
const safety = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
} as const

/** Turns away who means another server, who may not ask, whose body is too large, and who does not take TAXII 2.1, in this order. */
export function guardRequests(app: Hono, { isKnown, isOwnName }: Guard): void {
  app.use(async (context, next) => {
    await next()
    for (const [name, value] of Object.entries(safety)) context.res.headers.set(name, value)
  })
  app.use(async ({ req }, next) => {
    if (isOwnName && !isOwnName(new URL(req.url).hostname)) {
      const description = 'Without a password, only names of this machine are answered to; --behind-proxy allows any'
      return respondError({ status: 421, title: 'Misdirected request', description })
    }
    if (isKnown && !isAuthorised(req.header('Authorization'), isKnown)) {
      return respondError({
        status: 401, title: 'Unauthorized', description: 'A user name and a password are needed (HTTP Basic)',
        headers: { 'WWW-Authenticate': 'Basic realm="crosswalk", charset="UTF-8"' },
      })
    }
    const length = Number(req.header('Content-Length') ?? 0)
    if (length > maxContentLength) {
      return respondError({ status: 413, title: 'Content too large', description: `No request needs more than ${maxContentLength} bytes` })
    }
    if (!acceptsTaxii(req.header('Accept'))) {
      return respondError({ status: 406, title: 'Not acceptable', description: 'Only application/taxii+json;version=2.1 can be had' })
    }
    return next()
  })
}

/** RFC 7617, section 2. Some clients (Python's requests) send Latin-1 where others send UTF-8. */
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

/** The largest body of a request, in bytes. No request needs one. */
export const maxContentLength = 65_536
