import { countNoun } from '../../diagnostics/counts-in-words.js'
import type { Report } from '../../diagnostics/diagnostic.js'
import type { TreeDocument } from '../../formats/decoded.js'
import { addToList } from '../../model/stated.js'
import type { Origin } from '../../model/origin.js'
import { shorten } from './exchange.js'
import { normaliseVersion, type OutgoingObject } from './outgoing-bundle.js'
import type { Polled, Status, StatusDetail } from './push-batch.js'

/** An object that a server did not add, or not yet, and the server's message. */
interface ReportedObject {
  readonly object: OutgoingObject
  readonly message?: string
}

/** The outcome of the objects of one request, each counted once. */
interface Outcome {
  readonly added: number
  readonly already: number
  readonly failures: readonly ReportedObject[]
  /** Failures that the server counts without naming the object. */
  readonly unnamedFailures: number
  readonly pendings: readonly ReportedObject[]
  /** Objects whose outcome the server does not state. */
  readonly unnamedPendings: number
}

/** Servers should count a duplicate as a success (TAXII 2.1, section 5.5); some list it as a failure with such a message. */
const saysAlready = /\b(?:already|identical|duplicate)\b/i

/** Derives the outcome of the objects that were sent from the server's status; ignores other objects in it. */
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

/** How many objects have neither succeeded nor failed; while the request is not complete, at least all that the status does not count. */
function countUnsettled(length: number, { isComplete, total, successCount, failureCount, pendingCount }: Status): number {
  const settled = successCount + failureCount
  if (!isComplete) return Math.max(pendingCount, length - settled)
  return total === length ? Math.max(pendingCount, total - settled) : pendingCount
}

function split(reported: readonly ReportedObject[]): readonly [duplicates: readonly ReportedObject[], others: readonly ReportedObject[]] {
  const isDuplicate = ({ message }: ReportedObject): boolean => message !== undefined && saysAlready.test(message)
  return [reported.filter(isDuplicate), reported.filter((one) => !isDuplicate(one))]
}

/** Returns a function that finds the objects of status details; every object once, even if the server repeats it. */
function createFinder(objects: readonly OutgoingObject[]): (details: readonly StatusDetail[]) => readonly ReportedObject[] {
  const byId = new Map<string, OutgoingObject[]>()
  for (const object of objects) addToList(byId, object.id, object)
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

/** Reports the objects that a server did not add, one by one where it names them. `problem`: why there is no final status. */
export function reportOutcome(
  outcome: Outcome,
  { status, problem }: Polled,
  total: number,
  document: TreeDocument,
  report: Report,
): void {
  for (const failure of outcome.failures) {
    const message = `The server did not add an object${quote(failure)}`
    report('push/rejected', { message, ...describeObject(failure.object, document) })
  }
  const { unnamedFailures, unnamedPendings, pendings } = outcome
  const origin = originOf(document)
  if (unnamedFailures > 0) {
    const which = unnamedFailures === total ? '' : ', and does not name them'
    const message = `The server did not add ${unnamedFailures} of ${countNoun(total, 'object')}${which}`
    report('push/rejected', { message, origin, count: unnamedFailures })
  }
  for (const pending of pendings) {
    const message = `The server has not added an object yet${quote(pending)}`
    report('push/unsettled', { message, ...describeObject(pending.object, document) })
  }
  if (unnamedPendings > 0 || problem) {
    const count = unnamedPendings + pendings.length
    const reason = problem?.message ?? 'reports fewer objects than it was sent'
    const message = `The server ${reason}; the outcome of ${countNoun(count, 'object')} is unknown`
    const hint = problem?.hint
    report('push/unsettled', { message, origin, count, ...(hint !== undefined && { hint }) })
  }
  if (status.isComplete && status.total !== total) {
    const found = countNoun(status.total, 'object')
    report('push/counts-differ', { origin, found, expected: countNoun(total, 'object') })
  }
}

/** The place of an object, and its id and version, as details of a diagnostic. */
export function describeObject({ id, version, pointer }: OutgoingObject, document: TreeDocument) {
  const found = version === undefined ? id : `${id}, version ${version}`
  return { origin: originOf(document, pointer), found }
}

/** The place of a bundle, or of a JSON pointer in it. */
export function originOf(document: TreeDocument, pointer?: string): Origin {
  const { name } = document.file
  if (pointer === undefined) return { document: name, place: { kind: 'file' } }
  return { document: name, place: { kind: 'pointer', pointer, ...document.locate(pointer) } }
}

function quote({ message }: ReportedObject): string {
  return message === undefined || message === '' ? '' : `: ${shorten(message)}`
}
