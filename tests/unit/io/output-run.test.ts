import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDiagnosticLog } from '../../../src/diagnostics/diagnostic.js'
import { createDiskHost } from '../../../src/io/disk-host.js'
import { writeFileAtomically } from '../../../src/io/write-files.js'
import { findProcess, ownTag } from '../../../src/io/temporary-files.js'
import { BusyError, type Host, KeptError, OutputError } from '../../../src/pipeline/host.js'
import type { Manifest, ManifestArtifact } from '../../../src/pipeline/manifest.js'
import { commitArtifacts, openOutput } from '../../../src/pipeline/write.js'

let folder = ''
beforeEach(async () => { folder = await mkdtemp(path.join(tmpdir(), 'crosswalk-run-')) })
afterEach(() => rm(folder, { recursive: true, force: true }))

const at = (...parts: readonly string[]): string => path.join(folder, ...parts)
const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
const createHost = (): Host => createDiskHost({ output: folder, extensions: [] })
const list = async (): Promise<readonly string[]> => (await readdir(folder)).toSorted()

/** Tag of a process that has ended: this one's number, started at another time. */
const ended = ownTag().replace(/\d+$/, '1')
const elsewhere = `00000000-${process.pid}-1`

/** Writes artifacts with these contents, and whatever `before` does before they are put in their places. */
async function write(contents: Readonly<Record<string, string>>, before = async (): Promise<void> => undefined) {
  const log = createDiagnosticLog()
  const host = createHost()
  const artifacts = await openOutput(host, log, async (output) => {
    if (!output.run) return []
    const made: ManifestArtifact[] = []
    for (const [name, text] of Object.entries(contents)) {
      made.push({ name, emitter: 'csv', schema: 'x', counts: {}, options: {}, documents: {}, ...await host.writeArtifact(name, encode(text)) })
    }
    await before()
    return commitArtifacts(made, [], { ...output, planned: 0 }, host, log)
  })
  return { names: artifacts.map(({ name }) => name), codes: log.entries.map(({ code }) => code), messages: log.entries.map(({ message }) => message) }
}

async function listed(file = 'manifest.json'): Promise<readonly string[]> {
  const manifest: Manifest = JSON.parse(await readFile(at(file), 'utf8'))
  return manifest.artifacts.map(({ name }) => name)
}

/** The folder of a run whose process has a tag. */
async function putRun(tag: string): Promise<void> {
  await mkdir(at('.crosswalk-run'))
  await writeFile(at('.crosswalk-run', `owner-${tag}`), 'process 1 on elsewhere\n')
}

describe('a process in a tag', () => {
  it.skipIf(process.platform !== 'linux')('is running, has ended, or is one of another machine', async () => {
    expect(await findProcess(ownTag())).toBe('running')
    expect(await findProcess(ended)).toBe('ended')
    expect(await findProcess(ownTag().replace(/-\d+-/, '-999999999-'))).toBe('ended')
    expect(await findProcess(elsewhere)).toBe('unknown')
    expect(await findProcess('nonsense')).toBe('unknown')
  })
})

async function* chunks(end?: () => void): AsyncGenerator<Uint8Array> {
  yield encode('one ')
  yield encode('two')
  end?.()
}
const digest = (text: string) => ({ sha256: createHash('sha256').update(text).digest('hex'), size: text.length })

describe('an artifact in chunks', () => {
  it.each([{}, { dryRun: true }])('is written and digested one after the other (%j)', async (options) => {
    const host = createDiskHost({ output: folder, extensions: [], ...options })
    const run = await host.openRun?.()
    expect(await host.writeArtifact('a.csv', chunks())).toEqual(digest('one two'))
    await run?.commit({ journal: encode('{}'), removed: [], manifest: encode('{}') })
    await run?.close()
    expect(await list()).toEqual('dryRun' in options ? [] : ['a.csv', 'manifest.json'])
    expect(await readFile(at('a.csv'), 'utf8').catch(() => 'nothing')).toBe('dryRun' in options ? 'nothing' : 'one two')
  })

  it('is written outside of a run', async () => {
    expect(await createHost().writeArtifact('a.csv', chunks())).toEqual(digest('one two'))
    expect([await list(), await readFile(at('a.csv'), 'utf8')]).toEqual([['a.csv'], 'one two'])
  })

  it('leaves nothing if making it throws, and the error is that one', async () => {
    const host = createHost()
    const run = await host.openRun?.()
    const fault = new TypeError('a fault of the emitter')
    const fail = (): void => { throw fault }
    await expect(host.writeArtifact('a.csv', chunks(fail))).rejects.toBe(fault)
    expect((await readdir(at('.crosswalk-run'))).filter((name) => !name.startsWith('owner-'))).toEqual([])
    await run?.close()
    await expect(host.writeArtifact('a.csv', chunks(fail))).rejects.toBe(fault)
    expect(await list()).toEqual([])
  })

  it('leaves nothing if a file of others has its name', async () => {
    await writeFile(at('a.csv'), 'theirs')
    const host = createHost()
    const run = await host.openRun?.()
    await expect(host.writeArtifact('a.csv', chunks())).rejects.toThrow(KeptError)
    expect((await readdir(at('.crosswalk-run'))).filter((name) => !name.startsWith('owner-'))).toEqual([])
    await run?.close()
    expect([await list(), await readFile(at('a.csv'), 'utf8')]).toEqual([['a.csv'], 'theirs'])
  })
})

