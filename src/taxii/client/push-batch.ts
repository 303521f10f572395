import type { CollectionAddress } from './collection-address.js'
import { describeRefusal } from './describe-refusal.js'
import type { ClientSurroundings } from './exchange.js'
import { pollStatus, type Polled } from './poll-status.js'
import type { Problem } from './problem.js'
import type { Send } from './read-collection.js'
import { readJsonAnswer } from './read-json-answer.js'
import { readStatus } from './status.js'

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
