import { countNoun } from '../../diagnostics/counts-in-words.js'
import { countOutcome, describeObject, originOf, reportOutcome } from './count-outcome.js'
import type { Problem } from './exchange.js'
import { leaveKnown } from './leave-known.js'
import { type OutgoingBundle, type OutgoingObject, takeBatch } from './outgoing-bundle.js'
import { type BatchResult, pushBatch } from './push-batch.js'
import type { PushedFile, PushRun } from './push-run.js'
import { acceptsVersion } from './read-collection.js'

type Tally = { -readonly [Name in keyof PushedFile]: PushedFile[Name] }

/**
 * Adds the objects of a bundle in its order, batch by batch. Waits for each batch to be processed before it sends the next, since
 * later objects refer to earlier ones.
 */
export async function pushBundle(bundle: OutgoingBundle, run: PushRun): Promise<PushedFile> {
  const { objects, specVersion, document } = bundle
  const { path } = document.file
  const tally: Tally = { path, objects: objects.length, sent: 0, added: 0, already: 0, failed: 0, pending: 0 }
  if (run.isStopped) {
    reportNotSent(bundle, objects.length, { message: 'The server failed on an earlier bundle' }, run)
    return tally
  }
  if (!acceptsVersion(run.collection, specVersion)) {
    const accepted = run.collection.mediaTypes?.join(' and ') ?? ''
    reportNotSent(bundle, objects.length, { message: `The collection does not accept STIX ${specVersion}, only ${accepted}` }, run)
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
  const { address, timeout, send, host } = run
  for (let position = 0; position < missing.length && !run.isStopped;) {
    host.progress?.('Pushing objects', position, missing.length)
    const batch = takeBatch(missing, position, run.limits)
    const { length } = batch.objects
    const result = await pushBatch(batch.body, address, timeout, send, host)
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
      reportNotSent(bundle, missing.length - position, { message: 'Later objects may refer to objects whose outcome is unknown' }, run)
    }
  }
}

/** Counts and reports the outcome of a batch that the server accepted, or that is a single object too large for it. */
function settle(
  result: Exclude<BatchResult, { kind: 'refused' }>,
  objects: readonly OutgoingObject[],
  { document }: OutgoingBundle,
  run: PushRun,
  tally: Tally,
): void {
  const { report } = run.host
  if (result.kind === 'too-large') {
    tally.failed += objects.length
    const message = `The server ${result.problem.message}`
    for (const object of objects) report('push/rejected', { message, ...describeObject(object, document) })
    return
  }
  tally.sent += objects.length
  if (result.kind === 'no-status') {
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

/** Reports that objects of a bundle were not sent. `why.message` is a main clause. */
function reportNotSent({ document }: OutgoingBundle, count: number, why: Problem, { host }: PushRun): void {
  const { message, hint } = why
  host.report('push/not-sent', {
    message: `${message}; ${countNoun(count, 'object')} not sent`,
    origin: originOf(document),
    ...(hint !== undefined && { hint }),
  })
}
