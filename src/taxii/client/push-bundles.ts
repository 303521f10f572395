import { mostBytes, type OutgoingBundle } from './outgoing-bundle.js'
import { pushBundle } from './push-bundle.js'
import type { PushedFile, PushHost, PushRun } from './push-run.js'
import { type CollectionAddress, readCollection } from './read-collection.js'
import { sendWithRetries } from './send-with-retries.js'

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
