import { createDiagnosticLog, type Diagnostic } from '../../../../src/diagnostics/diagnostic.js'
import type { TreeDocument } from '../../../../src/formats/decoded.js'
import { decodeJson } from '../../../../src/formats/json/decode-json.js'
import { readCollectionAddress, type CollectionAddress } from '../../../../src/taxii/client/read-collection.js'
import { readOutgoingBundle } from '../../../../src/taxii/client/outgoing-bundle.js'
import { pushBundles, type PushReport, type PushSettings } from '../../../../src/taxii/client/push-bundles.js'
import { asExchange, type FakeAnswer, type FakeRequest, type FakeTaxii } from '../../../support/fake-taxii.js'

/** The collection of the fake server. */
export function fakeAddress(origin = 'http://fake'): CollectionAddress {
  const address = readCollectionAddress(new URL(`${origin}/api1/collections/mappings/`))
  if (!address) throw new Error('no address')
  return address
}

/** An object of a test, with its number in its id. */
export function objectOf(number: number, more: Readonly<Record<string, unknown>> = {}) {
  const id = `identity--00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
  const modified = '2024-03-01T00:00:00.000Z'
  return { type: 'identity', spec_version: '2.1', id, created: modified, modified, name: `Name ${number}`, identity_class: 'system', ...more }
}

/** A decoded bundle of `count` objects, or of those given. */
export function bundleOf(objects: number | readonly object[], name = 'a.stix.json'): TreeDocument {
  const list = typeof objects === 'number' ? Array.from({ length: objects }, (_, index) => objectOf(index)) : objects
  const value = { type: 'bundle', id: 'bundle--00000000-0000-4000-8000-000000000000', objects: list }
  const text = JSON.stringify(value, undefined, 1)
  const file = { name, path: `in/${name}`, bytes: new TextEncoder().encode(text), sha256: '' }
  const document = decodeJson(file, text, () => undefined)
  if (!document) throw new Error('no document')
  return document
}

/** What a run did. */
export interface PushRun extends PushReport {
  readonly diagnostics: readonly Diagnostic[]
  /** "code: message", in order. */
  readonly reported: readonly string[]
  /** Milliseconds that were waited for, each time; no time passed. */
  readonly waits: readonly number[]
}

/** Pushes to a fake server, with a clock that moves by what is waited for alone. */
export async function push(fake: FakeTaxii, documents: readonly TreeDocument[], settings: Partial<PushSettings> = {}): Promise<PushRun> {
  const { report, entries } = createDiagnosticLog()
  const waits: number[] = []
  let now = Date.UTC(2024, 0, 1)
  const pushed = await pushBundles(
    documents.map(readOutgoingBundle),
    { address: fakeAddress(), batch: 1000, retries: 3, timeout: 60_000, ...settings },
    {
      exchange: asExchange(fake),
      sleep: async (duration) => { waits.push(duration); now += duration },
      now: () => now,
      report,
    },
  )
  return { ...pushed, diagnostics: entries, reported: entries.map(({ code, message }) => `${code}: ${message}`), waits }
}

/** Whether a request adds objects. */
export const isPost = ({ method }: FakeRequest): boolean => method === 'POST'

/** Whether a request asks what became of another. */
export const isStatus = ({ path }: FakeRequest): boolean => path.includes('/status/')

/** Answers some requests in another way, the first so many times. */
export function first(times: number, what: (request: FakeRequest) => boolean, answer: FakeAnswer) {
  let left = times
  return (request: FakeRequest): FakeAnswer | undefined => {
    if (left === 0 || !what(request)) return undefined
    left -= 1
    return answer
  }
}
