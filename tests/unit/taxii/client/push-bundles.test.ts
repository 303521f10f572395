import { describe, expect, it } from 'vitest'
import { answerJson, createFakeTaxii, type FakeAnswer, type FakeRequest } from '../../../support/fake-taxii.js'
import { bundleOf, objectOf, push } from './push.js'

const done = { sent: 0, added: 0, already: 0, failed: 0, pending: 0 }
const isPost = ({ method }: FakeRequest): boolean => method === 'POST'
const isStatus = ({ path }: FakeRequest): boolean => path.includes('/status/')

/** Answers some requests in another way, the first so many times. */
function first(times: number, what: (request: FakeRequest) => boolean, answer: FakeAnswer) {
  let left = times
  return (request: FakeRequest): FakeAnswer | undefined => {
    if (left === 0 || !what(request)) return undefined
    left -= 1
    return answer
  }
}

describe('a server that takes everything', () => {
  it('gets each object once, in the order of the bundle', async () => {
    const fake = createFakeTaxii()
    const { files, collection, told, waits } = await push(fake, [bundleOf(25)], { batch: 10 })
    expect(files).toEqual([{ path: 'in/a.stix.json', objects: 25, ...done, sent: 25, added: 25 }])
    expect({ collection, told, waits }).toEqual({ collection: 'Mappings', told: [], waits: [] })
    expect(fake.envelopes.map(({ length }) => length)).toEqual([10, 10, 5])
    expect(fake.envelopes.flat()).toEqual(Array.from({ length: 25 }, (_, index) => objectOf(index).id))
  })

  it('gets requests no larger than it takes', async () => {
    const fake = createFakeTaxii({ apiRoot: { max_content_length: 1000 } })
    await push(fake, [bundleOf(20)])
    const sizes = fake.requests.filter(isPost).map(({ body }) => body.length)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1000)
    expect(sizes.length).toBeLessThan(10)
    expect(fake.held.size).toBe(20)
  })

  it('is not sent what it holds, whatever way it writes times', async () => {
    const fake = createFakeTaxii()
    await push(fake, [bundleOf(3)])
    const again = await push(fake, [bundleOf([...[0, 1, 2, 3].map((number) => objectOf(number)), objectOf(1, { modified: '2025-01-01T00:00:00Z' })])])
    expect(again.files).toEqual([{ path: 'in/a.stix.json', objects: 5, ...done, sent: 2, added: 2, already: 3 }])
    expect(fake.envelopes.at(-1)).toEqual([objectOf(3).id, objectOf(1).id])
    const otherForm = await push(fake, [bundleOf([objectOf(2, { modified: '2024-03-01T00:00:00Z' })])])
    expect(otherForm.files[0]).toMatchObject({ sent: 0, already: 1 })
  })

  it('is asked for many ids in pieces, all versions', async () => {
    const fake = createFakeTaxii()
    await push(fake, [bundleOf(150)])
    const { files } = await push(fake, [bundleOf(150)])
    expect(files[0]).toMatchObject({ sent: 0, already: 150 })
    const asked = fake.requests.filter(({ path }) => path.includes('match[id]='))
    expect(asked).toHaveLength(3)
    expect(asked.every(({ path }) => path.endsWith('&match[version]=all') && path.length < 4000)).toBe(true)
  })

  it('gets what several bundles hold once, and is told of contradictions', async () => {
    const fake = createFakeTaxii()
    const { files, told } = await push(fake, [bundleOf(5), bundleOf([objectOf(1), objectOf(2, { name: 'Other' }), objectOf(9)], 'b.stix.json')])
    expect(files[1]).toEqual({ path: 'in/b.stix.json', objects: 3, ...done, sent: 1, added: 1, already: 2 })
    expect(told).toEqual(['push/two-contents: An object has other contents than in a bundle sent before, in the same version'])
  })

  it('settles what is pending', async () => {
    const fake = createFakeTaxii({ pendingPolls: 5 })
    const { files, told, waits } = await push(fake, [bundleOf(4)])
    expect(files[0]).toMatchObject({ added: 4, pending: 0 })
    expect({ told, waits }).toEqual({ told: [], waits: [500, 1000, 2000, 4000, 8000] })
    // The id of a status holds what an address must not: it is escaped, and below the API root.
    expect(new Set(fake.requests.filter(isStatus).map(({ path }) => path))).toEqual(new Set(['/api1/status/status%200%2F%C3%A9/']))
  })
})

