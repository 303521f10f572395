import type { TreeValue } from '../../formats/decoded.js'
import { fieldOf, itemsOf, textOf } from '../../formats/tree-fields.js'
import { readMediaType } from '../media-type.js'
import { describeRefusal, type Problem, readJsonAnswer, shorten, type TaxiiAnswer, type TaxiiRequest } from './exchange.js'
import type { Sent } from './send-with-retries.js'

/** A collection that can be written to. */
export interface Collection {
  readonly title: string
  readonly canRead: boolean
  /** Media types of the objects that it holds; absent: STIX of any version. */
  readonly mediaTypes?: readonly string[]
  /** The largest request, in bytes, where the API root says. */
  readonly maxContentLength?: number
}

/** Sends a request; its answer may be of any status. */
export type Send = (request: TaxiiRequest) => Promise<Sent>

const taxiiEssence = 'application/taxii+json'

/** Asks a server for a collection, and whether objects may be added to it (TAXII 2.1, sections 4.2 and 5.2). */
export async function readCollection(
  { collection, apiRoot }: CollectionAddress, send: Send,
): Promise<{ readonly collection: Collection } | { readonly problem: Problem }> {
  const sent = await send({ method: 'GET', address: collection })
  if ('problem' in sent) return sent
  const { answer } = sent
  if (answer.status !== 200) return { problem: describeRefusal(answer) }
  const problem = checkMediaType(answer)
  if (problem) return { problem }
  const value = readJsonAnswer(answer)
  if (textOf(value, 'id') === undefined || typeof fieldOf(value, 'can_write') !== 'boolean') {
    return { problem: { message: 'did not describe a collection', hint: 'Check the address: …/collections/{id}/' } }
  }
  const title = shorten(textOf(value, 'title') ?? '')
  if (fieldOf(value, 'can_write') === false) {
    const message = `lets you add nothing to the collection "${title}"`
    return { problem: { message, hint: 'Ask for the right to write, or name another collection.' } }
  }
  const maxContentLength = await readMaxContentLength(apiRoot, send)
  const mediaTypes = itemsOf(value, 'media_types').filter((entry) => typeof entry === 'string')
  return {
    collection: {
      title,
      canRead: fieldOf(value, 'can_read') === true,
      ...(mediaTypes.length > 0 && { mediaTypes }),
      ...(maxContentLength !== undefined && { maxContentLength }),
    },
  }
}

/** Whether a collection holds STIX of a version: "2.1" (TAXII 2.1, section 5.2.1). */
export function takesVersion({ mediaTypes }: Collection, version: string): boolean {
  return mediaTypes?.map(readMediaType).some(({ essence, version: taken }) =>
    /^application\/(?:vnd\.oasis\.)?stix\+json$/.test(essence) && (taken === undefined || taken === version)) ?? true
}

function checkMediaType({ mediaType }: TaxiiAnswer): Problem | undefined {
  const { essence, version } = readMediaType(mediaType)
  if (essence === taxiiEssence && (version === undefined || version === '2.1')) return undefined
  const found = shorten(mediaType)
  if (essence === 'text/html') {
    const hint = 'Give the address of the collection in the API: …/collections/{id}/'
    return { message: `answered with a web page (${found}), not a TAXII collection`, hint }
  }
  const said = found === '' ? 'without a media type' : `as ${found}`
  const hint = 'Check the address; TAXII 1 and 2.0 are not spoken by this program.'
  return { message: `answered ${said}, not as TAXII 2.1`, hint }
}

/** A server that does not tell is not asked twice: requests that are too large are halved anyway. */
async function readMaxContentLength(apiRoot: URL, send: Send): Promise<number | undefined> {
  const sent = await send({ method: 'GET', address: apiRoot })
  if ('problem' in sent || sent.answer.status !== 200) return undefined
  const length: TreeValue | undefined = fieldOf(readJsonAnswer(sent.answer), 'max_content_length')
  return typeof length === 'number' && length > 0 ? length : undefined
}

/** Where the parts of a collection are (TAXII 2.1, section 4 and 5). All are on the server that the user named. */
export interface CollectionAddress {
  readonly apiRoot: URL
  readonly collection: URL
  readonly objects: URL
  readonly manifest: URL
}

const collectionPath = /^(.*\/)collections\/([^/]+)\/(?:objects\/?)?$/

/**
 * Reads what a user gives as a collection: its address, or that of its `objects/`. The slash at the end may be missing.
 * Undefined when it is neither; the scheme and credentials are not judged here.
 */
export function readCollectionAddress(address: URL): CollectionAddress | undefined {
  if (address.search !== '' || address.hash !== '') return undefined
  const [, root, id] = collectionPath.exec(address.pathname.endsWith('/') ? address.pathname : `${address.pathname}/`) ?? []
  if (root === undefined || id === undefined) return undefined
  const at = (path: string): URL => new URL(`${address.origin}${root}${path}`)
  return {
    apiRoot: at(''),
    collection: at(`collections/${id}/`),
    objects: at(`collections/${id}/objects/`),
    manifest: at(`collections/${id}/manifest/`),
  }
}

/**
 * Where the status of a request is told (TAXII 2.1, section 4.3): built from the API root and the id, so that no answer of a
 * server leads the client anywhere else. Undefined when the id is none.
 */
export function statusAddress({ apiRoot }: CollectionAddress, id: string): URL | undefined {
  if (id === '' || id === '.' || id === '..' || id.length > 500 || !id.isWellFormed()) return undefined
  return new URL(`status/${encodeURIComponent(id)}/`, apiRoot)
}
