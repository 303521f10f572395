import { describe, expect, it } from 'vitest'
import { buildCollections } from '../../../../src/taxii/server/build-collections.js'
import type { BundleFile } from '../../../../src/taxii/server/collection.js'
import { createTaxiiApp, type TaxiiAppOptions } from '../../../../src/taxii/server/create-taxii-app.js'
import { bundleFile, numbered } from '../../../support/taxii-files.js'

const mediaType = 'application/taxii+json;version=2.1'
const start = 1_700_000_000_000_000
const ten = Array.from({ length: 10 }, (_, number) => numbered(number, number % 2 === 0 ? {} : { type: 'malware' }))
const versions = [2020, 2021, 2022].map((year) => numbered(77, { modified: `${year}-01-01T00:00:00.000Z` }))
const objects = '/taxii2/mappings/collections/ten/objects/'

/** What is unusual about a request. */
interface Init {
  readonly method?: string
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

function createApp(files: readonly BundleFile[] = [bundleFile('ten.stix.json', start, ten), bundleFile('three.json', start + 1_000_000, versions)], more: Partial<TaxiiAppOptions> = {}) {
  const served = { collections: [...buildCollections(files, start)] }
  const app = createTaxiiApp({ collections: () => served.collections, ...more })
  const get = async (path: string, { headers, ...init }: Init = {}) => app.request(path, { ...init, headers: { Accept: mediaType, ...headers } })
  const read = async (path: string): Promise<Record<string, unknown>> => {
    const response = await get(path)
    const body: unknown = await response.json()
    if (response.status !== 200 || typeof body !== 'object' || body === null) throw new Error(`${response.status} ${JSON.stringify(body)}`)
    return { ...body }
  }
  const replace = (fresh: readonly BundleFile[]): void => { served.collections = [...buildCollections(fresh, start, served.collections)] }
  return { served, get, read, replace }
}

function numbersOf({ objects: list }: Record<string, unknown>): readonly number[] {
  return Array.isArray(list) ? list.map((object: { readonly id: string }) => Number(object.id.slice(11, 19))) : []
}

describe('discovery', () => {
  it('leads to the API root, its collections and each of them', async () => {
    const { read } = createApp()
    const { default: root, api_roots: roots, title } = await read('/taxii2/')
    expect(title).toBe('Crosswalk')
    expect(roots).toEqual([root])
    expect(await read(String(root))).toMatchObject({ versions: [mediaType], max_content_length: expect.any(Number) })
    const { collections } = await read(`${String(root)}collections/`)
    expect(collections).toMatchObject([
      { alias: 'all', can_read: true, can_write: false },
      { alias: 'ten', media_types: ['application/stix+json;version=2.1'] },
      { alias: 'three' },
    ])
    for (const collection of Array.isArray(collections) ? collections : []) {
      expect(await read(`${String(root)}collections/${collection.id}/`)).toEqual(collection)
      expect(await read(`${String(root)}collections/${collection.alias}/`)).toEqual(collection)
      expect(collection.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    }
  })

  it('answers without the slash at the end too', async () => {
    const { get } = createApp()
    for (const path of ['/taxii2', '/taxii2/mappings', '/taxii2/mappings/collections', '/taxii2/mappings/collections/ten', objects.slice(0, -1)]) {
      expect((await get(path)).status, path).toBe(200)
    }
  })

  it('gives aliases once: "all" is everything, and of ours and another\'s file of one name ours has the shorter', () => {
    const files = ['all.stix.json', 'a.json', 'a.stix.json'].map((name) => bundleFile(name, start, []))
    expect([...buildCollections(files, start)].map(({ alias }) => alias)).toEqual(['all', 'a.json', 'a', 'all.stix.json'])
  })

  it('keeps the id of a collection when its bundle changes', () => {
    const ids = [[numbered(1)], [numbered(2)]].map((list) => [...buildCollections([bundleFile('a.json', start, list)], start)][1]?.id)
    expect(ids[0]).toBe(ids[1])
  })
})

describe('objects', () => {
  it('come word for word, with the dates of the first and the last', async () => {
    const { get } = createApp()
    const response = await get(objects)
    expect(response.headers.get('Content-Type')).toBe(mediaType)
    expect(response.headers.get('X-TAXII-Date-Added-First')).toBe('2023-11-14T22:13:19.999991Z')
    expect(response.headers.get('X-TAXII-Date-Added-Last')).toBe('2023-11-14T22:13:20.000000Z')
    const text = await response.text()
    expect(text).toBe(`{"more":false,"objects":[${ten.map((object) => JSON.stringify(object)).join(',')}]}`)
    expect(response.headers.get('Content-Length')).toBe(String(text.length))
  })

  it('have the same headers and no body for HEAD', async () => {
    const { get } = createApp()
    const [head, whole] = [await get(objects, { method: 'HEAD' }), await get(objects)]
    expect([...head.headers]).toEqual([...whole.headers])
    expect(await head.text()).toBe('')
  })

  it.each([1, 3, 9, 10, 11])('are paged by %i', async (limit) => {
    const { read } = createApp()
    const pages: (readonly number[])[] = []
    let next: unknown = ''
    do {
      const page = await read(`${objects}?limit=${limit}&next=${String(next)}`)
      expect(page['more']).toBe(page['next'] !== undefined)
      pages.push(numbersOf(page))
      next = page['next']
    } while (next !== undefined)
    expect(pages.flat()).toEqual(ten.map((_, number) => number))
    expect(pages.slice(0, -1).every((page) => page.length === limit)).toBe(true)
  })

  it('are filtered', async () => {
    const { read } = createApp()
    const ask = async (query: string) => numbersOf(await read(`${objects}?${query}`))
    expect(await ask('match[type]=malware')).toEqual([1, 3, 5, 7, 9])
    expect(await ask('match[type]=malware,indicator&limit=3')).toEqual([0, 1, 2])
    expect(await ask(`match[id]=${String(numbered(3)['id'])},${String(numbered(4)['id'])}&match[type]=malware`)).toEqual([3])
    expect(await ask('match[spec_version]=2.0')).toEqual([])
    expect(await ask('added_after=2023-11-14T22:13:19.999997Z')).toEqual([7, 8, 9])
    expect(await ask('added_after=2023-11-14T22:13:20.000000Z')).toEqual([])
  })

  it('give an envelope without objects and dates when there are none', async () => {
    const { get } = createApp()
    const response = await get(`${objects}?match[type]=tool`)
    expect(await response.text()).toBe('{"more":false}')
    expect([...response.headers.keys()].filter((name) => name.startsWith('x-taxii'))).toEqual([])
  })

  it('keep the filter of the first page, whatever is said beside next', async () => {
    const { read } = createApp()
    const { next } = await read(`${objects}?match[type]=malware&limit=2`)
    const moved = 'added_after=2023-11-14T22:13:20.000000Z'
    expect(numbersOf(await read(`${objects}?next=${String(next)}`))).toEqual([5, 7, 9])
    expect(numbersOf(await read(`${objects}?next=${String(next)}&match[type]=indicator&${moved}`))).toEqual([5, 7, 9])
  })

  it('have versions: the last unless others are asked for', async () => {
    const { read } = createApp()
    const ask = async (match: string) => {
      const { objects: list } = await read(`/taxii2/mappings/collections/three/objects/${String(numbered(77)['id'])}/${match}`)
      return Array.isArray(list) ? list.map(({ modified }) => Number(modified.slice(0, 4))) : []
    }
    expect(await ask('')).toEqual([2022])
    expect(await ask('?match[version]=first')).toEqual([2020])
    expect(await ask('?match[version]=all')).toEqual([2020, 2021, 2022])
    expect(await ask('?match[version]=first,last')).toEqual([2020, 2022])
    expect(await ask('?match[version]=2021-01-01T00:00:00Z,last')).toEqual([2021, 2022])
    expect(await ask('?match[version]=2019-01-01T00:00:00Z')).toEqual([])
  })

  it('have a list of versions, and records in the manifest', async () => {
    const { get, read } = createApp()
    const id = String(numbered(77)['id'])
    const response = await get(`/taxii2/mappings/collections/three/objects/${id}/versions/?limit=2`)
    expect(response.headers.get('X-TAXII-Date-Added-First')).toBe('2023-11-14T22:13:20.999998Z')
    const first: unknown = await response.json()
    expect(first).toEqual({ more: true, next: expect.any(String), versions: ['2020-01-01T00:00:00.000Z', '2021-01-01T00:00:00.000Z'] })
    const manifest = await read('/taxii2/mappings/collections/three/manifest/')
    expect(manifest).toEqual({
      more: false,
      objects: [{ id, date_added: '2023-11-14T22:13:21.000000Z', version: '2022-01-01T00:00:00.000Z', media_type: 'application/stix+json;version=2.1' }],
    })
  })
})

describe('a bundle that changes', () => {
  const changed = [numbered(0), ...ten.slice(1, 5).map((object) => ({ ...object, name: 'new' }))]

  it('is paged to its end as it was', async () => {
    const { read, replace } = createApp()
    const first = await read(`${objects}?limit=4`)
    replace([bundleFile('ten.stix.json', start + 5_000_000, changed)])
    const rest = await read(`${objects}?next=${String(first['next'])}`)
    expect([...numbersOf(first), ...numbersOf(rest)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(JSON.stringify(rest)).not.toContain('new')
    expect(numbersOf(await read(`${objects}?added_after=2023-11-14T22:13:20.000000Z`))).toEqual([1, 2, 3, 4])
  })

  it('is paged from the start when the server does not know the state any more, as after a restart', async () => {
    const first = await createApp().read(`${objects}?limit=4`)
    const again = createApp([bundleFile('ten.stix.json', start + 5_000_000, changed)])
    expect(numbersOf(await again.read(`${objects}?next=${String(first['next'])}`))).toEqual([0, 1, 2, 3, 4])
    const same = createApp()
    expect(numbersOf(await same.read(`${objects}?next=${String(first['next'])}`))).toEqual([4, 5, 6, 7, 8, 9])
  })

  it('lets go of old states', () => {
    const { served, replace } = createApp()
    for (let time = 1; time < 9; time += 1) replace([bundleFile('ten.stix.json', start + time * 1_000_000, [numbered(1, { name: `${time}` })])])
    expect(served.collections.map(({ formerStates }) => formerStates.length)).toEqual([2, 2])
  })
})

describe('what goes wrong', () => {
  const unknownObject = '/taxii2/mappings/collections/ten/objects/indicator--00000000-0000-4000-8000-000000000000000/'

  it.each<readonly [number, string, string, Init]>([
    [404, 'GET', '/', {}], [404, 'GET', '/taxii2/other/', {}], [404, 'GET', '/taxii2/mappings/collections/other/', {}],
    [404, 'GET', '/taxii2/mappings/collections/other/objects/', {}], [404, 'GET', '/taxii2/mappings/collections/__proto__/objects/', {}],
    [404, 'GET', '/taxii2/mappings/collections/..%2f..%2fetc/objects/', {}], [404, 'GET', '/taxii2/mappings/collections/%ff/objects/', {}],
    [404, 'GET', unknownObject, {}], [404, 'GET', `${unknownObject}versions/`, {}],
    [404, 'GET', '/taxii2/mappings/status/2d086da7-4bdc-4f91-900e-d77486753710/', {}],
    [404, 'POST', '/taxii2/mappings/collections/other/objects/', {}],
    [403, 'POST', objects, { body: '{}' }], [403, 'DELETE', `${objects}${String(numbered(1)['id'])}/`, {}],
    [405, 'PUT', '/taxii2/', {}], [405, 'POST', '/taxii2/mappings/', {}], [405, 'DELETE', objects, {}], [405, 'OPTIONS', objects, {}], [405, 'PATCH', unknownObject, {}],
    [406, 'GET', '/taxii2/', { headers: { Accept: 'application/json' } }], [406, 'GET', objects, { headers: { Accept: 'application/taxii+json;version=2.0' } }],
    [413, 'POST', objects, { headers: { 'Content-Length': '65537' } }],
    [400, 'GET', `${objects}?limit=0`, {}], [400, 'GET', `${objects}?match[foo]=1`, {}], [400, 'GET', `${objects}?added_after=now`, {}],
    [400, 'GET', `${objects}?next=nonsense`, {}], [400, 'GET', `${objects}?next=${btoa('["a",-1,""]')}`, {}], [400, 'GET', `${objects}?next=${btoa('["a",1,"limit=x"]')}`, {}],
    [400, 'GET', `${objects}${String(numbered(1)['id'])}/?match[id]=a`, {}], [400, 'GET', `${objects}${String(numbered(1)['id'])}/versions/?match[version]=all`, {}],
  ])('gets %i for %s %s', async (status, method, path, init) => {
    const { get } = createApp()
    const response = await get(path, { ...init, method })
    const body: unknown = await response.json()
    expect([response.status, response.headers.get('Content-Type')]).toEqual([status, mediaType])
    expect(body).toEqual({ title: expect.any(String), description: expect.any(String), http_status: String(status) })
    expect(response.headers.get('Allow')).toBe(status === 405 ? 'GET, HEAD' : null)
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff')
  })

  it('is our own fault: no more is said than that', async () => {
    const faults: unknown[] = []
    const { get } = createApp([], { collections: () => { throw new Error('secret') }, onFault: (error) => faults.push(error) })
    const response = await get('/taxii2/mappings/collections/')
    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain('secret')
    expect(faults).toHaveLength(1)
  })
})
