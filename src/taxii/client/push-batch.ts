import { fieldOf, itemsOf, textOf, type TreeValue } from '../../formats/decoded.js'
import { type ClientHost, describeRefusal, type Problem, readJsonAnswer } from './exchange.js'
import { type CollectionAddress, type Send, statusAddress } from './read-collection.js'

/**
 * The result of a request: a status; too large for the server; refused, so that nothing was added; or accepted without a readable
 * status.
 */
export type BatchResult =
  | ({ readonly kind: 'status' } & Polled)
  | { readonly kind: 'too-large', readonly problem: Problem }
  | { readonly kind: 'refused', readonly problem: Problem }
  | { readonly kind: 'no-status', readonly problem: Problem }

/** Adds the objects of an envelope to a collection, and waits until the server has processed them (TAXII 2.1, section 5.5). */
export async function pushBatch(
  body: string, address: CollectionAddress, timeout: number, send: Send, host: Pick<ClientHost, 'sleep' | 'now'>,
): Promise<BatchResult> {
  const sent = await send({ method: 'POST', address: address.objects, body })
  if ('problem' in sent) return { kind: 'refused', problem: sent.problem }
  const { answer } = sent
  if (answer.status === 413) return { kind: 'too-large', problem: describeRefusal(answer) }
  // The specification requires 202; OpenCTI responds with 200.
  if (answer.status < 200 || answer.status > 299) return { kind: 'refused', problem: describeRefusal(answer) }
  const status = readStatus(readJsonAnswer(answer))
  if (!status) {
    const message = `accepted the objects (HTTP ${answer.status}), but did not return a readable status`
    return { kind: 'no-status', problem: { message } }
  }
  return { kind: 'status', ...await pollStatus(status, address, timeout, send, host) }
}

/** The last status of a request, and why it is not the final one. */
export interface Polled {
  readonly status: Status
  readonly problem?: Problem
}

const firstPause = 100
const longestPause = 30_000

/**
 * Polls the status of a request until it is complete (TAXII 2.1, sections 4.3 and 5.5), with pauses that double from a tenth of a
 * second to half a minute, for at most `timeout` milliseconds.
 */
async function pollStatus(
  first: Status,
  address: CollectionAddress,
  timeout: number,
  send: Send,
  { sleep, now }: Pick<ClientHost, 'sleep' | 'now'>,
): Promise<Polled> {
  let status = first
  if (status.isComplete) return { status }
  const target = statusAddress(address, first.id)
  if (!target) return { status, problem: { message: 'returned an invalid status id' } }
  const end = now() + timeout
  for (let pause = firstPause; now() < end; pause = Math.min(pause * 2, longestPause)) {
    await sleep(Math.min(pause, end - now()))
    const sent = await send({ method: 'GET', address: target })
    if ('problem' in sent) return { status, problem: sent.problem }
    const { answer } = sent
    if (answer.status !== 200) return { status, problem: describeRefusal(answer) }
    const next = readStatus(readJsonAnswer(answer))
    if (!next) return { status, problem: { message: 'returned an unreadable status of the request' } }
    // The first id counts, so that a server can't redirect the polling.
    status = { ...next, id: first.id }
    if (status.isComplete) return { status }
  }
  return {
    status,
    problem: {
      message: `had not processed the request after ${Math.round(timeout / 1000)} seconds`,
      hint: 'Run the command again later, or with a longer --timeout; no object is added twice.',
    },
  }
}

/** The status of one object. */
export interface StatusDetail {
  readonly id: string
  readonly version?: string
  readonly message?: string
}

/** The status resource of a request (TAXII 2.1, section 4.3.1). */
export interface Status {
  readonly id: string
  readonly isComplete: boolean
  /** 0 if the server has not counted yet. */
  readonly total: number
  readonly successCount: number
  readonly failureCount: number
  readonly pendingCount: number
  readonly successes: readonly StatusDetail[]
  readonly failures: readonly StatusDetail[]
  readonly pendings: readonly StatusDetail[]
}

/** Reads a status resource; undefined if the value is not one. Invalid counts become 0. */
export function readStatus(value: TreeValue | undefined): Status | undefined {
  const id = textOf(value, 'id')
  const status = textOf(value, 'status')
  if (id === undefined || (status !== 'complete' && status !== 'pending')) return undefined
  return {
    id,
    isComplete: status === 'complete',
    total: countOf(value, 'total_count'),
    successCount: countOf(value, 'success_count'),
    failureCount: countOf(value, 'failure_count'),
    pendingCount: countOf(value, 'pending_count'),
    successes: detailsOf(value, 'successes'),
    failures: detailsOf(value, 'failures'),
    pendings: detailsOf(value, 'pendings'),
  }
}

function countOf(value: TreeValue | undefined, name: string): number {
  const count = fieldOf(value, name)
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : 0
}

function detailsOf(value: TreeValue | undefined, name: string): readonly StatusDetail[] {
  return itemsOf(value, name).flatMap((item) => {
    const id = textOf(item, 'id')
    if (id === undefined) return []
    const version = textOf(item, 'version')
    const message = textOf(item, 'message')
    return [{ id, ...(version !== undefined && { version }), ...(message !== undefined && { message }) }]
  })
}
