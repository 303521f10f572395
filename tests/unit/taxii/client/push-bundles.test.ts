import { describe, expect, it } from 'vitest'
import { answerJson, createFakeTaxii, type FakeObject } from '../../../support/fake-taxii.js'
import { bundleOf, first, isPost, isStatus, objectOf, push } from './push.js'

const done = { sent: 0, added: 0, already: 0, failed: 0, pending: 0 }
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
    expect({ told, waits }).toEqual({ told: [], waits: [100, 200, 400, 800, 1600] })
    // The id of a status holds what an address must not: it is escaped, and below the API root.
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
