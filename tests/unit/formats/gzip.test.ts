import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { createDiagnosticLog } from '../../../src/diagnostics/diagnostic.js'
import { decodeDocument, inflateFile } from '../../../src/formats/decode-document.js'
import { chooseLimits } from '../../../src/formats/limits.js'
import { testFile } from '../../support/read-tree.js'

async function decode(name: string, bytes: Uint8Array) {
  const log = createDiagnosticLog()
  return { document: await decodeDocument(testFile(name, bytes), log.report), diagnostics: log.entries }
}

describe('files packed by gzip', () => {
  it.each([
    ['x.json.gz', '[1]', 'json'], ['x.gz', '{"a": 1}', 'json'], ['x.yaml.gz', 'a: 1', 'yaml'], ['x.txt.gz', 'Some prose.', 'text'],
  ])('%s is unpacked, and keeps its name and digest', async (name, text, container) => {
    const { document, diagnostics } = await decode(name, gzipSync(text))
    expect(document).toMatchObject({ container, file: { name, sha256: 'b'.repeat(64) } })
    expect(diagnostics).toEqual([])
  })

  it('may hold megabytes', async () => {
    const { document } = await decode('x.json.gz', gzipSync(JSON.stringify({ a: Array.from({ length: 4 }, () => 'x'.repeat(900_000)) })))
    expect(document).toMatchObject({ container: 'json' })
  })

  it.each([
    ['cut off', gzipSync('{"a": 1}').subarray(0, -6)],
    ['damaged', Uint8Array.from(gzipSync('{"a": 1}'), (byte, index) => (index === 12 ? byte ^ 0xff : byte))],
    ['of a header alone', gzipSync('').subarray(0, 10)],
  ])('%s are refused', async (_, bytes) => {
    const { document, diagnostics } = await decode('x.json.gz', bytes)
    expect(document).toBeUndefined()
    expect(diagnostics).toMatchObject([{ code: 'read/malformed', origin: { document: 'x.json.gz' } }])
  })

  it('that hold nothing are empty', async () => {
    expect((await decode('x.json.gz', gzipSync(''))).diagnostics).toMatchObject([{ code: 'read/empty' }])
  })

  it('within one another are not unpacked twice', async () => {
    expect((await decode('x.json.gz', gzipSync(gzipSync('{}')))).diagnostics).toMatchObject([{ code: 'read/binary' }])
  })

  it('that grow beyond the limit are given up', async () => {
    const log = createDiagnosticLog()
    const bomb = testFile('x.json.gz', gzipSync(new Uint8Array(50_000_000)))
    expect(bomb.bytes.length).toBeLessThan(60_000)
    expect(await inflateFile(bomb, log.report, chooseLimits({ inflated: 1_000_000 }))).toBeUndefined()
    expect(log.entries).toMatchObject([{ code: 'read/inflates-too-much', expected: 'at most 1000000 bytes' }])
  })
})
