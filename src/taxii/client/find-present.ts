import { fieldOf, itemsOf, textOf } from '../../validation/tree-fields.js'
import type { CollectionAddress } from './collection-address.js'
import { describeRefusal } from './describe-refusal.js'
import { normaliseVersion, versionKey } from './object-version.js'
import type { OutgoingObject } from './outgoing-object.js'
import type { Problem } from './problem.js'
import type { Send } from './read-collection.js'
import { readJsonAnswer } from './read-json-answer.js'

/** As many ids as fit an address that servers take: some 4,000 characters. */
const idsAtOnce = 60
/** Sixty ids in so many pages would be sixty objects of a hundred versions: a server that says "more" for ever. */
const mostPages = 100

/** Versions of objects that a collection holds, or why that cannot be told. */
export type Present = { readonly keys: ReadonlySet<string> } | { readonly problem: Problem }

/**
 * Asks which of some objects a collection holds already (its manifest: TAXII 2.1, section 5.3). The set has `versionKey`s, and
 * the ids alone of objects in any version. An empty collection is asked once.
 */
export async function findPresent(
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
