import { countOutcome } from './count-outcome.js'
import { leaveKnown, reportNotSent } from './leave-known.js'
import type { OutgoingBundle } from './outgoing-bundle.js'
import type { OutgoingObject } from './outgoing-object.js'
import { pushBatch, type BatchResult } from './push-batch.js'
import type { PushedFile } from './pushed-file.js'
import type { PushRun } from './push-run.js'
import { takesVersion } from './read-collection.js'
import { describeObject, originOf, reportOutcome } from './report-outcome.js'
import { takeBatch, type Batch } from './take-batch.js'

type Tally = { -readonly [Name in keyof PushedFile]: PushedFile[Name] }

/** Adds the objects of a bundle, in its order, a batch after the other; each is settled before the next is sent, since later objects refer to earlier ones. */
export async function pushBundle(bundle: OutgoingBundle, run: PushRun): Promise<PushedFile> {
  const { objects, specVersion, document } = bundle
  const tally: Tally = { path: document.file.path, objects: objects.length, sent: 0, added: 0, already: 0, failed: 0, pending: 0 }
  if (run.isStopped) {
    reportNotSent(bundle, objects.length, 'The server failed at an earlier bundle', undefined, run)
    return tally
  }
  if (!takesVersion(run.collection, specVersion)) {
    reportNotSent(bundle, objects.length, `The collection takes no STIX ${specVersion}, only ${run.collection.mediaTypes?.join(' and ') ?? ''}`, undefined, run)
    return tally
  }
  const missing = await leaveKnown(bundle, run)
  tally.already = objects.length - missing.length
  await pushMissing(missing, bundle, run, tally)
  return tally
}

async function pushMissing(missing: readonly OutgoingObject[], bundle: OutgoingBundle, run: PushRun, tally: Tally): Promise<void> {
  const { address, timeout, send, surroundings } = run
  for (let position = 0; position < missing.length;) {
    surroundings.progress?.('Pushing objects', position, missing.length)
    const batch = takeBatch(missing, position, run.limits)
    const { length } = batch.objects
    const result = await pushBatch(batch.body, address, timeout, send, surroundings)
    if (result.kind === 'too-large' && length > 1) {
      run.limits = { objects: Math.ceil(length / 2), bytes: Math.ceil(batch.bytes / 2) }
      continue
    }
    const open = missing.length - position
    position += length
    settle(result, batch, open, bundle, run, tally)
    if (run.isStopped && result.kind !== 'refused' && position < missing.length) {
      reportNotSent(bundle, missing.length - position, 'What refers to objects that are not settled has to wait', undefined, run)
    }
    if (run.isStopped) return
  }
}

/** `open`: how many objects of the bundle were not sent before this batch. */
function settle(result: BatchResult, { objects }: Batch, open: number, { document, ...bundle }: OutgoingBundle, run: PushRun, tally: Tally): void {
  const { report } = run.surroundings
  switch (result.kind) {
    case 'too-large':
      tally.failed += objects.length
      for (const object of objects) report('push/rejected', { message: `The server ${result.problem.message}`, ...describeObject(object, document) })
      return
    case 'refused':
      run.isStopped = true
      reportNotSent({ document, ...bundle }, open, `The server ${result.problem.message}`, result.problem.hint, run)
      return
    case 'untold':
      run.isStopped = true
      tally.sent += objects.length
      tally.pending += objects.length
      report('push/unsettled', { message: `The server ${result.problem.message}`, origin: originOf(document), count: objects.length })
      return
    case 'told': {
      const outcome = countOutcome(objects, result.status)
      tally.sent += objects.length
      tally.added += outcome.added
      tally.already += outcome.already
      tally.failed += outcome.failures.length + outcome.unnamedFailures
      tally.pending += outcome.pendings.length + outcome.unnamedPendings
      reportOutcome(outcome, result.status, objects.length, result.problem, document, report)
      run.isStopped = result.problem !== undefined
    }
  }
}
