import { statusAddress, type CollectionAddress } from './collection-address.js'
import { describeRefusal } from './describe-refusal.js'
import type { ClientSurroundings } from './exchange.js'
import type { Problem } from './problem.js'
import type { Send } from './read-collection.js'
import { readJsonAnswer } from './read-json-answer.js'
import { readStatus, type Status } from './status.js'

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
export async function pollStatus(
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
