import { describe, expect, it } from 'vitest'
import { answerJson, createFakeTaxii, type FakeObject } from '../../../support/fake-taxii.js'
import { bundleOf, first, isPost, isStatus, objectOf, push } from './push.js'

const done = { sent: 0, added: 0, already: 0, failed: 0, pending: 0 }
describe('a server that takes everything', () => {
  it('gets each object once, in the order of the bundle', async () => {
    const fake = createFakeTaxii()
    const { files, collection, reported, waits } = await push(fake, [bundleOf(25)], { batch: 10 })
    expect(files).toEqual([{ path: 'in/a.stix.json', objects: 25, ...done, sent: 25, added: 25 }])
    expect({ collection, reported, waits }).toEqual({ collection: 'Mappings', reported: [], waits: [] })
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

  it('is not sent what it has, however it writes timestamps', async () => {
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

  it('gets objects of several bundles once, and contradictions are reported', async () => {
    const fake = createFakeTaxii()
    const { files, reported } = await push(fake, [bundleOf(5), bundleOf([objectOf(1), objectOf(2, { name: 'Other' }), objectOf(9)], 'b.stix.json')])
    expect(files[1]).toEqual({ path: 'in/b.stix.json', objects: 3, ...done, sent: 1, added: 1, already: 2 })
    expect(reported).toEqual(['push/two-contents: An object differs from the same version in a bundle that was sent earlier'])
  })

  it('settles what is pending', async () => {
    const fake = createFakeTaxii({ pendingPolls: 5 })
    const { files, reported, waits } = await push(fake, [bundleOf(4)])
    expect(files[0]).toMatchObject({ added: 4, pending: 0 })
    expect({ reported, waits }).toEqual({ reported: [], waits: [100, 200, 400, 800, 1600] })
    // The id of a status contains characters that an address must not: it is escaped, and below the API root.
    expect(new Set(fake.requests.filter(isStatus).map(({ path }) => path))).toEqual(new Set(['/api1/status/status%200%2F%C3%A9/']))
  })
})

function reject({ id }: FakeObject): string | undefined {
  return id.endsWith('2') ? 'Its author is \u001b[31mnot known' : undefined
}

describe('a server that does not add everything', () => {
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
    const { files, reported } = await push(createFakeTaxii({ reject, countsOnly: true, pendingPolls: 1 }), [bundleOf(4)])
    expect(files[0]).toMatchObject({ added: 3, failed: 1 })
    expect(reported).toEqual(['push/rejected: The server did not add 1 of 4 objects, and does not name them'])
  })

  it('may call a duplicate a failure: it is none', async () => {
    const fake = createFakeTaxii({ failsDuplicates: true, collection: { can_read: false } })
    await push(fake, [bundleOf(3)])
    const { files, reported } = await push(fake, [bundleOf(4)])
    expect(files[0]).toEqual({ path: 'in/a.stix.json', objects: 4, ...done, sent: 4, added: 1, already: 3 })
    expect(reported).toEqual([])
  })

  it('is not waited for longer than the timeout; the rest is not sent', async () => {
    const fake = createFakeTaxii({ pendingPolls: Infinity })
    const { files, reported, waits } = await push(fake, [bundleOf(5), bundleOf([objectOf(7)], 'b.stix.json')], { batch: 2, timeout: 10_000 })
    expect(files).toMatchObject([{ sent: 2, added: 0, pending: 2 }, { sent: 0 }])
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBe(10_000)
    expect(reported).toEqual([
      'push/unsettled: The server had not processed the request after 10 seconds; the outcome of 2 objects is unknown',
      'push/not-sent: Later objects may refer to objects whose outcome is unknown; 3 objects not sent',
      'push/not-sent: The server failed on an earlier bundle; 1 object not sent',
    ])
  })

  it('is reported when it counts other objects than it was sent', async () => {
    const status = { id: 'x', status: 'complete', total_count: 3, success_count: 3, failure_count: 0, pending_count: 0 }
    const { files, reported, diagnostics } = await push(createFakeTaxii({ interrupt: first(1, isPost, answerJson(status, 200)) }), [bundleOf(4)])
    expect(files[0]).toMatchObject({ added: 4 })
    expect(reported).toEqual(['push/counts-differ: The server reports a different number of objects than were sent'])
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
    const { files, reported } = await push(createFakeTaxii({ interrupt: first(1, isPost, answer) }), [bundleOf(2)])
    expect(files[0]).toMatchObject({ sent: 2, added: 0, pending: 2 })
    expect(reported).toEqual([expect.stringMatching(/^push\/unsettled: The server accepted the objects \(HTTP 20\d\), but did not return a readable status$/)])
  })

  it.each(['', '.', '..', '\ud800', 'x'.repeat(501)])('cannot send the client elsewhere by the id %j', async (id) => {
    const status = { id, status: 'pending', total_count: 2, success_count: 0, failure_count: 0, pending_count: 2 }
    const fake = createFakeTaxii({ interrupt: first(1, isPost, answerJson(status, 202)) })
    const { files, reported } = await push(fake, [bundleOf(2)])
    expect(files[0]).toMatchObject({ pending: 2 })
    expect(reported).toEqual(['push/unsettled: The server returned an invalid status id; the outcome of 2 objects is unknown'])
    expect(fake.requests.filter(isStatus)).toEqual([])
  })

  it.each(['http://169.254.169.254/latest', '//127.0.0.1:22/', '../../collections/other', '%2e%2e'])('is asked at its API root, whatever the id: %s', async (id) => {
    const status = { id, status: 'pending', total_count: 2, success_count: 0, failure_count: 0, pending_count: 2 }
    const fake = createFakeTaxii({ interrupt: first(1, isPost, answerJson(status, 202)) })
    const { reported } = await push(fake, [bundleOf(2)])
    expect(fake.requests.filter(isStatus).map(({ path }) => path)).toEqual([`/api1/status/${encodeURIComponent(id)}/`])
    expect(reported[0]).toContain('HTTP 404: No such status')
  })
})
