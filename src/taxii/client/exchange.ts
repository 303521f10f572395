import { depthLimit, textOf, type TreeValue } from '../../formats/decoded.js'
import { surveyJson } from '../../formats/json/survey-json.js'
import { readMediaType } from '../media-type.js'

/** A request of the client. The `Exchange` adds headers (media types, credentials). */
export interface TaxiiRequest {
  readonly method: 'GET' | 'POST'
  readonly address: URL
  /** An envelope as JSON; POST only. */
  readonly body?: string
}

/** A server's response. */
export interface TaxiiAnswer {
  readonly kind: 'answer'
  readonly status: number
  /** The Content-Type header; '' if there is none. */
  readonly mediaType: string
  /** The Retry-After header: seconds, or an HTTP date. */
  readonly retryAfter?: string
  /** The whole body; the `Exchange` limits its size. */
  readonly body: Uint8Array
}

/** No response: `broken` if a retry may help (the connection broke), `refused` if not (a certificate). The problem follows "the server". */
export interface NoAnswer {
  readonly kind: 'broken' | 'refused'
  readonly problem: string
}

/** Sends one request once. Never rejects. `createTaxiiExchange` in src/io uses the network; tests replace it. */
export type Exchange = (request: TaxiiRequest) => Promise<TaxiiAnswer | NoAnswer>

/** The part of the host that the client needs. */
export interface ClientHost {
  readonly exchange: Exchange
  /** In milliseconds. */
  readonly sleep: (duration: number) => Promise<void>
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** Why a request failed, as words that follow "the server", and what the user can do about it. */
export interface Problem {
  readonly message: string
  readonly hint?: string
}

const problems: ReadonlyMap<number, Problem> = new Map<number, Problem>([
  [401, { message: 'requires valid credentials', hint: 'Give --user and --password-file, or --token-file, or check their values.' }],
  [403, { message: 'denies access', hint: 'Ask for permission to add objects to this collection.' }],
  [404, { message: 'has no such collection, or hides it from this user', hint: 'Check the address and the credentials.' }],
  [405, { message: 'does not accept objects at this address', hint: 'Check the address: …/collections/{id}/' }],
  [406, { message: 'does not support TAXII 2.1 at this address', hint: 'Check the address. TAXII 1 and 2.0 are not supported.' }],
  [413, { message: 'does not accept requests of this size' }],
  [415, { message: 'does not accept TAXII 2.1 envelopes' }],
  [422, { message: 'could not process the objects', hint: 'It may not support an object type or an extension.' }],
  [429, { message: 'received too many requests' }],
])

/** Describes an unsuccessful response, with the server's error message (TAXII 2.1, sections 3.6 and 5.5). */
export function describeRefusal(answer: TaxiiAnswer): Problem {
  const { message, hint } = problems.get(answer.status) ?? { message: 'did not complete the request' }
  const error = readJsonAnswer(answer)
  const said = [textOf(error, 'title') ?? '', textOf(error, 'description') ?? ''].filter((text) => text !== '').join(': ')
  return {
    message: `${message} (HTTP ${answer.status}${said === '' ? '' : `: ${shorten(said)}`})`,
    ...(hint !== undefined && { hint }),
  }
}

/** The JSON of a response; undefined if the media type is another, or if it is not well-formed or nests too deep. */
export function readJsonAnswer({ mediaType, body }: TaxiiAnswer): TreeValue | undefined {
  if (!/^application\/(?:.+\+)?json$/.test(readMediaType(mediaType).essence)) return undefined
  const text = new TextDecoder().decode(body)
  if (surveyJson(text).depth > depthLimit) return undefined
  try {
    const value: TreeValue = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}

const mostCharacters = 300

/** A server's text, shortened for messages. */
export function shorten(text: string): string {
  return text.length <= mostCharacters ? text : `${text.slice(0, mostCharacters).toWellFormed()}…`
}
