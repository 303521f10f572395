import { type FileHandle, mkdir, open } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { refuseAddress } from './addresses.js'
import { findPartial, removePartial, requestDownload, startPartial } from './request-download.js'

/** How to download. */
export interface DownloadOptions extends DownloadLimits {
  /** Milliseconds to wait before each further attempt: as many attempts as there are, and one. */
  readonly pauses: readonly number[]
  /** Told why another attempt is made. */
  readonly retrying?: (problem: string) => void
}

/** The longest that a server may ask us to wait, in milliseconds. */
const longestWait = 60_000

/**
 * Downloads a file over https. Problems that may pass (5xx, 429, a broken or silent connection) are tried again, from where the
 * last attempt stopped if the server can. Undefined when the file is there; else a sentence that follows the address.
 */
export async function downloadFile(address: URL, file: string, options: DownloadOptions): Promise<string | undefined> {
  const fault = refuseAddress(address)
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
    if (pause === undefined) return `${outcome.problem}; ${attempt + 1} attempts were made`
    options.retrying?.(outcome.problem)
    await sleep(Math.max(pause, Math.min(outcome.after ?? 0, longestWait)))
  }
}

/** Limits of a download, and whom to tell how far it is. */
export interface DownloadLimits {
  readonly maxBytes: number
  /** Milliseconds without a byte after which the server counts as gone. */
  readonly stall: number
  /** Bytes so far, and of the whole where the server says. */
  readonly progress?: (done: number, total: number | undefined) => void
}

/** How an attempt ended: with the file, a problem that may pass (after the milliseconds that the server asks for), or for good. */
type AttemptOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'again'; readonly problem: string; readonly after?: number }
  | { readonly kind: 'failed'; readonly problem: string }

/** Tries once to download a file, from where an earlier attempt stopped if the server can. What came in stays for the next. */
async function attemptDownload(address: URL, file: string, limits: DownloadLimits): Promise<AttemptOutcome> {
  const controller = new AbortController()
  const watch = setTimeout(() => controller.abort(), limits.stall)
  try {
    const partial = await findPartial(file, address.href)
    const answer = await requestDownload(address, partial, controller.signal)
    if ('problem' in answer) return { kind: 'failed', problem: answer.problem }
    const { response } = answer
    const refusal = readRefusal(response)
    if (refusal) {
      await response.body?.cancel()
      // What we have is not a beginning of what the server has: begin anew.
      if (response.status === 416) await removePartial(file)
      return refusal
    }
    const isRest = response.status === 206
    if (isRest && !startsAt(response, partial.size)) {
      await response.body?.cancel()
      await removePartial(file)
      return { kind: 'again', problem: 'sent another part of the file than was asked for' }
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
    if (controller.signal.aborted) return { kind: 'again', problem: `sent nothing for ${limits.stall / 1000} seconds` }
    if (isDiskError(error)) return { kind: 'failed', problem: `could not be saved (${describeError(error)})` }
    return { kind: 'again', problem: `could not be reached, or broke off (${describeError(error)})` }
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
  return total === undefined || done === total ? { kind: 'done' } : { kind: 'again', problem: 'broke off' }
}

function readRefusal({ status, headers }: Response): AttemptOutcome | undefined {
  if (status === 200 || status === 206) return undefined
  const problem = `was answered with HTTP ${status}`
  if (status < 500 && status !== 429 && status !== 408 && status !== 416) return { kind: 'failed', problem }
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  return { kind: 'again', problem, ...(seconds >= 0 && { after: seconds * 1000 }) }
}

/** RFC 9110, section 14.4. */
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

/** A full or read-only disk is no fault of the network: asking again changes nothing. */
function isDiskError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && diskCalls.has(String(error.syscall))
}

/** `fetch` fails with "fetch failed", and the cause tells why. */
function describeError(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (!(cause instanceof Error)) return String(cause)
  return 'code' in cause ? String(cause.code) : cause.message
}
