import { afterEach, describe, expect, it, vi } from 'vitest'
import type { DocumentFile } from '../../../src/formats/decoded.js'
import { createApartReader, type StopLimits } from '../../../src/io/worker-pool.js'
import { understand } from '../../../src/pipeline/convert.js'
import { createMemoryHost, type Host } from '../../../src/pipeline/host.js'
import type { UnderstandRequest } from '../../../src/pipeline/requests.js'
import { parserSamples } from '../../contract/parser-samples.js'
import { makeWorkbook } from '../../support/make-workbook.js'
import { bundle, control, relation } from '../../support/split-bundles.js'

type Documents = Readonly<Record<string, string | Uint8Array>>

/** A host whose documents are all read in workers; `script` is another one for the workers. */
function apartHost(documents: Documents, { script, stop = {} }: { readonly script?: string, readonly stop?: StopLimits } = {}) {
  const log: string[] = []
  let readers = 0
  const host: Host = {
    ...createMemoryHost(documents),
    openApartReader(sources) {
      readers += 1
      const reader = createApartReader(sources, stop, script === undefined ? undefined : async () => script)
      return {
        ...reader,
        wants: () => true,
        async read(task, companions) {
          const result = await reader.read(task, companions)
          log.push(`${task.file.name} ${'because' in result ? result.because : 'read'}`)
          return result
        },
      }
    },
  }
  return { host, log, readers: () => readers }
}

/** What was understood, without the bytes of documents. */
async function read(host: Host, request: Partial<UnderstandRequest> = {}) {
  const { documents, catalog, sets, diagnostics } = await understand({ inputs: [], ...request }, host)
  const bare = (files: typeof documents) => files.map(({ file: { name }, ...rest }) => ({ name, ...rest }))
  return { documents: bare(documents), catalog: bare(catalog), sets, diagnostics }
}

const table = 'capability_id,capability_description,technique\nAC-2,Account Management,T1078\nAC-3,,T1110\n,x,\n'
const rows = [['Control', 'Technique', 'Score'], ['AC-2', 'T1078', 4.1], ['AC-3', 'T1110', '']]

const everyKind: Documents = {
  ...Object.fromEntries(Object.entries(parserSamples).flatMap(([id, samples]) =>
    samples.map(({ name, content }, index) => [`${id}-${index}-${name}`, typeof content === 'string' ? content : JSON.stringify(content)]))),
  'table.csv': table,
  'table.csv-metadata.json': JSON.stringify({ '@context': 'http://www.w3.org/ns/csvw', 'url': 'table.csv', 'dc:title': 'A table' }),
  'rows.xlsx': makeWorkbook({ Map: rows }),
  'rows.ods': makeWorkbook({ Map: rows }, 'ods'),
  'rows.xlsb': makeWorkbook({ Map: rows }, 'xlsb'),
  'cut.xlsx': makeWorkbook({ Map: rows }).slice(0, 900),
  'broken.json': '{"a": [1,',
  'mappings.stix.json': bundle(relation),
  'controls.stix.json': bundle(control),
}

describe('documents that are read in a worker', () => {
  it('become the same sets, with the same messages in the same order', async () => {
    const request = { catalog: Object.keys(parserSamples).length > 0 ? ['rows.xlsx', 'table.csv'] : [], inputs: Object.keys(everyKind) }
    const here = await read({ ...createMemoryHost(everyKind), readForeignWorkbook: async () => ({ because: 'protected' }) }, request)
    const { host, log, readers } = apartHost(everyKind)
    const apart = await read(host, request)
    const without = (from: typeof here) => ({
      ...from, documents: from.documents.filter(({ name }) => name !== 'rows.xlsb'), sets: [],
      diagnostics: from.diagnostics.filter(({ origin }) => origin?.document !== 'rows.xlsb' && origin?.document !== undefined),
    })
    expect(without(apart)).toEqual(without(here))
    // SheetJS is in the worker already.
    expect(apart.documents.find(({ name }) => name === 'rows.xlsb')?.rows).toBe(2)
    expect({ read: log.length, readers: readers() }).toEqual({ read: Object.keys(everyKind).length + 2, readers: 1 })
    expect(log.filter((line) => line.endsWith('needs-others'))).toContain('mappings.stix.json needs-others')
  })

  it('are read here if the caller has an index of its own, whose releases a worker does not have', async () => {
    const { attack } = await understand({ inputs: [] }, createMemoryHost({ 'a.csv': table }))
    const { host, readers } = apartHost({ 'a.csv': table })
    expect((await read(host, { attack })).documents.map((document) => document.rows)).toEqual([2])
    expect(readers()).toBe(0)
  })
})

