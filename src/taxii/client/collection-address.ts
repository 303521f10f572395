/** Where the parts of a collection are (TAXII 2.1, section 4 and 5). All are on the server that the user named. */
export interface CollectionAddress {
  readonly apiRoot: URL
  readonly collection: URL
  readonly objects: URL
  readonly manifest: URL
}

const form = /^(.*\/)collections\/([^/]+)\/(?:objects\/?)?$/

/**
 * Reads what a user gives as a collection: its address, or that of its `objects/`. The slash at the end may be missing.
 * Undefined when it is neither; the scheme and credentials are not judged here.
 */
export function readCollectionAddress(address: URL): CollectionAddress | undefined {
  if (address.search !== '' || address.hash !== '') return undefined
  const [, root, id] = form.exec(address.pathname.endsWith('/') ? address.pathname : `${address.pathname}/`) ?? []
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