describe('a run', () => {
  it('changes nothing before all artifacts are made, and leaves nothing but them', async () => {
    await write({ 'a.csv': 'one' })
    await write({ 'a.csv': 'two', 'b/c.csv': 'two' }, async () => {
      expect(await list()).toEqual(['.crosswalk-run', 'a.csv', 'manifest.json'])
      expect(await readFile(at('a.csv'), 'utf8')).toBe('one')
    })
    expect(await list()).toEqual(['a.csv', 'b', 'manifest.json'])
    expect([await readFile(at('a.csv'), 'utf8'), await listed()]).toEqual(['two', ['a.csv', 'b/c.csv']])
  })

  it('leaves no folder if it makes nothing', async () => {
    const host = createDiskHost({ output: at('new', 'deep'), extensions: [] })
    await openOutput(host, createDiagnosticLog(), async () => undefined)
    await expect(openOutput(host, createDiagnosticLog(), async () => { throw new Error('a fault') })).rejects.toThrow('a fault')
    expect(await list()).toEqual([])
  })

  it('keeps another out, of this process too, until it has ended', async () => {
    const first = await createHost().openRun?.()
    const { codes, messages } = await write({ 'a.csv': 'two' })
    expect(codes).toEqual(['emit/busy'])
    expect(messages[0]).toMatch(/another run is writing to this folder \(process \d+ on /)
    await first?.close()
    expect((await write({ 'a.csv': 'two' })).codes).toEqual([])
  })

  it('takes over the folder of one that was killed, and its litter is gone', async () => {
    await putRun(ended)
    await writeFile(at('.crosswalk-run', 'x.tmp'), 'half')
    await writeFile(at(`.crosswalk-${ended}-00000000-0000-4000-8000-000000000000.tmp`), 'half')
    await mkdir(at(`.crosswalk-${ended}-00000000-0000-4000-8000-000000000001.tmp`))
    expect((await write({ 'a.csv': 'one' })).codes).toEqual([])
    expect(await list()).toEqual(['a.csv', 'manifest.json'])
  })

  it('of another machine is respected for two minutes without a sign of life', async () => {
    await putRun(elsewhere)
    expect((await write({ 'a.csv': 'one' })).messages).toEqual([expect.stringContaining('(process 1 on elsewhere)')])
    const before = new Date(Date.now() - 130_000)
    await utimes(at('.crosswalk-run', `owner-${elsewhere}`), before, before)
    expect((await write({ 'a.csv': 'one' })).codes).toEqual([])
    expect(await list()).toEqual(['a.csv', 'manifest.json'])
  })

  it('that was taken for killed changes nothing', async () => {
    const { codes } = await write({ 'a.csv': 'one' }, () => rename(at('.crosswalk-run', `owner-${ownTag()}`), at('.crosswalk-run', `owner-${elsewhere}`)))
    expect(codes).toEqual(['emit/busy'])
    expect(await list()).toEqual(['.crosswalk-run'])
  })

  it.each(['file', 'link'])('does not start if a %s has the name of its folder, which stays', async (kind) => {
    if (kind === 'file') await writeFile(at('.crosswalk-run'), 'theirs')
    else await symlink(tmpdir(), at('.crosswalk-run'))
    expect((await write({ 'a.csv': 'one' })).codes).toEqual(['emit/busy'])
    expect(await list()).toEqual(['.crosswalk-run'])
  })

  it('refuses artifacts with the names of its own files', async () => {
    await expect(createHost().writeArtifact('.crosswalk-run/journal.json', encode('x'))).rejects.toThrow('a name of files of Crosswalk itself')
    await expect(createHost().writeArtifact('.Crosswalk-run', encode('x'))).rejects.toThrow('a name of files of Crosswalk itself')
  })
})

/** What a run left that was killed after some of its artifacts had their places. */
async function kill(): Promise<void> {
  await write({ 'a.csv': 'one', 'b.csv': 'one', 'c.csv': 'one' })
  const host = createHost()
  const run = await host.openRun?.()
  for (const name of ['a.csv', 'b.csv', 'd.csv']) await host.writeArtifact(name, encode('two'))
  const old: Manifest = JSON.parse(await readFile(at('manifest.json'), 'utf8'))
  const fresh = await Promise.all(['a.csv', 'b.csv', 'd.csv'].map(async (name) =>
    ({ ...old.artifacts[0], name, ...await host.writeArtifact(name, encode('two')) })))
  // A folder in the way: the artifact stays where it is, as if the run had ended here.
  await mkdir(at('d.csv', 'x'), { recursive: true })
  const interim = { ...old, artifacts: old.artifacts.filter(({ name }) => name === 'c.csv') }
  const [journal, manifest] = [{ ...old, artifacts: [...old.artifacts, ...fresh] }, interim].map((one) => encode(JSON.stringify(one)))
  expect(await run?.commit({ journal: journal ?? encode(''), interim: encode(JSON.stringify(interim)), removed: [], ...(manifest && { manifest }) })).toHaveLength(1)
  await run?.close()
  await rm(at('d.csv'), { recursive: true })
  await writeFile(at('b.csv'), 'one')
}

describe('the journal of a killed run', () => {
  it('says whose the files are, old and new, so that the next run may replace and lists them', async () => {
    await kill()
    expect(await list()).toEqual(['.crosswalk-run', 'a.csv', 'b.csv', 'c.csv', 'manifest.json'])
    expect(await listed()).toEqual(['c.csv'])
    expect((await createHost().readFormer()).artifacts.map(({ name }) => name).toSorted()).toEqual(['a.csv', 'b.csv', 'c.csv'])
    expect((await write({ 'a.csv': 'three', 'b.csv': 'three' })).codes).not.toContain('emit/kept')
    expect(await list()).toEqual(expect.arrayContaining(['a.csv', 'b.csv', 'manifest.json']))
    expect(await list()).not.toContain('.crosswalk-run')
  })

  it('is in the manifest after the next run, whatever that makes', async () => {
    await kill()
    await openOutput(createHost(), createDiagnosticLog(), async () => undefined)
    expect(await listed()).toEqual(['a.csv', 'b.csv', 'c.csv'])
    expect(await list()).toEqual(['a.csv', 'b.csv', 'c.csv', 'manifest.json'])
  })
})

describe('what cannot be written', () => {
  it('because the folder is gone, ends the run with one message', async () => {
    const host = createHost()
    const run = await host.openRun?.()
    await rm(folder, { recursive: true })
    await expect(host.writeArtifact('a.csv', encode('x'))).rejects.toThrow(OutputError)
    await expect(host.writeArtifact('a.csv', encode('x'))).rejects.toThrow('nothing of this run was written')
    await expect(run?.commit({ journal: encode('{}'), removed: [] })).rejects.toThrow(OutputError)
    await run?.close()
    await expect(readdir(folder)).rejects.toThrow('ENOENT')
  })

  it('because a folder has its name, is not in the manifest; all others are, and what was there stays', async () => {
    await write({ 'b.csv': 'one' })
    await mkdir(at('a.csv', 'full'), { recursive: true })
    const { names, codes, messages } = await write({ 'a.csv': 'two', 'b.csv': 'two' })
    expect({ names, codes }).toEqual({ names: ['b.csv'], codes: ['emit/unwritable'] })
    expect(messages[0]).toMatch(/a\.csv: (?:there is a folder with this name|.*not empty)/)
    expect([await listed(), await list()]).toEqual([['b.csv'], ['a.csv', 'b.csv', 'manifest.json']])
  })

  it.skipIf(process.platform !== 'linux')('to a device is an error of the device, which stays', async () => {
    await expect(writeFileAtomically('/dev/full', encode('x'))).rejects.toThrow('ENOSPC')
    await expect(writeFileAtomically('/proc/nope/x', encode('x'))).rejects.toThrow('ENOENT')
  })

  it('is said by errors of their kinds', () => {
    expect(new BusyError('x')).toBeInstanceOf(OutputError)
  })
})