describe('a server that does not add everything', () => {
  const reject = ({ id }: { id: string }): string | undefined => (id.endsWith('2') ? 'Its author is \u001b[31mnot known' : undefined)

  it('is quoted, with the place of each object', async () => {
    const { files, diagnostics } = await push(createFakeTaxii({ reject }), [bundleOf(4)])
    expect(files[0]).toEqual({ path: 'in/a.stix.json', objects: 4, ...done, sent: 4, added: 3, failed: 1 })
    expect(diagnostics).toEqual([{
      code: 'push/rejected',
      severity: 'error',
      message: 'The server did not add an object: Its author is \u001b[31mnot known',
      origin: { document: 'a.stix.json', place: { kind: 'pointer', pointer: '/objects/2', line: 23, column: 3 } },
      found: `${objectOf(2).id}, version 2024-03-01T00:00:00Z`,
    }])
  })

  it('is believed when it only counts', async () => {
    const { files, told } = await push(createFakeTaxii({ reject, countsOnly: true, pendingPolls: 1 }), [bundleOf(4)])
    expect(files[0]).toMatchObject({ added: 3, failed: 1 })
    expect(told).toEqual(['push/rejected: The server did not add 1 object of 4, and does not say which'])
  })

  it('may call a duplicate a failure: it is none', async () => {
    const fake = createFakeTaxii({ failsDuplicates: true, collection: { can_read: false } })
    await push(fake, [bundleOf(3)])
    const { files, told } = await push(fake, [bundleOf(4)])
    expect(files[0]).toEqual({ path: 'in/a.stix.json', objects: 4, ...done, sent: 4, added: 1, already: 3 })
    expect(told).toEqual([])
  })

  it('is not waited for longer than the timeout; the rest is not sent', async () => {
    const fake = createFakeTaxii({ pendingPolls: Infinity })
    const { files, told, waits } = await push(fake, [bundleOf(5), bundleOf([objectOf(7)], 'b.stix.json')], { batch: 2, timeout: 10_000 })
    expect(files).toMatchObject([{ sent: 2, added: 0, pending: 2 }, { sent: 0 }])
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBe(10_000)
    expect(told).toEqual([
      'push/unsettled: The server had not finished after 10 seconds; it is not known what became of 2 objects',
      'push/not-sent: They may refer to objects that are not settled; 3 objects not sent',
      'push/not-sent: The server failed at an earlier bundle; 1 object not sent',
    ])
  })

  it('is reported when it counts other objects than it was sent', async () => {
    const status = { id: 'x', status: 'complete', total_count: 3, success_count: 3, failure_count: 0, pending_count: 0 }
    const { files, told, diagnostics } = await push(createFakeTaxii({ interrupt: first(1, isPost, answerJson(status, 200)) }), [bundleOf(4)])
    expect(files[0]).toMatchObject({ added: 4 })
    expect(told).toEqual(['push/counts-differ: The server counts another number of objects than it was sent'])
    expect(diagnostics[0]).toMatchObject({ found: '3 objects', expected: '4 objects' })
    const short = { ...status, total_count: 4, success_count: 1 }
    const { files: [file] } = await push(createFakeTaxii({ interrupt: first(1, isPost, answerJson(short, 202)) }), [bundleOf(4)])
    expect(file).toMatchObject({ added: 1, pending: 3 })
  })

  it.each([
    ['a web page', { status: 200, headers: { 'content-type': 'text/html' }, body: '<p>thanks' }],
    ['nothing', { status: 204, body: '' }],
    ['another resource', answerJson({ id: 'x', status: 'fine' }, 202)],
    ['JSON without end', { status: 202, headers: { 'content-type': 'application/json' }, body: '['.repeat(100_000) }],
  ])('has not said what became of them when it answers with %s', async (_what, answer) => {
    const { files, told } = await push(createFakeTaxii({ interrupt: first(1, isPost, answer) }), [bundleOf(2)])
    expect(files[0]).toMatchObject({ sent: 2, added: 0, pending: 2 })
    expect(told).toEqual([expect.stringMatching(/^push\/unsettled: The server accepted the objects \(HTTP 20\d\), but told no status that can be read$/)])
  })

  it.each(['', '.', '..', '\ud800', 'x'.repeat(501)])('cannot send the client elsewhere by the id %j', async (id) => {
    const status = { id, status: 'pending', total_count: 2, success_count: 0, failure_count: 0, pending_count: 2 }
    const fake = createFakeTaxii({ interrupt: first(1, isPost, answerJson(status, 202)) })
    const { files, told } = await push(fake, [bundleOf(2)])
    expect(files[0]).toMatchObject({ pending: 2 })
    expect(told).toEqual(['push/unsettled: The server gave the request an id that is none; it is not known what became of 2 objects'])
    expect(fake.requests.filter(isStatus)).toEqual([])
  })

  it.each(['http://169.254.169.254/latest', '//127.0.0.1:22/', '../../collections/other', '%2e%2e'])('is asked at its API root, whatever the id: %s', async (id) => {
    const status = { id, status: 'pending', total_count: 2, success_count: 0, failure_count: 0, pending_count: 2 }
    const fake = createFakeTaxii({ interrupt: first(1, isPost, answerJson(status, 202)) })
    const { told } = await push(fake, [bundleOf(2)])
    expect(fake.requests.filter(isStatus).map(({ path }) => path)).toEqual([`/api1/status/${encodeURIComponent(id)}/`])
    expect(told[0]).toContain('HTTP 404: No such status')
  })
})

