import { describe, expect, it } from 'vitest'
import { answerJson, createFakeTaxii } from '../../../support/fake-taxii.js'
import { bundleOf, first, isPost, objectOf, push } from './push.js'

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
    const { reported, waits, files } = await push(fake, [bundleOf(3)])
    expect(waits).toEqual([])
    expect(files[0]).toMatchObject({ sent: 0 })
    expect(reported).toEqual(['push/not-sent: The server did not complete the request (HTTP 503) and asks to wait 999999999 seconds, more than --timeout allows; 3 objects not sent'])
  })

  it('is tried as often as said, and no more', async () => {
    const fake = createFakeTaxii({ interrupt: (request) => (isPost(request) ? 'drop' : undefined) })
    const { reported, waits } = await push(fake, [bundleOf(3)], { retries: 2 })
    expect(fake.requests.filter(isPost)).toHaveLength(3)
    expect(waits).toEqual([1000, 2000])
    expect(reported.at(-1)).toBe('push/not-sent: The server broke off, after 3 attempts; 3 objects not sent')
  })

  it.each([400, 403, 415, 422, 500])('does not go for %d', async (status) => {
    const fake = createFakeTaxii({ interrupt: first(1, isPost, answerJson({ title: 'Because' }, status)) })
    const { reported, waits } = await push(fake, [bundleOf(3)])
    expect({ waits, posts: fake.requests.filter(isPost).length }).toEqual({ waits: [], posts: 1 })
    expect(reported).toEqual([expect.stringMatching(new RegExp(`^push/not-sent: The server .* \\(HTTP ${status}: Because\\); 3 objects not sent$`))])
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
    const { files, reported } = await push(fake, [bundleOf(16), bundleOf([objectOf(50)], 'b.stix.json')])
    expect(files).toMatchObject([{ added: 16 }, { added: 1 }])
    expect(reported).toEqual([])
    expect(fake.requests.filter(({ body }) => body.length > 800).length).toBeLessThan(5)
    expect(fake.envelopes.flat()).toEqual([...Array.from({ length: 16 }, (_, index) => objectOf(index).id), objectOf(50).id])
  })

  it('leaves out an object that is too large alone', async () => {
    const fake = createFakeTaxii({ largestBody: 800 })
    const { files, reported } = await push(fake, [bundleOf([objectOf(0), objectOf(1, { name: 'x'.repeat(900) }), objectOf(2)])])
    expect(files[0]).toMatchObject({ sent: 2, added: 2, failed: 1 })
    expect(reported).toEqual(['push/rejected: The server does not accept requests of this size (HTTP 413: Too large)'])
  })
})
