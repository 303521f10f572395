import { type Context, Hono } from 'hono'
import { acceptsTaxii, taxiiMediaType } from '../media-type.js'
import type { Collection } from './collection.js'
import type { MatchField } from './read-query.js'
import { type Answer, answerPage, respondError } from './respond.js'

/** The path of the only API root. */
export const apiRoot = '/taxii2/mappings/'

/** Options of the server. */
export interface TaxiiAppOptions extends Guard {
  /** The current collections. */
  readonly collections: () => readonly Collection[]
  /** Receives unexpected errors, for the log. */
  readonly onFault?: (error: unknown) => void
}

const root = apiRoot.slice(0, -1)
const collection = `${root}/collections/:collection`
const readMethods = 'GET, HEAD'
const objectFields: readonly MatchField[] = ['id', 'type', 'version', 'spec_version']

/**
 * Creates the read-only TAXII 2.1 server, as a function from requests to responses: it uses no sockets or files, only the collections
 * that it is given. Paths work with and without a trailing slash.
 */
export function createTaxiiApp(options: TaxiiAppOptions): Hono {
  const app = new Hono({ strict: false })
  guardRequests(app, options)

  app.get('/taxii2', () => respond({
    title: 'Crosswalk',
    description: 'Mappings of security capabilities to MITRE ATT&CK, as STIX',
    default: apiRoot,
    api_roots: [apiRoot],
  }))
  app.get(root, () => respond({
    title: 'Mappings to ATT&CK',
    description: 'One collection for each bundle, and one with all objects. Read-only.',
    versions: [taxiiMediaType],
    max_content_length: maxContentLength,
  }))
  app.get(`${root}/status/:status`, () => notFound('This server is read-only and has no status resources'))
  app.get(`${root}/collections`, () => respond({ collections: options.collections().map(describeCollection) }))
  app.get(collection, (context) => withCollection(context, (found) => respond(describeCollection(found))))

  const pages: readonly (readonly [path: string, answer: Answer, fields: readonly MatchField[]])[] = [
    ['objects', 'objects', objectFields],
    ['manifest', 'manifest', objectFields],
    ['objects/:object', 'objects', ['version', 'spec_version']],
    ['objects/:object/versions', 'versions', ['spec_version']],
  ]
  for (const [path, answer, fields] of pages) {
    app.get(`${collection}/${path}`, (context) => withCollection(context, (found) =>
      answerPage(found, new URL(context.req.url).searchParams, { answer, fields, only: context.req.param('object') })))
  }

  const refuse = (context: Context): Response => withCollection(context, ({ title }) => respondError({
    status: 403, title: 'Read only', description: `Objects cannot be added to or deleted from the collection "${title}"`,
  }))
  app.post(`${collection}/objects`, refuse)
  app.delete(`${collection}/objects/:object`, refuse)

  const heads = ['/taxii2', root, `${root}/status/:status`, `${root}/collections`, collection]
  for (const path of [...heads, ...pages.map(([name]) => `${collection}/${name}`)]) {
    app.all(path, ({ req }) => respondError({
      status: 405, title: 'Method not allowed', description: `${req.method} is not supported at this address`,
      headers: { Allow: readMethods },
    }))
  }
  app.notFound(() => notFound('No resource has this address; start at /taxii2/'))
  app.onError((error) => {
    options.onFault?.(error)
    return respondError({ status: 500, title: 'Internal error', description: 'The server failed unexpectedly; its log has the details' })
  })
  return app

  function withCollection(context: Context, answer: (found: Collection) => Response): Response {
    const name = context.req.param('collection')
    const all = options.collections()
    const found = all.find(({ id }) => id === name?.toLowerCase()) ?? all.find(({ alias }) => alias === name)
    return found ? answer(found) : notFound(`No collection has this id or alias; ${root}/collections/ lists them`)
  }
}

function notFound(description: string): Response {
  return respondError({ status: 404, title: 'Not found', description })
}

function respond(resource: object): Response {
  return new Response(JSON.stringify(resource), { headers: { 'Content-Type': taxiiMediaType } })
}

/** The collection resource (TAXII 2.1, section 5.2.1). */
function describeCollection({ id, title, description, alias, mediaTypes }: Collection) {
  return {
    id, title,
    ...(description !== undefined && { description }),
    alias,
    can_read: true,
    can_write: false,
    ...(mediaTypes.length > 0 && { media_types: mediaTypes }),
  }
}

/** Who may send requests. */
interface Guard {
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
function guardRequests(app: Hono, { isKnown, isOwnName }: Guard): void {
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
const maxContentLength = 65_536
