import { type FileHandle, mkdir, open } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { countNoun } from '../diagnostics/counts-in-words.js'
import { checkAddress } from './addresses.js'
import { findPartial, removePartial, requestDownload, startPartial } from './request-download.js'

/** Options of a download. */
export interface DownloadOptions extends DownloadLimits {
  /** Milliseconds to wait before each retry; there is one attempt more than pauses. */
  readonly pauses: readonly number[]
  /** Called before each retry, with the reason as a predicate that completes "<address> …". */
  readonly retrying?: (problem: string) => void
}

/** Longest Retry-After that is respected, in milliseconds. */
const maxRetryAfter = 60_000

/**
 * Downloads a file over https. Temporary problems (5xx, 429, a broken or stalled connection) are retried, resuming where the last attempt
 * stopped if the server supports it. Undefined on success; else the problem, as a predicate that completes "<address> …".
 */
export async function downloadFile(address: URL, file: string, options: DownloadOptions): Promise<string | undefined> {
  const fault = checkAddress(address)
  if (fault !== undefined) return fault
  try {
    await mkdir(path.dirname(file), { recursive: true })
  } catch (error) {
    return `could not be saved: ${error instanceof Error ? error.message : String(error)}`
  }
  for (let attempt = 0; ; attempt += 1) {
    const outcome = await attemptDownload(address, file, options)
    if (outcome.kind === 'done') return undefined
    const pause = options.pauses[attempt]
    if (outcome.kind === 'failed') {
      await removePartial(file)
      return outcome.problem
    }
    if (pause === undefined) return `${outcome.problem}; gave up after ${countNoun(attempt + 1, 'attempt')}`
    options.retrying?.(outcome.problem)
    await sleep(Math.max(pause, Math.min(outcome.after ?? 0, maxRetryAfter)))
  }
}

/** Limits of a download, and its progress callback. */
export interface DownloadLimits {
  readonly maxBytes: number
  /** Milliseconds without data after which an attempt fails. */
  readonly stall: number
  /** Called with the bytes so far, and the total if the server states it. */
  readonly progress?: (done: number, total: number | undefined) => void
}

/** Outcome of an attempt: complete, a temporary problem (`after`: milliseconds requested by the server), or a permanent one. */
type AttemptOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'again'; readonly problem: string; readonly after?: number }
  | { readonly kind: 'failed'; readonly problem: string }

/** Makes one attempt, resuming an earlier one if possible. The bytes received are kept for the next attempt. */
async function attemptDownload(address: URL, file: string, limits: DownloadLimits): Promise<AttemptOutcome> {
  const controller = new AbortController()
  const watch = setTimeout(() => controller.abort(), limits.stall)
  try {
    const partial = await findPartial(file, address.href)
    const result = await requestDownload(address, partial, controller.signal)
    if ('problem' in result) return { kind: 'failed', problem: result.problem }
    const { response } = result
    const refusal = readRefusal(response)
    if (refusal) {
      await response.body?.cancel()
      // The partial file does not match the file on the server: start over.
      if (response.status === 416) await removePartial(file)
      return refusal
    }
    const isRest = response.status === 206
    if (isRest && !startsAt(response, partial.size)) {
      await response.body?.cancel()
      await removePartial(file)
      return { kind: 'again', problem: 'returned a different range than requested' }
    }
    const handle = isRest ? await open(file, 'a') : await startPartial(file, address.href, resumableTag(response))
    try {
      return await save(response, handle, isRest ? partial.size : 0, { ...limits, progress: (done, total) => {
        watch.refresh()
        limits.progress?.(done, total)
      } })
    } finally {
      await handle.close()
    }
  } catch (error) {
    if (controller.signal.aborted) return { kind: 'again', problem: `sent no data for ${limits.stall / 1000} seconds` }
    if (isDiskError(error)) return { kind: 'failed', problem: `could not be saved (${describeError(error)})` }
    return { kind: 'again', problem: `could not be reached, or the connection broke (${describeError(error)})` }
  } finally {
    clearTimeout(watch)
  }
}

async function save(response: Response, handle: FileHandle, before: number, limits: DownloadLimits): Promise<AttemptOutcome> {
  const { maxBytes, progress } = limits
  const length = response.headers.get('content-length')
  const total = length === null || isEncoded(response) ? undefined : before + Number(length)
  const tooLarge = { kind: 'failed', problem: `is larger than ${maxBytes} bytes (--max-size)` } as const
  if (total !== undefined && total > maxBytes) {
    await response.body?.cancel()
    return tooLarge
  }
  let done = before
  for await (const chunk of response.body ?? []) {
    done += chunk.byteLength
    if (done > maxBytes) return tooLarge
    await handle.write(chunk)
    progress?.(done, total)
  }
  await handle.sync()
  return total === undefined || done === total ? { kind: 'done' } : { kind: 'again', problem: 'closed the connection early' }
}

function readRefusal({ status, headers }: Response): AttemptOutcome | undefined {
  if (status === 200 || status === 206) return undefined
  const problem = `returned HTTP ${status}`
  if (status < 500 && status !== 429 && status !== 408 && status !== 416) return { kind: 'failed', problem }
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  return { kind: 'again', problem, ...(seconds >= 0 && { after: seconds * 1000 }) }
}

/** Whether Content-Range starts at a position (RFC 9110, section 14.4). */
function startsAt({ headers }: Response, position: number): boolean {
  return Number(/^bytes (\d{1,15})-/.exec(headers.get('content-range') ?? '')?.[1] ?? Number.NaN) === position
}

function resumableTag(response: Response): string | null {
  return isEncoded(response) ? null : response.headers.get('etag')
}

function isEncoded({ headers }: Response): boolean {
  return (headers.get('content-encoding') ?? 'identity') !== 'identity'
}

const diskCalls: ReadonlySet<string> = new Set(['open', 'write', 'fsync', 'unlink', 'mkdir'])

/** Whether an error comes from the disk (full, read-only): retrying the request does not help. */
function isDiskError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && diskCalls.has(String(error.syscall))
}

/** Error code or message of the cause: `fetch` itself only says "fetch failed". */
function describeError(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (!(cause instanceof Error)) return String(cause)
  return 'code' in cause ? String(cause.code) : cause.message
}
