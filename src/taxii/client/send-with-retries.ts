import { countNoun } from '../../diagnostics/counts-in-words.js'
import { type ClientHost, describeRefusal, type NoAnswer, type Problem, type TaxiiAnswer, type TaxiiRequest } from './exchange.js'

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
export type Sent = { readonly answer: TaxiiAnswer } | { readonly problem: Problem }

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
