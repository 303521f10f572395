import { normaliseVersion } from './object-version.js'
import type { OutgoingObject } from './outgoing-object.js'
import type { Status, StatusDetail } from './status.js'

/** An object that a server did not add, or not yet, and what it says about it. */
export interface ToldObject {
  readonly object: OutgoingObject
  readonly message?: string
}

/** What became of the objects of one request. Counts, `failures` and `pendings` together are all of them. */
export interface Outcome {
  readonly added: number
  readonly already: number
  readonly failures: readonly ToldObject[]
  /** Failures that the server counts, and does not name. */
  readonly unnamedFailures: number
  readonly pendings: readonly ToldObject[]
  /** Objects that are not known to be added or to have failed. */
  readonly unnamedPendings: number
}

/** Servers should count a duplicate as a success (TAXII 2.1, section 5.5); some list it as a failure, and say why. */
const saysAlready = /\b(?:already|identical|duplicate)\b/i

/** Compares what a server says with what it was sent. What it says of other objects is none of ours. */
export function countOutcome(objects: readonly OutgoingObject[], status: Status): Outcome {
  const find = createFinder(objects)
  const [duplicates, failures] = split(find(status.failures))
  const already = duplicates.length + split(find(status.successes))[0].length
  const pendings = status.isComplete && status.pendingCount === 0 ? [] : find(status.pendings)
  let rest = objects.length - failures.length - already - pendings.length
  const take = (count: number): number => {
    const taken = Math.max(0, Math.min(count, rest))
    rest -= taken
    return taken
  }
  const unnamedFailures = take(status.failureCount - failures.length - duplicates.length)
  const unnamedPendings = take(countUnsettled(objects.length, status) - pendings.length)
  return { added: rest, already, failures, unnamedFailures, pendings, unnamedPendings }
}

/** A request that is not complete has as many objects open as are not known to have succeeded or failed. */
function countUnsettled(length: number, { isComplete, total, successCount, failureCount, pendingCount }: Status): number {
  const settled = successCount + failureCount
  if (!isComplete) return Math.max(pendingCount, length - settled)
  return total === length ? Math.max(pendingCount, total - settled) : pendingCount
}

function split(told: readonly ToldObject[]): readonly [duplicates: readonly ToldObject[], others: readonly ToldObject[]] {
  const isDuplicate = ({ message }: ToldObject): boolean => message !== undefined && saysAlready.test(message)
  return [told.filter(isDuplicate), told.filter((one) => !isDuplicate(one))]
}

/** Finds objects by what a server says of them; each once, whatever it repeats. */
function createFinder(objects: readonly OutgoingObject[]): (details: readonly StatusDetail[]) => readonly ToldObject[] {
  const byId = new Map<string, OutgoingObject[]>()
  for (const object of objects) {
    const versions = byId.get(object.id)
    if (versions) versions.push(object)
    else byId.set(object.id, [object])
  }
  const used = new Set<OutgoingObject>()
  return (details) => details.flatMap(({ id, version, message }) => {
    const open = byId.get(id)?.filter((object) => !used.has(object)) ?? []
    const wanted = version === undefined ? undefined : normaliseVersion(version)
    const object = open.find((one) => one.version === wanted) ?? open[0]
    if (!object) return []
    used.add(object)
    return [{ object, ...(message !== undefined && { message }) }]
  })
}
