import { countNoun } from '../../diagnostics/counts-in-words.js'
import { fieldOf, itemsOf, textOf } from '../../formats/decoded.js'
import { describeObject } from './count-outcome.js'
import { describeRefusal, type Problem, readJsonAnswer } from './exchange.js'
import { normaliseVersion, type OutgoingBundle, type OutgoingObject, versionKey } from './outgoing-bundle.js'
import type { PushRun } from './push-run.js'
import type { CollectionAddress, Send } from './read-collection.js'

/**
 * The objects of a bundle to send: those that no earlier bundle of the run contained (`all.stix.json` repeats the bundles beside it),
 * and that the collection does not have, if the server says so.
 */
export async function leaveKnown(bundle: OutgoingBundle, run: PushRun): Promise<readonly OutgoingObject[]> {
  const fresh = leaveSeen(bundle, run)
  if (fresh.length === 0 || !run.canReadManifest) return fresh
  const { address, send, host: { report, progress } } = run
  const present = await findPresent(fresh, address, send, (done) => progress?.('Looking up objects', done, fresh.length))
  if ('problem' in present) {
    run.canReadManifest = false
    const { message } = present.problem
    report('push/unknown-contents', { message: `The server ${message}; all objects are sent, including those that the collection has` })
    return fresh
  }
  return fresh.filter(({ id, version }) => !present.keys.has(versionKey(id, version)))
}

function leaveSeen({ document, objects }: OutgoingBundle, { seen, host }: PushRun): readonly OutgoingObject[] {
  const contradicting: OutgoingObject[] = []
  const fresh = objects.filter((object) => {
    const key = versionKey(object.id, object.version)
    const earlier = seen.get(key)
    if (!earlier) seen.set(key, object)
    else if (JSON.stringify(earlier.value) !== JSON.stringify(object.value)) contradicting.push(object)
    return !earlier
  })
  const [first] = contradicting
  if (first) {
    const others = contradicting.length - 1
    const more = others === 0 ? '' : `; so ${others === 1 ? 'does' : 'do'} ${countNoun(others, 'other')}`
    host.report('push/two-contents', {
      message: `An object differs from the same version in a bundle that was sent earlier${more}`,
      ...describeObject(first, document),
      count: contradicting.length,
    })
  }
  return fresh
}

/** As many ids as fit into URLs that servers accept: about 4,000 characters. */
const idsAtOnce = 60
/** More pages than this for sixty ids means a server that sets `more` forever. */
const mostPages = 100

/** Versions of objects that a collection has, or why they are unknown. */
type Present = { readonly keys: ReadonlySet<string> } | { readonly problem: Problem }

/**
 * Asks the server which of the objects the collection has (its manifest: TAXII 2.1, section 5.3). `keys` has the `versionKey` of each
 * version, and the id of each object. An empty collection costs one request.
 */
async function findPresent(
  objects: readonly OutgoingObject[], { manifest }: CollectionAddress, send: Send, progress: (done: number) => void,
): Promise<Present> {
  const keys = new Set<string>()
  const first = await readPage(new URL('?limit=1', manifest), send)
  if ('problem' in first) return first
  if (first.records.length === 0) return { keys }
  for (let from = 0; from < objects.length; from += idsAtOnce) {
    progress(from)
    const ids = [...new Set(objects.slice(from, from + idsAtOnce).map(({ id }) => id))]
    const address = new URL(manifest)
    address.search = `match[id]=${ids.map(encodeURIComponent).join(',')}&match[version]=all`
    const problem = await readPages(address, send, keys)
    if (problem) return { problem }
  }
  return { keys }
}

/** A page of a manifest; `next` is absent on the last one. */
interface Page {
  readonly records: readonly { readonly id: string, readonly version: string | undefined }[]
  readonly next: string | undefined
}

async function readPages(address: URL, send: Send, keys: Set<string>): Promise<Problem | undefined> {
  let next: string | undefined
  for (let page = 0; page < mostPages; page += 1) {
    const current = new URL(address)
    if (next !== undefined) current.search += `&next=${encodeURIComponent(next)}`
    const result = await readPage(current, send)
    if ('problem' in result) return result.problem
    for (const { id, version } of result.records) {
      keys.add(id)
      if (version !== undefined) keys.add(versionKey(id, normaliseVersion(version)))
    }
    next = result.next
    if (next === undefined) return undefined
  }
  return { message: `returned more than ${mostPages} manifest pages for ${idsAtOnce} objects` }
}

async function readPage(address: URL, send: Send): Promise<Page | { readonly problem: Problem }> {
  const sent = await send({ method: 'GET', address })
  if ('problem' in sent) return sent
  const { answer } = sent
  if (answer.status !== 200) return { problem: describeRefusal(answer) }
  const value = readJsonAnswer(answer)
  if (value === undefined) return { problem: { message: 'sent an unreadable manifest' } }
  const records = itemsOf(value, 'objects').flatMap((item) => {
    const id = textOf(item, 'id')
    return id === undefined ? [] : [{ id, version: textOf(item, 'version') }]
  })
  return { records, next: fieldOf(value, 'more') === true ? textOf(value, 'next') : undefined }
}