/** A worker that answers as the real one, but for documents whose names say what they do; the first line of others is their framework. */
const script = `
  const { parentPort } = require('node:worker_threads')
  let answered = 0
  parentPort.on('message', ({ task }) => {
    const { name } = task.file
    if (name.includes('hang')) for (;;);
    if (name.includes('objects')) for (const all = [];;) all.push({ a: all.length })
    if (name.includes('fault')) return parentPort.postMessage({ error: new TypeError('a fault of ours') })
    if (name.includes('ends')) process.exit(0)
    answered += 1
    const origin = { document: name, place: { kind: 'file' } }
    const diagnostics = [{ code: 'read/macros', severity: 'info', message: name + ' is number ' + answered, origin }]
    parentPort.postMessage({ document: { understood: { parser: 'table', rows: 0, sets: [] }, diagnostics } })
  })
  parentPort.postMessage({ ready: true })`

describe('a document whose reading does not end', () => {
  it('is stopped at the limit of time, and the others are read by the next worker', async () => {
    const { host } = apartHost({ 'a.csv': 'x', 'b-hang.csv': 'x', 'c.csv': 'x', 'd.csv': 'x' }, { script, stop: { seconds: 0.3 } })
    const { documents, diagnostics } = await read(host)
    expect(documents.map(({ name, parser }) => [name, parser])).toEqual([['a.csv', 'table'], ['b-hang.csv', undefined], ['c.csv', 'table'], ['d.csv', 'table']])
    expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
      ['read/macros', 'a.csv is number 1'],
      ['read/stopped', 'Reading b-hang.csv was stopped at the limit of 0.3 seconds'],
      ['read/macros', 'c.csv is number 1'],
      ['read/macros', 'd.csv is number 2'],
    ])
    expect(diagnostics[1]).toMatchObject({ severity: 'error', hint: expect.stringContaining('--max-seconds 0.6'), found: 'a document of 1 bytes' })
  })

  it('is stopped at the limit of memory', async () => {
    const { host } = apartHost({ 'a-objects.csv': 'x', 'b.csv': 'x' }, { script, stop: { seconds: 60, megabytes: 64 } })
    const { diagnostics } = await read(host)
    expect(diagnostics).toMatchObject([
      { code: 'read/stopped', message: expect.stringContaining('64 MB of memory'), hint: expect.stringContaining('--max-memory 128') },
      { message: 'b.csv is number 1' },
    ])
  })

  it('shares no objects with the others: it would not end here either', async () => {
    const documents = { 'a.json': bundle(relation), 'hang.json': bundle(control) }
    const slow = createMemoryHost(documents)
    const asked: string[] = []
    const host: Host = {
      ...slow,
      openApartReader: () => ({
        wants: ({ name }: DocumentFile) => name === 'hang.json',
        read: async ({ file: { name } }) => {
          asked.push(name)
          return { because: 'stopped', limit: '1 seconds', flag: '--max-seconds 2' }
        },
        close: () => undefined,
      }),
    }
    const { diagnostics } = await read(host)
    expect(diagnostics.find(({ code }) => code === 'parse/object-elsewhere')).toMatchObject({ found: expect.stringContaining(control.id) })
    expect(diagnostics.filter(({ code }) => code === 'read/stopped' || code === 'parse/companion')).toMatchObject([{ origin: { document: 'hang.json' } }])
    expect(asked).toEqual(['hang.json'])
  })

  it('is not confused with a fault of the reader', async () => {
    await expect(read(apartHost({ 'fault.csv': 'x' }, { script }).host)).rejects.toThrow('a fault of ours')
    await expect(read(apartHost({ 'ends.csv': 'x' }, { script }).host)).rejects.toThrow('ended without an answer')
  })
})

const line = 'AC-2,Account Management,T1078,a comment that makes the table large enough to be read step by step'
const largeTable = `capability_id,capability_description,technique,comments\n${Array.from({ length: 90_000 }, () => line).join('\n')}\n`
const largeRow = { capability_id: 'AC-2', attack_object_id: 'T1078', comments: 'a comment that makes the file large', references: ['https://example.org/'] }
const largeFile = JSON.stringify({ metadata: { mapping_framework: 'nist_800_53', technology_domain: 'enterprise' }, mapping_objects: Array.from({ length: 60_000 }, () => largeRow) })

