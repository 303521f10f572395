import type { Exchange } from '../../src/taxii/client/exchange.js'

/** A request as the fake gets it, over the network or not. */
export interface FakeRequest {
  readonly method: string
  /** Path and query. */
  readonly path: string
  readonly body: string
}

/** An answer, or the end of the connection without one. */
export type FakeAnswer = 'drop' | { readonly status: number, readonly headers?: Readonly<Record<string, string>>, readonly body: string }

/** How the fake behaves; by default it is an empty collection that takes everything at once. */
export interface FakeBehaviour {
  readonly collection?: Readonly<Record<string, unknown>>
  readonly apiRoot?: Readonly<Record<string, unknown>>
  /** How often a status is pending before it is complete; the answer to POST counts. */
  readonly pendingPolls?: number
  /** Why an object is not added. */
  readonly reject?: (object: FakeObject) => string | undefined
  /** As older servers do: a duplicate is a failure. */
  readonly failsDuplicates?: boolean
  /** Lists of successes, failures and pendings are left out. */
  readonly countsOnly?: boolean
  readonly largestBody?: number
  /** Asked first, with the number of earlier requests; undefined goes on as usual. */
  readonly interrupt?: (request: FakeRequest, earlier: number) => FakeAnswer | undefined
}

export interface FakeObject {
  readonly id: string
  readonly modified?: string
  readonly created?: string
}

/** A TAXII server of the tests' own: an API root at /api1/ with one collection, "mappings". */
export interface FakeTaxii {
  readonly answer: (request: FakeRequest) => FakeAnswer
  readonly requests: readonly FakeRequest[]
  /** The ids in each envelope that was accepted. */
  readonly envelopes: readonly (readonly string[])[]
  /** What the collection holds: id and version. */
  readonly held: ReadonlySet<string>
}

/** The media type of everything that it says. */
const fakeMediaType = 'application/taxii+json;version=2.1'

const collection = { id: '9c1a4a3e-7f5c-4b1c-8a76-0f6f8c3f5a11', title: 'Mappings', can_read: true, can_write: true }

/** An answer of the fake, as JSON. */
export function answerJson(value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): FakeAnswer {
  return { status, headers: { 'content-type': fakeMediaType, ...headers }, body: JSON.stringify(value) }
}

/** Creates a server's behaviour without a network: `asExchange` and `serveTaxii` give it one. */
export function createFakeTaxii(behaviour: FakeBehaviour = {}): FakeTaxii {
  const { pendingPolls = 0, largestBody = Infinity, countsOnly = false } = behaviour
  const requests: FakeRequest[] = []
  const envelopes: string[][] = []
  const held = new Map<string, { readonly id: string, readonly version: string }>()
  const statuses = new Map<string, { readonly final: Readonly<Record<string, unknown>>, readonly total: number, polls: number }>()

  function add(body: string): FakeAnswer {
    if (body.length > largestBody) return answerJson({ title: 'Too large' }, 413)
    const { objects }: { objects: readonly FakeObject[] } = JSON.parse(body)
    const details = objects.map((object) => {
      const version = object.modified ?? object.created ?? '2000-01-01T00:00:00Z'
      const refusal = behaviour.reject?.(object)
      const isDuplicate = held.has(`${object.id} ${version}`)
      const failure = refusal ?? (isDuplicate && behaviour.failsDuplicates === true ? 'Unable to process object: it already exists' : undefined)
      if (refusal === undefined) held.set(`${object.id} ${version}`, { id: object.id, version })
      return { id: object.id, version, ...(failure !== undefined && { message: failure }) }
    })
    envelopes.push(objects.map(({ id }) => id))
    const failures = details.filter(({ message }) => message !== undefined)
    const successes = details.filter(({ message }) => message === undefined)
    const lists = countsOnly ? {} : { successes, failures }
    const id = `status ${statuses.size}/é`
    const final = { success_count: successes.length, failure_count: failures.length, pending_count: 0, ...lists }
    statuses.set(id, { final, total: objects.length, polls: 0 })
    return tellStatus(id, 202)
  }

  function tellStatus(id: string, httpStatus: number): FakeAnswer {
    const status = statuses.get(id)
    if (!status) return answerJson({ title: 'No such status' }, 404)
    const { final, total } = status
    status.polls += 1
    const isPending = status.polls <= pendingPolls
    const counts = isPending ? { success_count: 0, failure_count: 0, pending_count: total } : final
    return answerJson({ id, status: isPending ? 'pending' : 'complete', total_count: total, ...counts }, httpStatus)
  }

  function tellManifest(query: URLSearchParams): FakeAnswer {
    const ids = query.get('match[id]')?.split(',')
    const objects = [...held.values()].filter(({ id }) => ids?.includes(id) ?? true)
    const limited = objects.slice(0, Number(query.get('limit') ?? objects.length))
    return answerJson(limited.length === 0 ? {} : { objects: limited })
  }

  function route({ method, path, body }: FakeRequest): FakeAnswer {
    const { pathname, searchParams } = new URL(path, 'http://fake')
    if (method === 'POST' && pathname === '/api1/collections/mappings/objects/') return add(body)
    if (method !== 'GET') return answerJson({ title: 'Not here' }, 405)
    if (pathname === '/api1/') return answerJson({ title: 'Root', versions: [fakeMediaType], max_content_length: 1e8, ...behaviour.apiRoot })
    if (pathname === '/api1/collections/mappings/') return answerJson({ ...collection, ...behaviour.collection })
    if (pathname === '/api1/collections/mappings/manifest/') return tellManifest(searchParams)
    const [, id] = /^\/api1\/status\/([^/]+)\/$/.exec(pathname) ?? []
    return id === undefined ? answerJson({ title: 'Nothing here' }, 404) : tellStatus(decodeURIComponent(id), 200)
  }

  return {
    requests,
    envelopes,
    get held() { return new Set(held.keys()) },
    answer(request) {
      requests.push(request)
      return behaviour.interrupt?.(request, requests.length - 1) ?? route(request)
    },
  }
}

/** The fake as the client sees it, with no network between. */
export function asExchange({ answer }: FakeTaxii): Exchange {
  return async ({ method, address, body = '' }) => {
    const answered = answer({ method, path: address.pathname + address.search, body })
    if (answered === 'drop') return { kind: 'broken', problem: 'broke off' }
    const { status, headers = {}, body: text } = answered
    const { 'content-type': mediaType = '', 'retry-after': retryAfter } = headers
    return { kind: 'answer', status, mediaType, ...(retryAfter !== undefined && { retryAfter }), body: new TextEncoder().encode(text) }
  }
}
