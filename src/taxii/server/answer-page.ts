import { taxiiMediaType } from '../taxii-media-type.js'
import type { Collection } from './collection.js'
import type { MatchField } from './query.js'
import { respondError } from './taxii-error.js'
import { writeTimestamp } from './timestamps.js'
import { turnPage, type Page } from './turn-page.js'
import { writeEnvelope } from './write-envelope.js'

/** What is told of a page's objects: themselves, their manifest records, or their versions alone. */
export type Answer = 'objects' | 'manifest' | 'versions'

/** What a page is asked for at. */
export interface PageAddress {
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
