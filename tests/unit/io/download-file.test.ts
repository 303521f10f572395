import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { downloadFile, type DownloadOptions } from '../../../src/io/download-file.js'
import { checkAddress } from '../../../src/io/addresses.js'
import { answerPart, answerStatus, answerWith, serve, type LoopbackServer } from '../../support/loopback-server.js'

const text = 'Text with “quotes”. '.repeat(5000)

interface Outcome {
  readonly problem: string | undefined
  /** What is on the disk. */
  readonly file: string | undefined
  readonly retries: readonly string[]
}

function temporaryFile(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'download-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return path.join(folder, 'sub', 'file.part')
}

async function download({ address }: LoopbackServer, options: Partial<DownloadOptions> = {}, file = temporaryFile()): Promise<Outcome> {
  const retries: string[] = []
  const problem = await downloadFile(new URL(`${address}/a.json`), file, {
    maxBytes: 1_000_000, stall: 5000, pauses: [1, 1, 1], retrying: (reason) => retries.push(reason), ...options,
  })
  return { problem, retries, file: existsSync(file) ? readFileSync(file, 'utf8') : undefined }
}

describe('downloadFile', () => {
  it('saves what the server gives, and tells how far it is', async () => {
    const told: (readonly [number, number | undefined])[] = []
    const size = Buffer.byteLength(text)
    const progress = (done: number, total: number | undefined): void => { told.push([done, total]) }
    expect(await download(await serve(answerWith(text)), { progress })).toEqual({ problem: undefined, file: text, retries: [] })
    expect(told.at(-1)).toEqual([size, size])
  })

  it('tries again after 5xx and 429, as often as there are pauses', async () => {
    const good = await serve(answerStatus(500), answerStatus(429), answerWith(text))
    expect(await download(good)).toEqual({ problem: undefined, file: text, retries: ['returned HTTP 500', 'returned HTTP 429'] })
    const bad = await serve(answerStatus(503))
    expect((await download(bad)).problem).toBe('returned HTTP 503; gave up after 4 attempts')
    expect(bad.requests).toHaveLength(4)
  })

  it('waits as long as the server asks', async () => {
    const before = performance.now()
    await download(await serve(answerStatus(503, { 'retry-after': '1' }), answerWith(text)))
    expect(performance.now() - before).toBeGreaterThan(950)
  })

  it.each([403, 404, 410])('gives up at once after %d', async (status) => {
    const server = await serve(answerStatus(status))
    expect(await download(server)).toEqual({ problem: `returned HTTP ${status}`, file: undefined, retries: [] })
    expect(server.requests).toHaveLength(1)
  })

  it.each([
    ['silence', /^sent no data for 0\.3 seconds$/],
    ['end', /^could not be reached, or the connection broke \(/],
  ] as const)('goes on where it stopped after %s', async (then, reason) => {
    const server = await serve(answerPart(text, 30_001, then), answerWith(text))
    const { problem, file, retries } = await download(server, { stall: 300 })
    expect({ problem, isWhole: file === text }).toEqual({ problem: undefined, isWhole: true })
    expect(retries).toEqual([expect.stringMatching(reason)])
    expect(server.requests[1]?.headers).toMatchObject({ range: 'bytes=30001-', 'if-range': '"one"' })
  })

  it('goes on in another run', async () => {
    const file = temporaryFile()
    const server = await serve(answerPart(text, 30_001, 'end'), answerWith(text))
    const first = await download(server, { pauses: [] }, file)
    expect(first.problem).toMatch(/; gave up after 1 attempt$/)
    expect((await download(server, {}, file)).file).toBe(text)
    expect(server.requests[1]?.headers.range).toBe('bytes=30001-')
  })

  it('begins anew when the file has changed meanwhile', async () => {
    const changed = 'Another text. '.repeat(4000)
    const server = await serve(answerPart(text, 30_001, 'end'), answerWith(changed, '"two"'))
    expect((await download(server)).file).toBe(changed)
  })

  it('begins anew without a tag, or with a weak one', async () => {
    const server = await serve(answerPart(text, 30_001, 'end', 'W/"one"'), answerWith(text, 'W/"one"'))
    expect((await download(server)).file).toBe(text)
    expect(server.requests[1]?.headers.range).toBeUndefined()
  })

  it('begins anew when the server has no such part, or sends another', async () => {
    const wrongPart = answerStatus(206, { 'content-range': 'bytes 5-9/10' })
    for (const answer of [answerStatus(416), wrongPart]) {
      const server = await serve(answerPart(text, 30_001, 'end'), answer, answerWith(text))
      expect((await download(server)).file).toBe(text)
      expect(server.requests[2]?.headers.range).toBeUndefined()
    }
  })

  it('takes no piece of another address for its own', async () => {
    const file = temporaryFile()
    await download(await serve(answerPart(text, 30_001, 'end')), { pauses: [] }, file)
    const other = await serve(answerWith(text))
    expect((await download(other, {}, file)).file).toBe(text)
    expect(other.requests[0]?.headers.range).toBeUndefined()
  })

  it('refuses what is too large, announced or not', async () => {
    const announced = await download(await serve(answerWith(text)), { maxBytes: 1000 })
    expect(announced).toEqual({ problem: 'is larger than 1000 bytes (--max-size)', file: undefined, retries: [] })
    const silent = await serve((_, response) => { response.end(text) })
    expect(await download(silent, { maxBytes: 1000 })).toMatchObject({ problem: 'is larger than 1000 bytes (--max-size)', file: undefined })
  })

  it('follows redirects, though not for ever', async () => {
    const moved = await serve(answerStatus(302, { location: '/b.json' }), answerWith(text))
    expect((await download(moved)).file).toBe(text)
    expect(moved.requests[1]?.url).toBe('/b.json')
    const loop = await serve(answerStatus(302, { location: '/a.json' }))
    expect((await download(loop)).problem).toBe('redirects more than 5 times')
    expect(loop.requests).toHaveLength(6)
  })

  it.each([
    ['http://example.org/', 'which is not https; http is allowed only for this machine (localhost)'],
    ['file:///etc/passwd', 'which is not https; http is allowed only for this machine (localhost)'],
    ['http://[', 'which is not a valid URL'],
  ])('does not follow a redirect to %s', async (location, reason) => {
    const { problem } = await download(await serve(answerStatus(301, { location })))
    expect(problem).toBe(`redirects to ${location}, ${reason}`)
  })

  it('says when nobody answers, and when the disk does not take it', async () => {
    expect((await download({ address: 'http://127.0.0.1:9', requests: [] }, { pauses: [1] })).problem).toMatch(/^could not be reached, .*; gave up after 2 attempts/)
    const blocked = temporaryFile()
    writeFileSync(path.dirname(blocked), 'a file where a folder should be')
    expect((await download(await serve(answerWith(text)), {}, blocked)).problem).toMatch(/^could not be saved: E/)
  })
})

describe('checkAddress', () => {
  it.each([
    'https://example.org/a', 'http://localhost:80/', 'http://127.9.9.9/', 'http://[::1]:8080/', 'http://2130706433/',
  ])('allows %s', (address) => {
    expect(checkAddress(new URL(address))).toBeUndefined()
  })

  it.each([
    'http://example.org/', 'ftp://localhost/', 'http://localhost.example.org/', 'http://127.0.0.1.example.org/', 'https://me:secret@example.org/', 'data:,x',
  ])('does not allow %s', (address) => {
    expect(checkAddress(new URL(address))).toBeDefined()
  })

  it('does not allow to leave https', () => {
    expect(checkAddress(new URL('http://localhost/'), new URL('https://example.org'))).toMatch(/^is not https/)
    expect(checkAddress(new URL('https://localhost/'), new URL('https://example.org'))).toBeUndefined()
  })
})
