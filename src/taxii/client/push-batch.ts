import type { TreeValue } from '../../formats/decoded.js'
import { fieldOf, itemsOf, textOf } from '../../formats/tree-fields.js'
import { type ClientSurroundings, describeRefusal, type Problem, readJsonAnswer } from './exchange.js'
import { type CollectionAddress, type Send, statusAddress } from './read-collection.js'

/**
 * How a request ended: with a status; too large for the server; refused, so that nothing was added; or accepted, and then nothing
 * that could be read.
 */
export type BatchResult =
  | ({ readonly kind: 'told' } & Polled)
  | { readonly kind: 'too-large', readonly problem: Problem }
  | { readonly kind: 'refused', readonly problem: Problem }
  | { readonly kind: 'untold', readonly problem: Problem }

/** Adds the objects of an envelope to a collection, and waits for what becomes of them (TAXII 2.1, section 5.5). */
export async function pushBatch(
  body: string, address: CollectionAddress, timeout: number, send: Send, surroundings: Pick<ClientSurroundings, 'sleep' | 'now'>,
): Promise<BatchResult> {
  const sent = await send({ method: 'POST', address: address.objects, body })
  if ('problem' in sent) return { kind: 'refused', problem: sent.problem }
  const { answer } = sent
  if (answer.status === 413) return { kind: 'too-large', problem: describeRefusal(answer) }
  // 202 is what the specification says; OpenCTI answers 200.
  if (answer.status < 200 || answer.status > 299) return { kind: 'refused', problem: describeRefusal(answer) }
  const status = readStatus(readJsonAnswer(answer))
  if (!status) {
    const message = `accepted the objects (HTTP ${answer.status}), but told no status that can be read`
    return { kind: 'untold', problem: { message } }
  }
  return { kind: 'told', ...await pollStatus(status, address, timeout, send, surroundings) }
}

/** The last that a server told of a request, and why that is not the end of it. */
export interface Polled {
  readonly status: Status
  readonly problem?: Problem
}

const firstPause = 100
const longestPause = 30_000

/**
 * Asks what became of a request until that is settled (TAXII 2.1, sections 4.3 and 5.5), after pauses that double from a tenth of a
 * second to half a minute, for as long as `timeout` (milliseconds) says.
 */
async function pollStatus(
  first: Status,
  address: CollectionAddress,
  timeout: number,
  send: Send,
  { sleep, now }: Pick<ClientSurroundings, 'sleep' | 'now'>,
): Promise<Polled> {
  let status = first
  if (status.isComplete) return { status }
  const target = statusAddress(address, first.id)
  if (!target) return { status, problem: { message: 'gave the request an id that is none' } }
  const end = now() + timeout
  for (let pause = firstPause; now() < end; pause = Math.min(pause * 2, longestPause)) {
    await sleep(Math.min(pause, end - now()))
    const sent = await send({ method: 'GET', address: target })
    if ('problem' in sent) return { status, problem: sent.problem }
    const { answer } = sent
    if (answer.status !== 200) return { status, problem: describeRefusal(answer) }
    const told = readStatus(readJsonAnswer(answer))
    if (!told) return { status, problem: { message: 'told the status of the request in a form that cannot be read' } }
    // Another id would lead elsewhere: the first one counts.
    status = { ...told, id: first.id }
    if (status.isComplete) return { status }
  }
  return {
    status,
    problem: {
      message: `had not finished after ${Math.round(timeout / 1000)} seconds`,
      hint: 'Run the command again later, or with a longer --timeout: nothing is added twice.',
    },
  }
}

/** What a server says of one object. */
export interface StatusDetail {
  readonly id: string
  readonly version?: string
  readonly message?: string
}

/** What became of a request (TAXII 2.1, section 4.3.1). */
export interface Status {
  readonly id: string
  readonly isComplete: boolean
  /** 0 where the server has not counted yet. */
  readonly total: number
  readonly successCount: number
  readonly failureCount: number
  readonly pendingCount: number
  readonly successes: readonly StatusDetail[]
  readonly failures: readonly StatusDetail[]
  readonly pendings: readonly StatusDetail[]
}

/** Reads a status resource; undefined when a value is none. Counts that are no counts are taken for 0. */
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
