import { countNoun } from '../../diagnostics/counts-in-words.js'
import { fieldOf, itemsOf, textOf, type TreeValue } from '../../formats/decoded.js'
import { readMediaType, taxiiEssence, taxiiVersion } from '../media-type.js'
import {
  type ClientHost, describeRefusal, type NoAnswer, type Problem, readJsonAnswer, shorten, type TaxiiAnswer, type TaxiiRequest,
} from './exchange.js'

/** How often to retry, and how long to wait. */
interface RetryPolicy {
  /** Attempts after the first. */
  readonly retries: number
  /** In milliseconds. If the server asks for a longer wait, the request fails. */
  readonly longestWait: number
  /** Called before each retry with the problem. */
  readonly retrying: (problem: string) => void
}

/** A response with any but a transient status, or why there is none. */
type Sent = { readonly answer: TaxiiAnswer } | { readonly problem: Problem }

/** Transient statuses: too many requests, and gateway errors (RFC 6585, section 4; RFC 9110, section 15.6). */
const transient: ReadonlySet<number> = new Set([429, 502, 503, 504])
const firstPause = 1000
const longestPause = 60_000

/**
 * Sends a request, and retries after transient failures: a broken connection, 429, 502, 503, 504. Pauses double from one second on,
 * and are at least as long as the server asks for. POST is retried too: objects have ids and versions, so that a server that
 * receives an envelope twice adds them once (TAXII 2.1, section 5.5).
 */
export async function sendWithRetries(
  request: TaxiiRequest, { retries, longestWait, retrying }: RetryPolicy, { exchange, sleep, now }: ClientHost,
): Promise<Sent> {
  for (let attempt = 0; ; attempt += 1) {
    const result = await exchange(request)
    if (result.kind === 'answer' && !transient.has(result.status)) return { answer: result }
    const problem = describe(result)
    if (result.kind === 'refused') return { problem }
    if (attempt >= retries) {
      return { problem: { ...problem, message: `${problem.message}, after ${countNoun(attempt + 1, 'attempt')}` } }
    }
    const asked = result.kind === 'answer' ? readRetryAfter(result.retryAfter, now()) : 0
    if (asked > longestWait) {
      const waits = `asks to wait ${Math.ceil(asked / 1000)} seconds, more than --timeout allows`
      return { problem: { ...problem, message: `${problem.message} and ${waits}` } }
    }
    retrying(problem.message)
    await sleep(Math.max(asked, Math.min(firstPause * 2 ** attempt, longestPause, longestWait)))
  }
}

function describe(result: TaxiiAnswer | NoAnswer): Problem {
  return result.kind === 'answer' ? describeRefusal(result) : { message: result.problem }
}

/** Reads a Retry-After header, seconds or a date (RFC 9110, section 10.2.3), into milliseconds to wait; 0 if it is neither. */
function readRetryAfter(text: string | undefined, now: number): number {
  if (text === undefined) return 0
  const value = text.trim()
  if (/^\d{1,15}$/.test(value)) return Number(value) * 1000
  const date = /^[A-Za-z]{3,9},? /.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(date) ? 0 : Math.max(0, date - now)
}

/** A collection that can be written to. */
export interface Collection {
  readonly title: string
  readonly canRead: boolean
  /** Media types of the objects that it accepts; absent: STIX of any version. */
  readonly mediaTypes?: readonly string[]
  /** The largest request, in bytes, if the API root states it. */
  readonly maxContentLength?: number
}

/** Sends a request; the response may have any status. */
export type Send = (request: TaxiiRequest) => Promise<Sent>