describe('what may pass', () => {
  it.each([
    ['503', answerJson({}, 503)], ['502', answerJson({}, 502)], ['504', answerJson({}, 504)], ['429', answerJson({}, 429)], ['a broken connection', 'drop'],
  ] as const)('is tried again after %s', async (_what, answer) => {
    const fake = createFakeTaxii({ interrupt: first(2, isPost, answer) })
    const { files, waits, diagnostics } = await push(fake, [bundleOf(3)])
    expect(files[0]).toMatchObject({ sent: 3, added: 3 })
    expect(waits).toEqual([1000, 2000])
    expect(diagnostics.map(({ code }) => code)).toEqual(['push/tried-again', 'push/tried-again'])
  })

  it('is waited for as the server asks, in seconds or by a date', async () => {
    const date = new Date(Date.UTC(2024, 0, 1, 0, 0, 20)).toUTCString()
    for (const [asked, waited] of [['7', 7000], [date, 20_000], ['0', 1000], ['soon', 1000], ['-5', 1000]] as const) {
      const fake = createFakeTaxii({ interrupt: first(1, isPost, answerJson({}, 429, { 'retry-after': asked })) })
      expect((await push(fake, [bundleOf(1)])).waits).toEqual([waited])
    }
  })

  it('is not waited for longer than the timeout', async () => {
    const fake = createFakeTaxii({ interrupt: first(1, isPost, answerJson({}, 503, { 'retry-after': '999999999' })) })
    const { told, waits, files } = await push(fake, [bundleOf(3)])
    expect(waits).toEqual([])
    expect(files[0]).toMatchObject({ sent: 0 })
    expect(told).toEqual(['push/not-sent: The server did not do it (HTTP 503) and asks to wait 999999999 seconds, more than --timeout allows; 3 objects not sent'])
  })

  it('is tried as often as said, and no more', async () => {
    const fake = createFakeTaxii({ interrupt: (request) => (isPost(request) ? 'drop' : undefined) })
    const { told, waits } = await push(fake, [bundleOf(3)], { retries: 2 })
    expect(fake.requests.filter(isPost)).toHaveLength(3)
    expect(waits).toEqual([1000, 2000])
    expect(told.at(-1)).toBe('push/not-sent: The server broke off; 3 attempts made; 3 objects not sent')
  })

  it.each([400, 403, 415, 422, 500])('does not go for %d', async (status) => {
    const fake = createFakeTaxii({ interrupt: first(1, isPost, answerJson({ title: 'Because' }, status)) })
    const { told, waits } = await push(fake, [bundleOf(3)])
    expect({ waits, posts: fake.requests.filter(isPost).length }).toEqual({ waits: [], posts: 1 })
    expect(told).toEqual([expect.stringMatching(new RegExp(`^push/not-sent: The server .* \\(HTTP ${status}: Because\\); 3 objects not sent$`))])
  })

  it('adds nothing twice when the first answer was lost', async () => {
    let lost = 0
    const inner = createFakeTaxii({ failsDuplicates: true })
    const fake = createFakeTaxii({
      interrupt: (request) => {
        const answer = inner.answer(request)
        if (!isPost(request) || lost > 0) return answer
        lost += 1
        return 'drop'
      },
    })
    const { files } = await push(fake, [bundleOf(4)])
    expect(files[0]).toMatchObject({ sent: 4, already: 4, failed: 0 })
    expect(inner.held.size).toBe(4)
  })
})