describe.each([['t.csv', largeTable, 90_000], ['m.json', largeFile, 60_000]])('a large document that can be read step by step (%s)', (name, content, count) => {
  it('is read without a worker', async () => {
    const { host, log } = apartHost({ [name]: content })
    expect((await read(host)).documents).toMatchObject([{ rows: count }])
    expect(log).toEqual([])
  })

  it('is stopped at the limits of time and memory as in a worker', async () => {
    for (const [stop, found] of [[{ seconds: 0.001 }, '0.001 seconds'], [{ megabytes: -2000 }, '-2000 MB of memory']] as const) {
      const { host, log } = apartHost({ [name]: content }, { stop })
      const { documents, diagnostics } = await read(host)
      expect(documents).toMatchObject([{ rows: 0, sets: [] }])
      expect(diagnostics).toMatchObject([{ code: 'read/stopped', message: `Reading ${name} was stopped at the limit of ${found}` }])
      expect(log).toEqual([])
    }
  })
})

function wants(size: number, stop: StopLimits, head: readonly number[]): boolean {
  const bytes = new Uint8Array(size).fill(0x20)
  bytes.set(head)
  return createApartReader({}, stop).wants({ name: 'x', path: 'x', sha256: '', bytes })
}

describe('the size from which documents are read in a worker', () => {
  it.each([
    ['text', 999_999, 1_000_000, {}, []], ['ZIP', 99_999, 100_000, {}, [0x50, 0x4b]], ['gzip', 99_999, 100_000, {}, [0x1f, 0x8b, 8]],
    ['OLE', 99_999, 100_000, {}, [0xd0, 0xcf]], ['text, if a limit is given', 19_999, 20_000, { seconds: 9 }, []],
    ['JSON', 7_999_999, 8_000_000, {}, [0x7b, 0x22]], ['JSON, if a limit is given', 19_999, 20_000, { seconds: 9 }, [0x7b, 0x22]],
    ['ZIP, if a limit is given', 0, 2, { megabytes: 9 }, [0x50, 0x4b]],
  ] as const)('%s', (_, under, from, stop, head) => {
    expect([wants(under, stop, under === 0 ? [] : head), wants(from, stop, head)]).toEqual([false, true])
  })
})

/** Seconds after which a document of so many megabytes is stopped, and what it is told then. */
function stopOf(megabytes: number, stop: StopLimits = {}) {
  const clock = vi.spyOn(performance, 'now').mockReturnValue(0)
  const check = createApartReader({}, stop).watch?.({ name: 'a.json', path: 'a.json', sha256: '', bytes: new Uint8Array(megabytes * 1024 * 1024) })
  for (let seconds = 1; seconds < 1000; seconds += 1) {
    clock.mockReturnValue(seconds * 1000)
    const stopped = check?.()
    if (stopped) return [seconds - 1, stopped.limit, stopped.flag]
  }
  return undefined
}

describe('a document that is read step by step', () => {
  afterEach(() => void vi.restoreAllMocks())

  it('may take 60 seconds, or one for each megabyte, unless the user says otherwise', () => {
    expect(stopOf(10)).toEqual([60, '60 seconds', '--max-seconds 120'])
    expect(stopOf(100)).toEqual([100, '100 seconds', '--max-seconds 200'])
    expect(stopOf(100, { seconds: 5 })).toEqual([5, '5 seconds', '--max-seconds 10'])
  })

  it('may take 512 MB, or six times its size, unless the user says otherwise', () => {
    const memory = vi.spyOn(process.memoryUsage, 'rss').mockReturnValueOnce(0)
    memory.mockReturnValue(513 * 1024 * 1024)
    expect(stopOf(10)).toEqual([0, '512 MB of memory', '--max-memory 1024'])
    memory.mockReturnValueOnce(0)
    memory.mockReturnValue(601 * 1024 * 1024)
    expect(stopOf(100)).toEqual([0, '600 MB of memory', '--max-memory 1200'])
    memory.mockReturnValueOnce(0)
    expect(stopOf(101)?.[1]).toBe('101 seconds')
    memory.mockReturnValueOnce(0)
    expect(stopOf(101, { megabytes: 100 })).toEqual([0, '100 MB of memory', '--max-memory 200'])
  })
})
