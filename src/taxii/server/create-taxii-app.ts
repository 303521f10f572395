import { type Context, Hono } from 'hono'
import { taxiiMediaType } from '../media-type.js'
import type { Collection } from './collection.js'
import { type Guard, guardRequests, maxContentLength } from './guard-requests.js'
import type { MatchField } from './read-query.js'
import { type Answer, answerPage, respondError } from './respond.js'

/** Where the only API root is. */
export const apiRoot = '/taxii2/mappings/'

/** What a server is told by who starts it. */
export interface TaxiiAppOptions extends Guard {
  /** The collections of the moment. */
  readonly collections: () => readonly Collection[]
  /** Told of faults of ours. */
  readonly onFault?: (error: unknown) => void
}

const root = apiRoot.slice(0, -1)
const collection = `${root}/collections/:collection`
const reading = 'GET, HEAD'
const objectFields: readonly MatchField[] = ['id', 'type', 'version', 'spec_version']

/**
 * The read-only TAXII 2.1 server as a function from requests to responses. It knows no socket and no file: all that it
 * gives out is in the collections. Addresses work with and without the slash at the end.
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
    description: 'One collection for each bundle, and one with everything. Nothing can be written.',
    versions: [taxiiMediaType],
    max_content_length: maxContentLength,
  }))
  app.get(`${root}/status/:status`, () => notFound('There are no status resources, since nothing can be added'))
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
    status: 403, title: 'Read only', description: `Nothing can be added to or deleted from the collection "${title}"`,
  }))
  app.post(`${collection}/objects`, refuse)
  app.delete(`${collection}/objects/:object`, refuse)

  const paths = ['/taxii2', root, `${root}/status/:status`, `${root}/collections`, collection, ...pages.map(([path]) => `${collection}/${path}`)]
  for (const path of paths) {
    app.all(path, ({ req }) => respondError({
      status: 405, title: 'Method not allowed', description: `${req.method} is not possible here`, headers: { Allow: reading },
    }))
  }
  app.notFound(() => notFound('There is nothing at this address; begin at /taxii2/'))
  app.onError((error) => {
    options.onFault?.(error)
    return respondError({ status: 500, title: 'Internal error', description: 'The server failed; its log says why' })
  })
  return app

  function withCollection(context: Context, answer: (found: Collection) => Response): Response {
    const name = context.req.param('collection')
    const all = options.collections()
    const found = all.find(({ id }) => id === name?.toLowerCase()) ?? all.find(({ alias }) => alias === name)
    return found ? answer(found) : notFound(`There is no such collection; ${root}/collections/ lists them`)
  }
}

function notFound(description: string): Response {
  return respondError({ status: 404, title: 'Not found', description })
}

function respond(resource: object): Response {
  return new Response(JSON.stringify(resource), { headers: { 'Content-Type': taxiiMediaType } })
}

/** A collection's resource (TAXII 2.1, section 5.2.1). */
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