describe('413', () => {
  it('halves the requests, for good', async () => {
    const fake = createFakeTaxii({ largestBody: 800 })
    const { files, told } = await push(fake, [bundleOf(16), bundleOf([objectOf(50)], 'b.stix.json')])
    expect(files).toMatchObject([{ added: 16 }, { added: 1 }])
    expect(told).toEqual([])
    expect(fake.requests.filter(({ body }) => body.length > 800).length).toBeLessThan(5)
    expect(fake.envelopes.flat()).toEqual([...Array.from({ length: 16 }, (_, index) => objectOf(index).id), objectOf(50).id])
  })

  it('leaves out an object that is too large alone', async () => {
    const fake = createFakeTaxii({ largestBody: 800 })
    const { files, told } = await push(fake, [bundleOf([objectOf(0), objectOf(1, { name: 'x'.repeat(900) }), objectOf(2)])])
    expect(files[0]).toMatchObject({ sent: 2, added: 2, failed: 1 })
    expect(told).toEqual(['push/rejected: The server takes no request of this size (HTTP 413: Too large)'])
  })
})

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
    const mediaTypes = (...types: string[]) => createFakeTaxii({ collection: { media_types: types } })
    const { told } = await push(mediaTypes('application/stix+json;version=2.0', 'application/pdf'), [bundleOf(2)])
    expect(told).toEqual(['push/not-sent: The collection takes no STIX 2.1, only application/stix+json;version=2.0 and application/pdf; 2 objects not sent'])
    for (const type of ['application/stix+json', 'application/stix+json; version="2.1"', 'Application/STIX+json;Version=2.1']) {
      expect((await push(mediaTypes(type), [bundleOf(2)])).files[0]).toMatchObject({ added: 2 })
    }
  })
})

describe('a collection that cannot be looked into', () => {
  it('is sent everything, and that is told once', async () => {
    const interrupt = ({ path }: FakeRequest) => (path.includes('/manifest/') ? answerJson({ title: 'No' }, 403) : undefined)
    const { files, told } = await push(createFakeTaxii({ interrupt }), [bundleOf(2), bundleOf([objectOf(8)], 'b.stix.json')])
    expect(files).toMatchObject([{ added: 2 }, { added: 1 }])
    expect(told).toEqual(['push/unknown-contents: The server does not allow it (HTTP 403: No): everything is sent, whatever the collection holds'])
  })

  it('may page without end: it is left', async () => {
    const record = { id: objectOf(0).id, version: '1999-01-01T00:00:00Z' }
    const interrupt = ({ path }: FakeRequest) => (path.includes('/manifest/') ? answerJson({ more: true, next: 'n&limit=9', objects: [record] }) : undefined)
    const fake = createFakeTaxii({ interrupt })
    const { files, told } = await push(fake, [bundleOf(2)])
    expect(files[0]).toMatchObject({ added: 2 })
    expect(told).toEqual([expect.stringContaining('has pages without end in its manifest')])
    expect(fake.requests.length).toBeLessThan(110)
    expect(fake.requests.some(({ path }) => path.endsWith('&next=n%26limit%3D9'))).toBe(true)
  })
})
