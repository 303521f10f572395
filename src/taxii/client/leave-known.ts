import { countNoun } from '../../diagnostics/counts-in-words.js'
import { fieldOf, itemsOf, textOf } from '../../formats/tree-fields.js'
import { describeObject } from './count-outcome.js'
import { describeRefusal, type Problem, readJsonAnswer } from './exchange.js'
import { normaliseVersion, type OutgoingBundle, type OutgoingObject, versionKey } from './outgoing-bundle.js'
import type { PushRun } from './push-run.js'
import type { CollectionAddress, Send } from './read-collection.js'

/**
 * The objects of a bundle that have to be sent: neither sent with an earlier bundle of the run (`all.stix.json` holds what the
 * bundles beside it hold) nor in the collection, as far as the server tells.
 */
export async function leaveKnown(bundle: OutgoingBundle, run: PushRun): Promise<readonly OutgoingObject[]> {
  const fresh = leaveSeen(bundle, run)
  if (fresh.length === 0 || !run.canAskContents) return fresh
  const { address, send, surroundings: { report, progress } } = run
  const present = await findPresent(fresh, address, send, (done) => progress?.('Looking up objects', done, fresh.length))
  if ('problem' in present) {
    run.canAskContents = false
    const { message } = present.problem
    report('push/unknown-contents', { message: `The server ${message}: everything is sent, whatever the collection holds` })
    return fresh
  }
  return fresh.filter(({ id, version }) => !present.keys.has(versionKey(id, version)))
}

function leaveSeen({ document, objects }: OutgoingBundle, { seen, surroundings }: PushRun): readonly OutgoingObject[] {
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
    const more = others === 0 ? '' : `; so have ${countNoun(others, 'other')}`
    surroundings.report('push/two-contents', {
      message: `An object has other contents than in a bundle sent before, in the same version${more}`,
      ...describeObject(first, document),
      count: contradicting.length,
    })
  }
  return fresh
}

/** As many ids as fit an address that servers take: some 4,000 characters. */
const idsAtOnce = 60
/** Sixty ids in so many pages would be sixty objects of a hundred versions: a server that says "more" for ever. */
const mostPages = 100

/** Versions of objects that a collection holds, or why that cannot be told. */
type Present = { readonly keys: ReadonlySet<string> } | { readonly problem: Problem }

/**
 * Asks which of some objects a collection holds already (its manifest: TAXII 2.1, section 5.3). The set has `versionKey`s, and
 * the ids alone of objects in any version. An empty collection is asked once.
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
  return { message: 'has pages without end in its manifest' }
}

async function readPage(address: URL, send: Send): Promise<Page | { readonly problem: Problem }> {
  const sent = await send({ method: 'GET', address })
  if ('problem' in sent) return sent
  const { answer } = sent
  if (answer.status !== 200) return { problem: describeRefusal(answer) }
  const value = readJsonAnswer(answer)
  if (value === undefined) return { problem: { message: 'sent a manifest that cannot be read' } }
  const records = itemsOf(value, 'objects').flatMap((item) => {
    const id = textOf(item, 'id')
    return id === undefined ? [] : [{ id, version: textOf(item, 'version') }]
  })
  return { records, next: fieldOf(value, 'more') === true ? textOf(value, 'next') : undefined }
}
