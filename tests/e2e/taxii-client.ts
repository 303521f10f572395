/** What a test's own client does: nothing that the specification does not promise. */
export interface Poll {
  readonly limit: number
  /** By `next`, or by the date of the last object alone. */
  readonly by: 'next' | 'added_after'
  readonly addedAfter?: string
}

/** What it got. */
export interface Polled {
  /** The text of each object, in order. */
  readonly objects: readonly string[]
  /** The date of the last one. */
  readonly last: string | undefined
}

const accept = 'application/taxii+json;version=2.1'
const root = '/taxii2/mappings/collections'

/** One request of a page. */
export async function getPage(address: string, collection: string, query: Readonly<Record<string, string>>) {
  const response = await fetch(`${address}${root}/${collection}/objects/?${new URLSearchParams(query).toString()}`, { headers: { accept } })
  const body: unknown = await response.json()
  if (response.status !== 200 || typeof body !== 'object' || body === null) throw new Error(`${response.status} ${JSON.stringify(body)}`)
  const objects: readonly unknown[] = 'objects' in body && Array.isArray(body.objects) ? body.objects : []
  return {
    objects: objects.map((object) => JSON.stringify(object)),
    more: 'more' in body && body.more === true,
    next: 'next' in body ? String(body.next) : undefined,
    last: response.headers.get('X-TAXII-Date-Added-Last') ?? undefined,
  }
}

/** Gets page after page, up to the last. */
export async function pollAll(address: string, collection: string, { limit, by, addedAfter }: Poll): Promise<Polled> {
  const objects: string[] = []
  let last = addedAfter
  let next: string | undefined
  for (;;) {
    const after = by === 'next' ? addedAfter : last
    const page = await getPage(address, collection, { limit: String(limit), ...(after !== undefined && { added_after: after }), ...(next !== undefined && { next }) })
    objects.push(...page.objects)
    last = page.last ?? last
    if (by === 'next') next = page.next
    if (!page.more) return { objects, last }
  }
}