/** Reads a collection, and checks that objects may be added to it (TAXII 2.1, sections 4.2 and 5.2). */
export async function readCollection(
  { collection, apiRoot }: CollectionAddress, send: Send,
): Promise<{ readonly collection: Collection } | { readonly problem: Problem }> {
  const sent = await send({ method: 'GET', address: collection })
  if ('problem' in sent) return sent
  const { answer } = sent
  if (answer.status !== 200) return { problem: describeRefusal(answer) }
  const problem = checkMediaType(answer)
  if (problem) return { problem }
  const value = readJsonAnswer(answer)
  if (textOf(value, 'id') === undefined || typeof fieldOf(value, 'can_write') !== 'boolean') {
    return { problem: { message: 'did not return a collection', hint: 'Check the address: …/collections/{id}/' } }
  }
  const title = shorten(textOf(value, 'title') ?? '')
  if (fieldOf(value, 'can_write') === false) {
    const message = `does not allow adding objects to the collection "${title}"`
    return { problem: { message, hint: 'Ask for write access, or name another collection.' } }
  }
  const maxContentLength = await readMaxContentLength(apiRoot, send)
  const mediaTypes = itemsOf(value, 'media_types').filter((entry) => typeof entry === 'string')
  return {
    collection: {
      title,
      canRead: fieldOf(value, 'can_read') === true,
      ...(mediaTypes.length > 0 && { mediaTypes }),
      ...(maxContentLength !== undefined && { maxContentLength }),
    },
  }
}

/** Whether a collection accepts STIX of a version, "2.1" or "2.0" (TAXII 2.1, section 5.2.1). */
export function acceptsVersion({ mediaTypes }: Collection, version: string): boolean {
  return mediaTypes?.map(readMediaType).some(({ essence, version: accepted }) =>
    /^application\/(?:vnd\.oasis\.)?stix\+json$/.test(essence) && (accepted === undefined || accepted === version)) ?? true
}

function checkMediaType({ mediaType }: TaxiiAnswer): Problem | undefined {
  const { essence, version } = readMediaType(mediaType)
  if (essence === taxiiEssence && (version === undefined || version === taxiiVersion)) return undefined
  const found = shorten(mediaType)
  if (essence === 'text/html') {
    const hint = 'Give the address of the collection in the TAXII API: …/collections/{id}/'
    return { message: `answered with a web page (${found}), not a TAXII collection`, hint }
  }
  const stated = found === '' ? 'without a media type' : `with ${found}`
  const hint = 'Check the address. TAXII 1 and 2.0 are not supported.'
  return { message: `answered ${stated}, not with TAXII 2.1`, hint }
}

/** The server's largest request, if it states one; not retried, since requests that are too large are halved anyway. */
async function readMaxContentLength(apiRoot: URL, send: Send): Promise<number | undefined> {
  const sent = await send({ method: 'GET', address: apiRoot })
  if ('problem' in sent || sent.answer.status !== 200) return undefined
  const length: TreeValue | undefined = fieldOf(readJsonAnswer(sent.answer), 'max_content_length')
  return typeof length === 'number' && length > 0 ? length : undefined
}

/** The addresses of a collection's resources (TAXII 2.1, sections 4 and 5), all on the server that the user named. */
export interface CollectionAddress {
  readonly apiRoot: URL
  readonly collection: URL
  readonly objects: URL
  readonly manifest: URL
}

const collectionPath = /^(.*\/)collections\/([^/]+)\/(?:objects\/?)?$/

/**
 * Reads the address of a collection, or of its `objects/`, with or without a trailing slash. Undefined if it is neither. Does not
 * check the scheme or credentials.
 */
export function readCollectionAddress(address: URL): CollectionAddress | undefined {
  if (address.search !== '' || address.hash !== '') return undefined
  const [, root, id] = collectionPath.exec(address.pathname.endsWith('/') ? address.pathname : `${address.pathname}/`) ?? []
  if (root === undefined || id === undefined) return undefined
  const at = (path: string): URL => new URL(`${address.origin}${root}${path}`)
  return {
    apiRoot: at(''),
    collection: at(`collections/${id}/`),
    objects: at(`collections/${id}/objects/`),
    manifest: at(`collections/${id}/manifest/`),
  }
}

/**
 * The address of a request's status (TAXII 2.1, section 4.3), built from the API root and the id, so that a response can't send the
 * client anywhere else. Undefined if the id is invalid.
 */
export function statusAddress({ apiRoot }: CollectionAddress, id: string): URL | undefined {
  if (id === '' || id === '.' || id === '..' || id.length > 500 || !id.isWellFormed()) return undefined
  return new URL(`status/${encodeURIComponent(id)}/`, apiRoot)
}
