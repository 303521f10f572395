import { countNoun } from '../../diagnostics/counts-in-words.js'
import type { Report } from '../../diagnostics/diagnostic.js'
import type { TreeDocument } from '../../formats/decoded.js'
import type { Origin } from '../../model/origin.js'
import { shorten } from './exchange.js'
import { normaliseVersion, type OutgoingObject } from './outgoing-bundle.js'
import type { Polled, Status, StatusDetail } from './push-batch.js'

/** An object that a server did not add, or not yet, and what it says about it. */
interface ReportedObject {
  readonly object: OutgoingObject
  readonly message?: string
}

/** What became of the objects of one request. Counts, `failures` and `pendings` together are all of them. */
interface Outcome {
  readonly added: number
  readonly already: number
  readonly failures: readonly ReportedObject[]
  /** Failures that the server counts, and does not name. */
  readonly unnamedFailures: number
  readonly pendings: readonly ReportedObject[]
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

function split(told: readonly ReportedObject[]): readonly [duplicates: readonly ReportedObject[], others: readonly ReportedObject[]] {
  const isDuplicate = ({ message }: ReportedObject): boolean => message !== undefined && saysAlready.test(message)
  return [told.filter(isDuplicate), told.filter((one) => !isDuplicate(one))]
}

/** Finds objects by what a server says of them; each once, whatever it repeats. */
function createFinder(objects: readonly OutgoingObject[]): (details: readonly StatusDetail[]) => readonly ReportedObject[] {
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

/** Tells what a server did not add, by object where it names them. `problem`: why there is no final status. */
export function reportOutcome(
  outcome: Outcome,
  { status, problem }: Polled,
  total: number,
  document: TreeDocument,
  report: Report,
): void {
  for (const told of outcome.failures) {
    const message = `The server did not add an object${quote(told)}`
    report('push/rejected', { message, ...describeObject(told.object, document) })
  }
  const { unnamedFailures, unnamedPendings, pendings } = outcome
  const origin = originOf(document)
  if (unnamedFailures > 0) {
    const which = unnamedFailures === total ? '' : ', and does not say which'
    const message = `The server did not add ${countNoun(unnamedFailures, 'object')} of ${total}${which}`
    report('push/rejected', { message, origin, count: unnamedFailures })
  }
  for (const told of pendings) {
    const message = `The server has not added an object yet${quote(told)}`
    report('push/unsettled', { message, ...describeObject(told.object, document) })
  }
  if (unnamedPendings > 0 || problem) {
    const count = unnamedPendings + pendings.length
    const what = `it is not known what became of ${countNoun(count, 'object')}`
    const message = `The server ${problem?.message ?? 'counts fewer objects than it was sent'}; ${what}`
    const hint = problem?.hint
    report('push/unsettled', { message, origin, count, ...(hint !== undefined && { hint }) })
  }
  if (status.isComplete && status.total !== total) {
    const found = countNoun(status.total, 'object')
    report('push/counts-differ', { origin, found, expected: countNoun(total, 'object') })
  }
}

/** The place of an object, its id and version. */
export function describeObject({ id, version, pointer }: OutgoingObject, document: TreeDocument) {
  const found = version === undefined ? id : `${id}, version ${version}`
  return { origin: originOf(document, pointer), found }
}

/** The place of a bundle, or of a pointer in it. */
export function originOf(document: TreeDocument, pointer?: string): Origin {
  const { name } = document.file
  if (pointer === undefined) return { document: name, place: { kind: 'file' } }
  return { document: name, place: { kind: 'pointer', pointer, ...document.locate(pointer) } }
}

function quote({ message }: ReportedObject): string {
  return message === undefined || message === '' ? '' : `: ${shorten(message)}`
}
