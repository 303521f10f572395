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
    ['401', answerJson({ title: 'Who?' }, 401), 'does not know who asks (HTTP 401: Who?)'],
    ['403', answerJson({}, 403), 'does not allow it (HTTP 403)'],
    ['404', answerJson({ title: 'a', description: 'b' }, 404), 'has no such collection, or hides it (HTTP 404: a: b)'],
    ['406', { status: 406, body: 'no' }, 'does not speak TAXII 2.1 here (HTTP 406)'],
    ['a web page', page, 'answered with a web page (text/html; charset=utf-8), not a TAXII collection'],
    ['TAXII 2.0', taxii20, 'answered as application/vnd.oasis.taxii+json; version=2.0, not as TAXII 2.1'],
    ['no media type', { status: 200, body: '{}' }, 'answered without a media type, not as TAXII 2.1'],
    ['another resource', answerJson({ title: 'Root' }), 'did not describe a collection'],
    ['can_write: false', answerJson({ id: 'x', title: 'Read me', can_read: true, can_write: false }), 'lets you add nothing to the collection "Read me"'],
  ] as const)('%s', async (_what, answer, said) => {
    const fake = createFakeTaxii({ interrupt: () => answer })
    const { told, files } = await push(fake, [bundleOf(2)])
    expect(told).toEqual([`push/unusable-collection: http://fake/api1/collections/mappings/: the server ${said}; nothing was sent`])
    expect(files).toEqual([])
    expect(fake.requests).toHaveLength(1)
  })

  it('takes no other STIX than it says', async () => {
    const { told } = await push(collectionOf('application/stix+json;version=2.0', 'application/pdf'), [bundleOf(2)])
    expect(told).toEqual(['push/not-sent: The collection takes no STIX 2.1, only application/stix+json;version=2.0 and application/pdf; 2 objects not sent'])
    for (const type of ['application/stix+json', 'application/stix+json; version="2.1"', 'Application/STIX+json;Version=2.1']) {
      expect((await push(collectionOf(type), [bundleOf(2)])).files[0]).toMatchObject({ added: 2 })
    }
  })
})

describe('a collection that cannot be looked into', () => {
  it('is sent everything, and that is told once', async () => {
    const fake = createFakeTaxii({ interrupt: first(Infinity, isManifest, answerJson({ title: 'No' }, 403)) })
    const { files, told } = await push(fake, [bundleOf(2), bundleOf([objectOf(8)], 'b.stix.json')])
    expect(files).toMatchObject([{ added: 2 }, { added: 1 }])
    expect(told).toEqual(['push/unknown-contents: The server does not allow it (HTTP 403: No): everything is sent, whatever the collection holds'])
  })

  it('may page without end: it is left', async () => {
    const record = { id: objectOf(0).id, version: '1999-01-01T00:00:00Z' }
    const page = answerJson({ more: true, next: 'n&limit=9', objects: [record] })
    const fake = createFakeTaxii({ interrupt: first(Infinity, isManifest, page) })
    const { files, told } = await push(fake, [bundleOf(2)])
    expect(files[0]).toMatchObject({ added: 2 })
    expect(told).toEqual([expect.stringContaining('has pages without end in its manifest')])
    expect(fake.requests.length).toBeLessThan(110)
    expect(fake.requests.some(({ path }) => path.endsWith('&next=n%26limit%3D9'))).toBe(true)
  })
})
