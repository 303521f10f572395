import { type FileHandle, mkdir, open } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { countNoun } from '../diagnostics/counts-in-words.js'
import { tool } from '../model/tool.js'
import { checkAddress } from './addresses.js'
import { decodedBody, describeEncoding, type Network, sendRequest } from './network.js'
import { findPartial, nothing, type PartialDownload, removePartial, startPartial } from './partial-download.js'

/** Options of a download. */
export interface DownloadOptions extends DownloadLimits {
  /** Milliseconds to wait before each retry, by default 1000, 3000, 9000; there is one attempt more than pauses. */
  readonly pauses?: readonly number[]
  /** Called before each retry, with the reason as a predicate that completes "<address> …". */
  readonly retrying?: (problem: string) => void
}

/** Limits of a download, the network to use, and the progress callback. */
interface DownloadLimits {
  readonly maxBytes: number
  /** Milliseconds without data after which an attempt fails. */
  readonly stall: number
  /** Proxies and certificates; by default those of Node.js, without proxies. */
  readonly network?: Network
  /** Called with the bytes so far, and the total if the server states it. */
  readonly progress?: (done: number, total: number | undefined) => void
}

const usualPauses: readonly number[] = [1000, 3000, 9000]
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
  return download(address, {
    find: () => findPartial(file, address.href),
    open: (isRest, etag) => (isRest ? open(file, 'a') : startPartial(file, address.href, etag)),
    discard: () => removePartial(file),
  }, options)
}

/** Downloads a file into memory, with the same limits and retries. The bytes; or the problem, as a predicate for "<address> …". */
export async function downloadBytes(address: URL, options: DownloadOptions): Promise<{ bytes: Uint8Array } | { problem: string }> {
  const chunks: Uint8Array[] = []
  const clear = (): void => { chunks.length = 0 }
  const memory = { write: async (chunk: Uint8Array) => Promise.resolve(chunks.push(chunk)), sync: settle, close: settle }
  const problem = checkAddress(address) ?? await download(address, {
    find: async () => Promise.resolve(nothing),
    open: async () => {
      clear()
      return Promise.resolve(memory)
    },
    discard: async () => Promise.resolve(clear()),
  }, options)
  return problem === undefined ? { bytes: Buffer.concat(chunks) } : { problem }
}

async function settle(): Promise<void> {
  return Promise.resolve()
}

/** Where the bytes of a download go. */
interface Target {
  /** What an earlier attempt left. */
  readonly find: () => Promise<PartialDownload>
  /** Opens it for the rest, or for the whole from the start. */
  readonly open: (isRest: boolean, etag: string | undefined) => Promise<Sink>
  /** Removes what an earlier attempt left. */
  readonly discard: () => Promise<void>
}

interface Sink extends Pick<FileHandle, 'sync' | 'close'> {
  write(chunk: Uint8Array): Promise<unknown>
}

async function download(address: URL, target: Target, options: DownloadOptions): Promise<string | undefined> {
  for (let attempt = 0; ; attempt += 1) {
    const outcome = await attemptDownload(address, target, options)
    if (outcome.kind === 'done') return undefined
    const pause = (options.pauses ?? usualPauses)[attempt]
    if (outcome.kind === 'failed') {
      await target.discard()
      return outcome.problem
    }
    if (pause === undefined) return `${outcome.problem}; gave up after ${countNoun(attempt + 1, 'attempt')}`
    options.retrying?.(outcome.problem)
    await sleep(Math.max(pause, Math.min(outcome.after ?? 0, maxRetryAfter)))
  }
}

/** Outcome of an attempt: complete, a temporary problem (`after`: milliseconds requested by the server), or a permanent one. */
type AttemptOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'again'; readonly problem: string; readonly after?: number }
  | { readonly kind: 'failed'; readonly problem: string }

/** Makes one attempt, resuming an earlier one if possible. The bytes received are kept for the next attempt. */
async function attemptDownload(address: URL, target: Target, limits: DownloadLimits): Promise<AttemptOutcome> {
  const controller = new AbortController()
  const watch = setTimeout(() => controller.abort(), limits.stall)
  try {
    const partial = await target.find()
    const sent = await sendRequest(address, requestHeaders(partial), limits.network ?? { env: {} }, controller.signal)
    if ('problem' in sent) return { kind: sent.isTemporary ? 'again' : 'failed', problem: sent.problem }
    const { response } = sent
    const refusal = readRefusal(response)
    if (refusal) {
      response.destroy()
      // The partial file does not match the file on the server: start over.
      if (response.statusCode === 416) await target.discard()
      return refusal
    }
    const isRest = response.statusCode === 206
    if (isRest && !startsAt(response, partial.size)) {
      response.destroy()
      await target.discard()
      return { kind: 'again', problem: 'returned a different range than requested' }
    }
    const handle = await target.open(isRest, isEncoded(response) ? undefined : response.headers.etag)
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

function requestHeaders({ size, etag }: PartialDownload): Readonly<Record<string, string>> {
  // Ranges refer to the bytes as sent: a compressed response could not be resumed.
  const headers = { 'accept': '*/*', 'accept-encoding': 'identity', 'user-agent': tool.name }
  return size > 0 ? { ...headers, 'range': `bytes=${size}-`, 'if-range': etag } : headers
}

async function save(
  response: IncomingMessage, handle: Sink, before: number, { maxBytes, progress }: DownloadLimits,
): Promise<AttemptOutcome> {
  const length = response.headers['content-length']
  const total = length === undefined || isEncoded(response) ? undefined : before + Number(length)
  const tooLarge = { kind: 'failed', problem: `is larger than ${maxBytes} bytes (--max-size)` } as const
  const body = total !== undefined && total > maxBytes ? undefined : decodedBody(response)
  if (!body) {
    response.destroy()
    return total === undefined ? { kind: 'failed', problem: `is compressed in an unknown way (${describeEncoding(response)})` } : tooLarge
  }
  let done = before
  for await (const chunk of body) {
    if (!(chunk instanceof Uint8Array)) continue
    done += chunk.byteLength
    if (done > maxBytes) {
      response.destroy()
      return tooLarge
    }
    await handle.write(chunk)
    progress?.(done, total)
  }
  await handle.sync()
  return total === undefined || done === total ? { kind: 'done' } : { kind: 'again', problem: 'closed the connection early' }
}

function isEncoded(response: IncomingMessage): boolean {
  return describeEncoding(response) !== 'identity'
}

function readRefusal({ statusCode: status = 0, headers }: IncomingMessage): AttemptOutcome | undefined {
  if (status === 200 || status === 206) return undefined
  const problem = `returned HTTP ${status}`
  if (status < 500 && status !== 429 && status !== 408 && status !== 416) return { kind: 'failed', problem }
  const seconds = Number(headers['retry-after'] ?? Number.NaN)
  return { kind: 'again', problem, ...(seconds >= 0 && { after: seconds * 1000 }) }
}

/** Whether Content-Range starts at a position (RFC 9110, section 14.4). */
function startsAt({ headers }: IncomingMessage, position: number): boolean {
  return Number(/^bytes (\d{1,15})-/.exec(headers['content-range'] ?? '')?.[1] ?? Number.NaN) === position
}

const diskCalls: ReadonlySet<string> = new Set(['open', 'write', 'fsync', 'unlink', 'mkdir'])

/** Whether an error comes from the disk (full, read-only): retrying the request does not help. */
function isDiskError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && diskCalls.has(String(error.syscall))
}

function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'code' in error ? String(error.code) : error.message
}
