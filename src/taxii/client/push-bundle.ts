import { countNoun } from '../../diagnostics/counts-in-words.js'
import { countOutcome, describeObject, originOf, reportOutcome } from './count-outcome.js'
import type { Problem } from './exchange.js'
import { leaveKnown } from './leave-known.js'
import { type OutgoingBundle, type OutgoingObject, takeBatch } from './outgoing-bundle.js'
import { type BatchResult, pushBatch } from './push-batch.js'
import type { PushedFile, PushRun } from './push-run.js'
import { takesVersion } from './read-collection.js'

type Tally = { -readonly [Name in keyof PushedFile]: PushedFile[Name] }

/**
 * Adds the objects of a bundle in its order, a batch after the other. Each is settled before the next is sent, since later
 * objects refer to earlier ones.
 */
export async function pushBundle(bundle: OutgoingBundle, run: PushRun): Promise<PushedFile> {
  const { objects, specVersion, document } = bundle
  const { path } = document.file
  const tally: Tally = { path, objects: objects.length, sent: 0, added: 0, already: 0, failed: 0, pending: 0 }
  if (run.isStopped) {
    reportNotSent(bundle, objects.length, { message: 'The server failed at an earlier bundle' }, run)
    return tally
  }
  if (!takesVersion(run.collection, specVersion)) {
    const taken = run.collection.mediaTypes?.join(' and ') ?? ''
    reportNotSent(bundle, objects.length, { message: `The collection takes no STIX ${specVersion}, only ${taken}` }, run)
    return tally
  }
  const missing = await leaveKnown(bundle, run)
  tally.already = objects.length - missing.length
  await pushMissing(missing, bundle, run, tally)
  return tally
}

async function pushMissing(
  missing: readonly OutgoingObject[],
  bundle: OutgoingBundle,
  run: PushRun,
  tally: Tally,
): Promise<void> {
  const { address, timeout, send, surroundings } = run
  for (let position = 0; position < missing.length && !run.isStopped;) {
    surroundings.progress?.('Pushing objects', position, missing.length)
    const batch = takeBatch(missing, position, run.limits)
    const { length } = batch.objects
    const result = await pushBatch(batch.body, address, timeout, send, surroundings)
    if (result.kind === 'too-large' && length > 1) {
      run.limits = { objects: Math.ceil(length / 2), bytes: Math.ceil(batch.bytes / 2) }
    } else if (result.kind === 'refused') {
      run.isStopped = true
      const { problem } = result
      reportNotSent(bundle, missing.length - position, { ...problem, message: `The server ${problem.message}` }, run)
    } else {
      position += length
      settle(result, batch.objects, bundle, run, tally)
      if (!run.isStopped || position === missing.length) continue
      reportNotSent(bundle, missing.length - position, { message: 'They may refer to objects that are not settled' }, run)
    }
  }
}

/** Counts what became of objects that a server took, or would not take whatever their number. */
function settle(
  result: Exclude<BatchResult, { kind: 'refused' }>,
  objects: readonly OutgoingObject[],
  { document }: OutgoingBundle,
  run: PushRun,
  tally: Tally,
): void {
  const { report } = run.surroundings
  if (result.kind === 'too-large') {
    tally.failed += objects.length
    const message = `The server ${result.problem.message}`
    for (const object of objects) report('push/rejected', { message, ...describeObject(object, document) })
    return
  }
  tally.sent += objects.length
  if (result.kind === 'untold') {
    tally.pending += objects.length
    run.isStopped = true
    const message = `The server ${result.problem.message}`
    report('push/unsettled', { message, origin: originOf(document), count: objects.length })
    return
  }
  const outcome = countOutcome(objects, result.status)
  tally.added += outcome.added
  tally.already += outcome.already
  tally.failed += outcome.failures.length + outcome.unnamedFailures
  tally.pending += outcome.pendings.length + outcome.unnamedPendings
  run.isStopped = result.problem !== undefined
  reportOutcome(outcome, result, objects.length, document, report)
}

/** Tells that objects of a bundle were not sent, and why: a whole sentence. */
function reportNotSent({ document }: OutgoingBundle, count: number, why: Problem, { surroundings }: PushRun): void {
  const { message, hint } = why
  surroundings.report('push/not-sent', {
    message: `${message}; ${countNoun(count, 'object')} not sent`,
    origin: originOf(document),
    ...(hint !== undefined && { hint }),
  })
}
