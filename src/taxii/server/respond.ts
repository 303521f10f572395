import { joinBytes } from '../../formats/decode-characters.js'
import { stixMediaType, taxiiMediaType } from '../media-type.js'
import { type Collection, type CollectionState, type Entry, writeTimestamp } from './collection.js'
import { type Filter, type MatchField, readQuery } from './read-query.js'

/** The contents of a page: objects, their manifest records, or their versions. */
export type Answer = 'objects' | 'manifest' | 'versions'

/** The address that a page is requested at. */
interface PageAddress {
  readonly answer: Answer
  readonly fields: readonly MatchField[]
  /** The one object that the address names. */
  readonly only: string | undefined
}

/** A page as a response (TAXII 2.1, sections 5.3, 5.5, 5.6 and 5.8). */
export function answerPage(collection: Collection, parameters: URLSearchParams, { answer, fields, only }: PageAddress): Response {
  const turned = turnPage(collection, parameters, fields, { only, allVersions: answer === 'versions' })
  if ('problem' in turned) return respondError({ status: 400, title: 'Bad request', description: turned.problem })
  const { page } = turned
  if (page.entries.length === 0 && only !== undefined && !collection.state.entries.some(({ object }) => object.id === only)) {
    return respondError({ status: 404, title: 'Not found', description: 'The collection has no object with this id' })
  }
  const headers = { 'Content-Type': taxiiMediaType, ...dateHeaders(page) }
  if (answer !== 'objects') return new Response(JSON.stringify(describe(page, answer)), { headers })
  const { length, stream } = writeEnvelope(page)
  return new Response(stream(), { headers: { ...headers, 'Content-Length': String(length) } })
}

/** The dates of the first and last object; none for an empty page. */
function dateHeaders({ entries }: Page): Readonly<Record<string, string>> {
  const [first, last] = [entries[0], entries.at(-1)]
  return first && last
    ? { 'X-TAXII-Date-Added-First': writeTimestamp(first.date), 'X-TAXII-Date-Added-Last': writeTimestamp(last.date) }
    : {}
}

/** Empty lists are omitted (TAXII 2.1, section 2). */
function describe({ entries, next }: Page, answer: Exclude<Answer, 'objects'>): object {
  const head = { more: next !== undefined, ...(next !== undefined && { next }) }
  if (entries.length === 0) return head
  if (answer === 'versions') return { ...head, versions: entries.map(({ object }) => object.version) }
  return {
    ...head,
    objects: entries.map(({ object, date }) => ({
      id: object.id,
      date_added: writeTimestamp(date),
      version: object.version,
      media_type: stixMediaType(object.specVersion),
    })),
  }
}

/** A JSON body that is streamed as fast as the client reads. */
interface Body {
  /** In bytes. */
  readonly length: number
  readonly stream: () => ReadableStream<Uint8Array>
}

const encoder = new TextEncoder()
const comma = encoder.encode(',')
/** About how many bytes a chunk has. */
const chunkSize = 1 << 16

/**
 * Wraps a page's objects, byte for byte, in an envelope (TAXII 2.1, section 3.7). Copies only one chunk at a time, and none while
 * the client does not read.
 */
function writeEnvelope({ entries, next }: Page): Body {
  const head = { more: next !== undefined, ...(next !== undefined && { next }) }
  const text = JSON.stringify(head).slice(0, -1)
  const parts = entries.length === 0
    ? [encoder.encode(`${text}}`)]
    : [
        encoder.encode(`${text},"objects":[`),
        ...entries.flatMap(({ object }, index) => (index === 0 ? [object.bytes] : [comma, object.bytes])),
        encoder.encode(']}'),
      ]
  return {
    length: parts.reduce((sum, part) => sum + part.length, 0),
    stream: () => streamParts(parts),
  }
}

function streamParts(parts: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  let at = 0
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      const start = at
      for (let size = 0; at < parts.length && size < chunkSize; at += 1) size += parts[at]?.length ?? 0
      controller.enqueue(joinBytes(parts.slice(start, at)))
      if (at === parts.length) controller.close()
    },
  }, { highWaterMark: 1 })
}

/** An error message (TAXII 2.1, section 3.6.1). */
interface TaxiiError {
  readonly status: 400 | 401 | 403 | 404 | 405 | 406 | 413 | 421 | 500
  readonly title: string
  readonly description: string
  readonly headers?: Readonly<Record<string, string>>
}

