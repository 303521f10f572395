import { depthLimit, type TreeValue } from '../../formats/decoded.js'
import { surveyJson } from '../../formats/json/scan-json.js'
import { textOf } from '../../formats/tree-fields.js'
import { readMediaType } from '../media-type.js'

/** A request of the client. Headers (media types, credentials) are the affair of who sends it. */
export interface TaxiiRequest {
  readonly method: 'GET' | 'POST'
  readonly address: URL
  /** An envelope as JSON; POST only. */
  readonly body?: string
}

/** What a server answered. */
export interface TaxiiAnswer {
  readonly kind: 'answer'
  readonly status: number
  /** The header Content-Type; '' where there is none. */
  readonly mediaType: string
  /** The header Retry-After: seconds, or a date of HTTP. */
  readonly retryAfter?: string
  /** Whole, within the limit of who received it. */
  readonly body: Uint8Array
}

/** No answer, for reasons that may pass (the connection broke) or for good (a certificate). The problem follows "the server". */
export interface NoAnswer {
  readonly kind: 'broken' | 'refused'
  readonly problem: string
}

/** Sends one request once. Never rejects. The network is behind it: `createTaxiiExchange`, or a function of a test. */
export type Exchange = (request: TaxiiRequest) => Promise<TaxiiAnswer | NoAnswer>

/** The parts of the host that the client needs. */
export interface ClientSurroundings {
  readonly exchange: Exchange
  /** Milliseconds. */
  readonly sleep: (duration: number) => Promise<void>
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** What went wrong, as a sentence that follows "the server", and what a user can do about it. */
export interface Problem {
  readonly message: string
  readonly hint?: string
}

const meanings: ReadonlyMap<number, Problem> = new Map<number, Problem>([
  [401, { message: 'does not know who asks', hint: 'Give --user and --password-file, or --token-file; or check them.' }],
  [403, { message: 'does not allow it', hint: 'Ask for the right to add objects to this collection.' }],
  [404, { message: 'has no such collection, or hides it', hint: 'Check the address and the credentials.' }],
  [405, { message: 'does not take objects at this address', hint: 'Check the address: …/collections/{id}/' }],
  [406, { message: 'does not speak TAXII 2.1 here', hint: 'Check the address; TAXII 1 and 2.0 are not spoken by this program.' }],
  [413, { message: 'takes no request of this size' }],
  [415, { message: 'does not take TAXII 2.1 envelopes' }],
  [422, { message: 'could not process the objects', hint: 'It may not know a type of object, or an extension.' }],
  [429, { message: 'is asked too often' }],
])

/** What an answer that is no success means, and what the server says about it (TAXII 2.1, sections 3.6 and 5.5). */
export function describeRefusal(answer: TaxiiAnswer): Problem {
  const { message, hint } = meanings.get(answer.status) ?? { message: 'did not do it' }
  const error = readJsonAnswer(answer)
  const said = [textOf(error, 'title') ?? '', textOf(error, 'description') ?? ''].filter((text) => text !== '').join(': ')
  return {
    message: `${message} (HTTP ${answer.status}${said === '' ? '' : `: ${shorten(said)}`})`,
    ...(hint !== undefined && { hint }),
  }
}

/** The JSON of an answer. Undefined when it says that it is something else, is not well-formed, or nests too deep. */
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

/** What a server says, no longer than a person reads. */
export function shorten(text: string): string {
  return text.length <= mostCharacters ? text : `${text.slice(0, mostCharacters).toWellFormed()}…`
}
