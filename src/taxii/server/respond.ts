import { joinBytes } from '../../formats/join-bytes.js'
import { taxiiMediaType } from '../media-type.js'
import type { Collection } from './collection.js'
import type { MatchField } from './read-query.js'
import { writeTimestamp } from './timestamps.js'
import { type Page, turnPage } from './turn-page.js'

/** What is told of a page's objects: themselves, their manifest records, or their versions alone. */
export type Answer = 'objects' | 'manifest' | 'versions'

/** What a page is asked for at. */
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
    return respondError({ status: 404, title: 'Not found', description: 'There is no object with this id in the collection' })
  }
  const headers = { 'Content-Type': taxiiMediaType, ...dateHeaders(page) }
  if (answer !== 'objects') return new Response(JSON.stringify(describe(page, answer)), { headers })
  const { length, stream } = writeEnvelope(page)
  return new Response(stream(), { headers: { ...headers, 'Content-Length': String(length) } })
}

/** An empty page has no dates, and "undefined" is no timestamp. */
function dateHeaders({ entries }: Page): Readonly<Record<string, string>> {
  const [first, last] = [entries[0], entries.at(-1)]
  return first && last
    ? { 'X-TAXII-Date-Added-First': writeTimestamp(first.date), 'X-TAXII-Date-Added-Last': writeTimestamp(last.date) }
    : {}
}

/** Lists are left out where they would be empty (TAXII 2.1, section 2). */
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
      media_type: `application/stix+json;version=${object.specVersion}`,
    })),
  }
}

/** JSON that is sent bit by bit, as fast as it is taken. */
interface Body {
  /** In bytes. */
  readonly length: number
  readonly stream: () => ReadableStream<Uint8Array>
}

const encoder = new TextEncoder()
const comma = encoder.encode(',')
/** About how many bytes are sent at a time. */
const chunkSize = 1 << 16

/**
 * A page's objects, word for word, in an envelope (TAXII 2.1, section 3.7). However large they are, only a chunk of them
 * is copied at a time, and nothing is while the client takes nothing.
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

/** What went wrong (TAXII 2.1, section 3.6.1). */
interface TaxiiError {
  readonly status: 400 | 401 | 403 | 404 | 405 | 406 | 413 | 421 | 500
  readonly title: string
  readonly description: string
  readonly headers?: Readonly<Record<string, string>>
}

/** The answer that says so. */
export function respondError({ status, title, description, headers = {} }: TaxiiError): Response {
  const body = JSON.stringify({ title, description, http_status: String(status) })
  return new Response(body, { status, headers: { 'Content-Type': taxiiMediaType, ...headers } })
}
