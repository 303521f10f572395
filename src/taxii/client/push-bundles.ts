import { mostBytes, type OutgoingBundle } from './outgoing-bundle.js'
import { pushBundle } from './push-bundle.js'
import type { PushedFile, PushRun, PushSurroundings } from './push-run.js'
import { type CollectionAddress, readCollection } from './read-collection.js'
import { sendWithRetries } from './send-with-retries.js'

/** Where to push, and how patiently. */
export interface PushSettings {
  readonly address: CollectionAddress
  /** The most objects in one request. */
  readonly batch: number
  /** Attempts after the first, for each request. */
  readonly retries: number
  /** Milliseconds to wait for the server to settle a batch, and at most between two attempts. */
  readonly timeout: number
}

/** What was pushed. */
export interface PushReport {
  /** The collection's title; absent when it could not be used. */
  readonly collection?: string
  readonly files: readonly PushedFile[]
}

/**
 * Adds valid bundles to a collection of a TAXII 2.1 server, one after the other. What the server says, what it does not add and
 * what cannot be sent is reported; nothing is thrown.
 */
export async function pushBundles(
  bundles: readonly OutgoingBundle[],
  settings: PushSettings,
  surroundings: PushSurroundings,
): Promise<PushReport> {
  const { address, retries, timeout, batch } = settings
  const { report } = surroundings
  const policy = {
    retries,
    longestWait: timeout,
    retrying: (problem: string) => report('push/tried-again', { message: `The server ${problem}; the request was sent again` }),
  }
  const send: PushRun['send'] = (request) => sendWithRetries(request, policy, surroundings)
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
    address, collection, timeout, send, surroundings,
    seen: new Map(),
    limits: { objects: batch, bytes: Math.min(collection.maxContentLength ?? mostBytes, mostBytes) },
    canAskContents: collection.canRead,
    isStopped: false,
  }
  const files: PushedFile[] = []
  for (const bundle of bundles) files.push(await pushBundle(bundle, run))
  return { collection: collection.title, files }
}