/** An error as a response. */
export function respondError({ status, title, description, headers = {} }: TaxiiError): Response {
  const body = JSON.stringify({ title, description, http_status: String(status) })
  return new Response(body, { status, headers: { 'Content-Type': taxiiMediaType, ...headers } })
}

/** A page of a collection's objects, in order. */
interface Page {
  readonly entries: readonly Entry[]
  /** The token for the next page; absent on the last one. */
  readonly next?: string
}

/** The restrictions of the address itself, besides its parameters. */
interface Scope {
  /** The id of the only object; undefined: all objects. */
  readonly only: string | undefined
  readonly allVersions: boolean
}

const everyVersion = { all: true, first: false, last: false, times: new Set<number>() }

/** The requested page, or why the parameters are invalid, as a sentence. */
type TurnedPage = { readonly page: Page } | { readonly problem: string }

/**
 * Finds the requested page. A client that pages continues in the state that it started in while that is kept; else, as after a
 * restart, it starts over in the current state: it gets some objects twice, but misses none. An error would permanently stop
 * clients that store `next`.
 */
export function turnPage(collection: Collection, parameters: URLSearchParams, fields: readonly MatchField[], scope: Scope): TurnedPage {
  const asked = readQuery(parameters, fields)
  if ('problem' in asked) return asked
  const { next, limit, filter } = asked.query
  if (next === undefined) {
    const start = { position: 0, parameters: writeFilter(parameters) }
    return { page: cutPage(collection.state, restrict(filter, scope), start, limit) }
  }
  const token = readPageToken(next)
  const first = token && readQuery(new URLSearchParams(token.parameters), fields)
  if (!token || !first || 'problem' in first) return { problem: 'next is not a token that this server issued for this address' }
  const state = [collection.state, ...collection.formerStates].find(({ mark }) => mark === token.mark)
  const start = state ? token : { ...token, position: 0 }
  return { page: cutPage(state ?? collection.state, restrict(first.query.filter, scope), start, limit) }
}

function cutPage(state: CollectionState, filter: Filter, start: Omit<PageToken, 'mark'>, limit: number): Page {
  const found: Entry[] = []
  for (let position = start.position; position < state.entries.length; position += 1) {
    const entry = state.entries[position]
    if (!entry || !matches(entry, filter)) continue
    if (found.length === limit) return { entries: found, next: writePageToken({ ...start, mark: state.mark, position }) }
    found.push(entry)
  }
  return { entries: found }
}

function restrict(filter: Filter, { only, allVersions }: Scope): Filter {
  return { ...filter, ...(only !== undefined && { ids: new Set([only]) }), ...(allVersions && { version: everyVersion }) }
}

/** The parameters that filter, as a query string. */
function writeFilter(parameters: URLSearchParams): string {
  const filters = [...parameters].filter(([name, value]) => value !== '' && (name === 'added_after' || name.startsWith('match[')))
  return new URLSearchParams(filters).toString()
}

/** Whether an entry matches: all fields must, each by any of its values (TAXII 2.1, section 3.4.1). */
function matches({ object, date, isFirst, isLast, isLatestSpec }: Entry, filter: Filter): boolean {
  const { addedAfter, ids, types, specVersions, version } = filter
  if (addedAfter !== undefined && date <= addedAfter) return false
  if (ids && !ids.has(object.id)) return false
  if (types && !types.has(object.type)) return false
  if (specVersions ? !specVersions.has(object.specVersion) : !isLatestSpec) return false
  return version.all || (version.first && isFirst) || (version.last && isLast) || version.times.has(object.versionTime)
}

/** The contents of `next`, which is opaque to clients. */
interface PageToken {
  /** The mark of the state that the client pages through. */
  readonly mark: string
  /** The index of the first entry of the next page. */
  readonly position: number
  /** The filters of the first request: some clients change or omit them on later pages. */
  readonly parameters: string
}

/** Writes the token in base64url. */
function writePageToken({ mark, position, parameters }: PageToken): string {
  const bytes = new TextEncoder().encode(JSON.stringify([mark, position, parameters]))
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** Reads a token; undefined if it is invalid. */
function readPageToken(text: string): PageToken | undefined {
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0))
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    const [mark, position, parameters]: readonly unknown[] = Array.isArray(value) ? value : []
    if (typeof mark !== 'string' || typeof position !== 'number' || typeof parameters !== 'string') return undefined
    return Number.isSafeInteger(position) && position >= 0 ? { mark, position, parameters } : undefined
  } catch {
    return undefined
  }
}
