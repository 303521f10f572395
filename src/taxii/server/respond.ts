import { joinBytes } from '../../formats/decode-characters.js'
import { stixMediaType, taxiiMediaType } from '../media-type.js'
import type { Collection } from './collection.js'
import type { MatchField } from './read-query.js'
import { writeTimestamp } from './timestamps.js'
import { type Page, turnPage } from './turn-page.js'

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
