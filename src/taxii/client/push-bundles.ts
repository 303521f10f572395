import { countNoun } from '../../diagnostics/counts-in-words.js'
import type { Own } from '../../model/stated.js'
import { countOutcome, describeObject, originOf, reportOutcome } from './count-outcome.js'
import type { Problem } from './exchange.js'
import { leaveKnown } from './leave-known.js'
import { mostBytes, type OutgoingBundle, type OutgoingObject, takeBatch } from './outgoing-bundle.js'
import { type BatchResult, pushBatch } from './push-batch.js'
import type { PushedFile, PushHost, PushRun } from './push-run.js'
import { acceptsVersion, type CollectionAddress, readCollection, sendWithRetries } from './read-collection.js'

/** Where to push, and how. */
export interface PushSettings {
  readonly address: CollectionAddress
  /** The most objects in one request. */
  readonly batch: number
  /** Attempts after the first, for each request. */
  readonly retries: number
  /** The most milliseconds to wait for the server to process a batch, and between two attempts. */
  readonly timeout: number
}

/** The result of a push. */
export interface PushReport {
  /** The collection's title; absent if nothing could be pushed to it. */
  readonly collection?: string
  readonly files: readonly PushedFile[]
}

/**
 * Adds valid bundles to a collection of a TAXII 2.1 server, one after the other. Reports errors of the server and objects that were
 * not sent or not added; throws nothing.
 */
export async function pushBundles(
  bundles: readonly OutgoingBundle[],
  settings: PushSettings,
  host: PushHost,
): Promise<PushReport> {
  const { address, retries, timeout, batch } = settings
  const { report } = host
  const policy = {
    retries,
    longestWait: timeout,
    retrying: (problem: string) => report('push/tried-again', { message: `The server ${problem}; the request was sent again` }),
  }
  const send: PushRun['send'] = (request) => sendWithRetries(request, policy, host)
  const found = await readCollection(address, send)
  if ('problem' in found) {
    const { message, hint } = found.problem
    report('push/unusable-collection', {
      message: `${address.collection.href}: the server ${message}; nothing was sent`,
      ...(hint !== undefined && { hint }),
    })
    return { files: [] }
  }
  const { collection } = found
  const run: PushRun = {
    address, collection, timeout, send, host,
    seen: new Map(),
    limits: { objects: batch, bytes: Math.min(collection.maxContentLength ?? mostBytes, mostBytes) },
    canReadManifest: collection.canRead,
    isStopped: false,
  }
  const files: PushedFile[] = []
  for (const bundle of bundles) files.push(await pushBundle(bundle, run))
  return { collection: collection.title, files }
}

/**
 * Adds the objects of a bundle in its order, batch by batch. Waits for each batch to be processed before it sends the next, since
 * later objects refer to earlier ones.
 */
async function pushBundle(bundle: OutgoingBundle, run: PushRun): Promise<PushedFile> {
  const { objects, specVersion, document } = bundle
  const { path } = document.file
  const tally: Own<PushedFile> = { path, objects: objects.length, sent: 0, added: 0, already: 0, failed: 0, pending: 0 }
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
  tally: Own<PushedFile>,
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
  tally: Own<PushedFile>,
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
