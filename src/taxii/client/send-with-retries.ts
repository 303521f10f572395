import { countNoun } from '../../diagnostics/counts-in-words.js'
import { type ClientSurroundings, describeRefusal, type NoAnswer, type Problem, type TaxiiAnswer, type TaxiiRequest } from './exchange.js'

/** How often to try again, and how long to wait for it. */
interface RetryPolicy {
  /** Attempts after the first. */
  readonly retries: number
  /** Milliseconds. A server that asks for more is not waited for. */
  readonly longestWait: number
  /** Told why another attempt is made. */
  readonly retrying: (problem: string) => void
}

/** An answer of any status but those that may pass, or why there is none. */
export type Sent = { readonly answer: TaxiiAnswer } | { readonly problem: Problem }

/** What may pass: too many requests, and gateways whose server is away (RFC 6585, section 4; RFC 9110, section 15.6). */
const passing: ReadonlySet<number> = new Set([429, 502, 503, 504])
const firstPause = 1000
const longestPause = 60_000

/**
 * Sends a request, again after what may pass: a broken connection, 429, 502, 503, 504. Pauses double from one second on, and are
 * at least what the server asks for. This goes for POST too: an envelope's objects have ids and versions of their own, so that a
 * server which got it twice holds them once (TAXII 2.1, section 5.5).
 */
export async function sendWithRetries(
  request: TaxiiRequest, { retries, longestWait, retrying }: RetryPolicy, { exchange, sleep, now }: ClientSurroundings,
): Promise<Sent> {
  for (let attempt = 0; ; attempt += 1) {
    const result = await exchange(request)
    if (result.kind === 'answer' && !passing.has(result.status)) return { answer: result }
    const problem = describe(result)
    if (result.kind === 'refused') return { problem }
    if (attempt >= retries) {
      return { problem: { ...problem, message: `${problem.message}; ${countNoun(attempt + 1, 'attempt')} made` } }
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

/** Milliseconds that a header Retry-After asks to wait: seconds, or a date (RFC 9110, section 10.2.3). 0 when it is neither. */
function readRetryAfter(text: string | undefined, now: number): number {
  if (text === undefined) return 0
  const value = text.trim()
  if (/^\d{1,15}$/.test(value)) return Number(value) * 1000
  const date = /^[A-Za-z]{3,9},? /.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(date) ? 0 : Math.max(0, date - now)
}
