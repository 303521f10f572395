import { countNoun } from '../../diagnostics/count-noun.js'
import type { Report } from '../../diagnostics/diagnostic.js'
import type { TreeDocument } from '../../formats/decoded.js'
import type { Origin } from '../../model/origin.js'
import type { Outcome, ToldObject } from './count-outcome.js'
import type { OutgoingObject } from './outgoing-object.js'
import type { Polled } from './poll-status.js'
import { shorten } from './shorten.js'

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

function quote({ message }: ToldObject): string {
  return message === undefined || message === '' ? '' : `: ${shorten(message)}`
}
