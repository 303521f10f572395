import { writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { convert } from '../../../src/pipeline/convert.js'
import { createMemoryHost } from '../../../src/pipeline/host.js'
import type { ConvertRequest } from '../../../src/pipeline/requests.js'
import { shareWork } from '../../../src/pipeline/shard.js'
import { differences, readFolder, useShardFolders } from '../../support/shard-folders.js'

const { run, runShards, merge, newFolder, inRoot } = useShardFolders()

const modes: readonly (readonly [string, Partial<ConvertRequest>])[] = [
  ['merged documents', {}],
  ['--per-document', { perDocument: true }],
  ['--combine', { combine: true }],
  ['--per-document --combine', { perDocument: true, combine: true }],
]

describe.each(modes)('shards of %s', (_name, request) => {
  it.each([1, 2, 7, 60])('%i of them give the bytes of the run without shards, and say its messages once', async (of) => {
    const whole = await run(request)
    const expected = await readFolder(whole.output)
    expect(expected.size).toBeGreaterThan(20)
    const shards = await runShards(of, request)
    const merged = await merge(shards.map(({ output }) => output).toReversed())
    expect(differences(await readFolder(merged.output), expected)).toEqual([])
    // Of each shard's sets and errors, once; but for one note that each shard says of its own sets.
    const tell = (entries: typeof whole.report.diagnostics) => entries.filter(({ code }) => code !== 'emit/set-undated')
      .map((entry) => JSON.stringify(entry)).toSorted()
    expect(tell(shards.flatMap(({ report }) => report.diagnostics))).toEqual(tell(whole.report.diagnostics))
    expect(merged.codes.every((code) => code === 'shards/errors')).toBe(true)
    expect(merged.report.artifacts.length + 1).toBe(expected.size)
  })

  it('each makes a part of the work', async () => {
    const shards = await runShards(3, request)
    expect(shards.every(({ report }) => report.artifacts.length > 0)).toBe(true)
  })
})

it('workbooks, reports and pictures are the same, too', async () => {
  const request = { emitters: ['xlsx', 'json', 'html', 'svg'], perDocument: true, combine: true } as const
  const shards = await runShards(3, request)
  const merged = await merge(shards.map(({ output }) => output))
  expect(differences(await readFolder(merged.output), await readFolder((await run(request)).output))).toEqual([])
})

it('a catalogue completes the sets of every shard, and is a source once', async () => {
  const catalog = inRoot('catalog.csv')
  await writeFile(catalog, 'capability_id,capability_description,technique\nAC-2,Account Management,T1078\n')
  for (const perDocument of [true, false]) {
    const request = { catalog: [catalog], perDocument, emitters: ['csv', 'markdown'] } as const
    const whole = await run(request)
    const shards = await runShards(3, request)
    const merged = await merge(shards.map(({ output }) => output))
    expect(differences(await readFolder(merged.output), await readFolder(whole.output))).toEqual([])
  }
})

it('with --per-document a shard reads its own documents alone', async () => {
  const read: string[] = []
  const host = createMemoryHost(Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`${index}.csv`, `capability_id,technique\nA-${index},T1078\n`])))
  const documents = await host.readDocuments([], () => undefined)
  const listing = {
    ...host,
    listDocuments: async () => documents.map((file) => ({ name: file.name, size: file.bytes.byteLength, read: async () => (read.push(file.name), file) })),
  }
  await convert({ inputs: [], emitters: ['csv'], perDocument: true, shard: { nth: 2, of: 4 } }, listing)
  expect(read).toEqual(['1.csv', '5.csv'])
})

it('an output folder that another shard wrote to has the new one alone', async () => {
  const output = newFolder()
  await run({ shard: { nth: 1, of: 2 } }, output)
  await run({ shard: { nth: 2, of: 3 } }, output)
  const clean = await run({ shard: { nth: 2, of: 3 } })
  expect(differences(await readFolder(output), await readFolder(clean.output))).toEqual([])
})

it('work is shared so that no shard has much more than another', () => {
  expect(shareWork([5, 3, 3, 2, 2, 1], 2)).toEqual([1, 2, 2, 1, 2, 1])
  expect(shareWork([], 3)).toEqual([])
  expect(new Set(shareWork([0, 0, 0], 3))).toEqual(new Set([1, 2, 3]))
})
