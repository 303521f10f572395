import { describe, expect, it } from 'vitest'
import { answerJson, createFakeTaxii, type FakeRequest, type FakeTaxii } from '../../../support/fake-taxii.js'
import { bundleOf, first, objectOf, push } from './push.js'

function collectionOf(...types: readonly string[]): FakeTaxii {
  return createFakeTaxii({ collection: { media_types: types } })
}

function isManifest({ path }: FakeRequest): boolean {
  return path.includes('/manifest/')
}

describe('a collection that cannot be written to', () => {
  const page = { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: '<!doctype html>' }
  const taxii20 = { status: 200, headers: { 'content-type': 'application/vnd.oasis.taxii+json; version=2.0' }, body: '{}' }
  it.each([
    ['401', answerJson({ title: 'Who?' }, 401), 'requires valid credentials (HTTP 401: Who?)'],
    ['403', answerJson({}, 403), 'denies access (HTTP 403)'],
    ['404', answerJson({ title: 'a', description: 'b' }, 404), 'has no such collection, or hides it from this user (HTTP 404: a: b)'],
    ['406', { status: 406, body: 'no' }, 'does not support TAXII 2.1 at this address (HTTP 406)'],
    ['a web page', page, 'answered with a web page (text/html; charset=utf-8), not a TAXII collection'],
    ['TAXII 2.0', taxii20, 'answered with application/vnd.oasis.taxii+json; version=2.0, not with TAXII 2.1'],
    ['no media type', { status: 200, body: '{}' }, 'answered without a media type, not with TAXII 2.1'],
    ['another resource', answerJson({ title: 'Root' }), 'did not return a collection'],
    ['can_write: false', answerJson({ id: 'x', title: 'Read me', can_read: true, can_write: false }), 'does not allow adding objects to the collection "Read me"'],
  ] as const)('%s', async (_what, answer, said) => {
    const fake = createFakeTaxii({ interrupt: () => answer })
    const { reported, files } = await push(fake, [bundleOf(2)])
    expect(reported).toEqual([`push/unusable-collection: http://fake/api1/collections/mappings/: the server ${said}; nothing was sent`])
    expect(files).toEqual([])
    expect(fake.requests).toHaveLength(1)
  })

  it('is not sent STIX of a version that it does not accept', async () => {
    const { reported } = await push(collectionOf('application/stix+json;version=2.0', 'application/pdf'), [bundleOf(2)])
    expect(reported).toEqual(['push/not-sent: The collection does not accept STIX 2.1, only application/stix+json;version=2.0 and application/pdf; 2 objects not sent'])
    for (const type of ['application/stix+json', 'application/stix+json; version="2.1"', 'Application/STIX+json;Version=2.1']) {
      expect((await push(collectionOf(type), [bundleOf(2)])).files[0]).toMatchObject({ added: 2 })
    }
  })
})

describe('a collection that cannot be looked into', () => {
  it('is sent everything, which is reported once', async () => {
    const fake = createFakeTaxii({ interrupt: first(Infinity, isManifest, answerJson({ title: 'No' }, 403)) })
    const { files, reported } = await push(fake, [bundleOf(2), bundleOf([objectOf(8)], 'b.stix.json')])
    expect(files).toMatchObject([{ added: 2 }, { added: 1 }])
    expect(reported).toEqual(['push/unknown-contents: The server denies access (HTTP 403: No); all objects are sent, including those that the collection has'])
  })

  it('may page without end: it is left', async () => {
    const record = { id: objectOf(0).id, version: '1999-01-01T00:00:00Z' }
    const page = answerJson({ more: true, next: 'n&limit=9', objects: [record] })
    const fake = createFakeTaxii({ interrupt: first(Infinity, isManifest, page) })
    const { files, reported } = await push(fake, [bundleOf(2)])
    expect(files[0]).toMatchObject({ added: 2 })
    expect(reported).toEqual([expect.stringContaining('returned more than 100 manifest pages for 60 objects')])
    expect(fake.requests.length).toBeLessThan(110)
    expect(fake.requests.some(({ path }) => path.endsWith('&next=n%26limit%3D9'))).toBe(true)
  })
})
