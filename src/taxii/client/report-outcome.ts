import { countNoun } from '../../diagnostics/count-noun.js'
import type { Report } from '../../diagnostics/diagnostic.js'
import type { TreeDocument } from '../../formats/decoded.js'
import type { Origin } from '../../model/origin.js'
import type { Outcome, ToldObject } from './count-outcome.js'
import type { OutgoingObject } from './outgoing-object.js'
import type { Problem } from './problem.js'
import { shorten } from './shorten.js'
import type { Status } from './status.js'

/** Tells what a server did not add, by object where it names them. `problem`: why there is no final status. */
export function reportOutcome(
  outcome: Outcome, status: Status, total: number, problem: Problem | undefined, document: TreeDocument, report: Report,
): void {
  for (const told of outcome.failures) {
    report('push/rejected', { message: `The server did not add an object${quote(told)}`, ...describeObject(told.object, document) })
  }
  const { unnamedFailures, unnamedPendings, pendings } = outcome
  const origin = originOf(document)
  if (unnamedFailures > 0) {
    const which = unnamedFailures === total ? '' : ', and does not say which'
    const message = `The server did not add ${countNoun(unnamedFailures, 'object')} of ${total}${which}`
    report('push/rejected', { message, origin, count: unnamedFailures, subject: status.id })
  }
  for (const told of pendings) {
    report('push/unsettled', { message: `The server has not added an object yet${quote(told)}`, ...describeObject(told.object, document) })
  }
  if (unnamedPendings > 0 || problem) {
    const count = unnamedPendings + pendings.length
    const what = `it is not known what became of ${countNoun(count, 'object')}`
    const message = problem ? `The server ${problem.message}; ${what}` : `The server counts fewer objects than it was sent: ${what}`
    const hint = problem?.hint
    report('push/unsettled', { message, origin, count, subject: status.id, ...(hint !== undefined && { hint }) })
  }
  if (status.isComplete && status.total !== total) {
    report('push/counts-differ', { origin, found: countNoun(status.total, 'object'), expected: countNoun(total, 'object'), subject: status.id })
  }
}

/** The place of an object, its id and version. */
export function describeObject({ id, version, pointer }: OutgoingObject, document: TreeDocument) {
  const found = version === undefined ? id : `${id}, version ${version}`
  return { origin: originOf(document, pointer), found }
}

/** The place of a bundle, or of a pointer in it. */
export function originOf({ file, locate }: TreeDocument, pointer?: string): Origin {
  if (pointer === undefined) return { document: file.name, place: { kind: 'file' } }
  return { document: file.name, place: { kind: 'pointer', pointer, ...locate(pointer) } }
}

function quote({ message }: ToldObject): string {
  return message === undefined || message === '' ? '' : `: ${shorten(message)}`
}
