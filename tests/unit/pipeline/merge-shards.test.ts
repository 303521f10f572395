import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { differences, readFolder, useShardFolders } from '../../support/shard-folders.js'

const { inputFolder, newFolder, run, runShards, merge, inRoot } = useShardFolders()

/** What a merge says, and the files of its output. */
async function refuse(folders: readonly string[]) {
  const { codes, output, report } = await merge(folders)
  return { codes, text: report.diagnostics.map(({ message }) => message).join('\n'), files: [...(await readFolder(output)).keys()] }
}

const refusal = (code: string, message: RegExp) => ({ codes: [code], text: expect.stringMatching(message), files: [] })

describe('merge writes nothing', () => {
  const request = { emitters: ['csv'] } as const
  let shards: readonly string[] = []

  beforeAll(async () => {
    shards = (await runShards(3, request)).map(({ output }) => output)
  })

  it('if a shard is missing, or named twice', async () => {
    const [one = '', , three = ''] = shards
    expect(await refuse([one, three])).toEqual(refusal('shards/missing', /Of 3 shards, 1 is missing: 2/))
    expect(await refuse([...shards, one])).toEqual(refusal('shards/different', /are both shard 1 of 3/))
  })

  it('if a folder is no shard, or its run is not finished', async () => {
    const [one = ''] = shards
    const whole = await run(request)
    expect(await refuse([one, newFolder()])).toEqual(refusal('shards/unfinished', /has no manifest\.json/))
    expect(await refuse([one, whole.output])).toEqual(refusal('shards/unfinished', /of no shard/))
    const busy = newFolder()
    await cp(one, busy, { recursive: true })
    await mkdir(path.join(busy, '.crosswalk-run'))
    expect(await refuse([busy])).toEqual(refusal('shards/unfinished', /was killed/))
  })

  it.each([
    ['formats', { emitters: ['json'] }, /with to "json", and .* with "csv"/],
    ['an option', { ...request, options: { 'csv-raw': true } }, /with csv-raw true, and .* with not set/],
    ['a statement', { ...request, statements: { attackVersion: '16.1' } }, /attackVersion "16\.1"/],
    ['a date', { ...request, created: '2024-01-01' }, /created "2024-01-01"/],
    ['--per-document', { ...request, perDocument: true }, /per-document true/],
  ] as const)('if %s differs', async (_name, other, message) => {
    const [one = '', two = ''] = shards
    const { output } = await run({ ...other, shard: { nth: 3, of: 3 } })
    expect(await refuse([one, two, output])).toEqual(refusal('shards/different', message))
  })

  it('if the documents differ, in number, size or content', async () => {
    const [one = '', two = ''] = shards
    for (const [name, text, message] of [
      ['more.csv', 'capability_id,technique\nA,T1078\n', /document/],
      ['same.csv', 'capability_id,technique\n', /other names or sizes/],
      ['same.csv', 'capability_id,technique\nAC-2,T1078\nAC-2,T1110\nAC-9,t1003.\n', /another same\.csv/],
    ] as const) {
      const changed = newFolder()
      await cp(inputFolder(), changed, { recursive: true })
      await writeFile(path.join(changed, name), text)
      const { output } = await run({ ...request, inputs: [changed], shard: { nth: 3, of: 3 } })
      expect(await refuse([one, two, output])).toEqual(refusal('shards/different', message))
    }
  })

  it('if an artifact was changed, cut or removed', async () => {
    const [one = ''] = shards
    const { artifacts } = JSON.parse(await readFile(path.join(one, 'manifest.json'), 'utf8'))
    const [{ name }] = artifacts
    for (const [spoil, message] of [
      [(file: string) => writeFile(file, 'other'), /is not as its manifest lists it/],
      [(file: string) => rm(file), /is missing/],
    ] as const) {
      const spoiled = newFolder()
      await cp(one, spoiled, { recursive: true })
      await spoil(path.join(spoiled, name))
      expect(await refuse([spoiled, ...shards.slice(1)])).toEqual(refusal('shards/changed', message))
    }
  })

  it('if the version differs', async () => {
    const [one = ''] = shards
    const older = newFolder()
    await cp(one, older, { recursive: true })
    const manifest = JSON.parse(await readFile(path.join(older, 'manifest.json'), 'utf8'))
    await writeFile(path.join(older, 'manifest.json'), JSON.stringify({ ...manifest, tool: { ...manifest.tool, version: '0.0.1' } }))
    expect(await refuse([older, ...shards.slice(1)])).toEqual(refusal('shards/different', /version 0\.0\.1/))
  })

  it('over artifacts of other documents with these names, as a run without shards would name its own otherwise', async () => {
    const other = inRoot('other.csv')
    await writeFile(other, 'capability_id,technique\nAC-2,T1078\n')
    const output = newFolder()
    await run({ inputs: [other], emitters: ['csv'] }, output)
    const before = await readFolder(output)
    const merged = await merge(shards, output)
    expect(merged.codes).toContain('shards/taken')
    expect(differences(await readFolder(output), before)).toEqual([])
  })
})

it('a merge into the output of an earlier run changes it as a run without shards does', async () => {
  const [first, second] = [newFolder(), newFolder()]
  const older = newFolder()
  await cp(inputFolder(), older, { recursive: true })
  await writeFile(path.join(older, 'gone.csv'), 'mapping_framework,capability_id,technique\nother,AC-2,T1078\n')
  await rm(path.join(older, 'empty.csv'))
  for (const output of [first, second]) await run({ inputs: [older], emitters: ['csv', 'json'] }, output)
  await run({ emitters: ['csv'] }, first)
  await merge((await runShards(4, { emitters: ['csv'] })).map(({ output }) => output), second)
  expect(differences(await readFolder(second), await readFolder(first))).toEqual([])
})
