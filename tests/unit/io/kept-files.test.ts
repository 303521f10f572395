import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDiagnosticLog } from '../../../src/diagnostics/diagnostic.js'
import { createDiskHost } from '../../../src/io/disk-host.js'
import { KeptError } from '../../../src/pipeline/host.js'
import { commitArtifacts, openOutput } from '../../../src/pipeline/write.js'

let folder = ''
beforeEach(async () => { folder = await mkdtemp(path.join(tmpdir(), 'crosswalk-kept-')) })
afterEach(() => rm(folder, { recursive: true, force: true }))

const put = (name: string, text: string): Promise<void> => writeFile(path.join(folder, name), text)
const read = (name: string): Promise<string> => readFile(path.join(folder, name), 'utf8')
const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

/** A run that writes artifacts with these names, and its manifest; returns the codes of what it reported. */
async function run(...names: readonly string[]): Promise<readonly string[]> {
  const log = createDiagnosticLog()
  const host = createDiskHost({ output: folder, extensions: [] })
  await openOutput(host, log, async (output) => {
    const artifacts = await Promise.all(names.map(async (name) =>
      ({ name, emitter: 'csv', schema: 'x', counts: {}, options: {}, documents: {}, ...(await host.writeArtifact(name, encode('ours'))) })))
    await commitArtifacts(artifacts, [], { ...output, planned: 0 }, host, log)
  })
  return log.entries.map(({ code }) => code)
}

describe('files of others in the output', () => {
  it('are kept if no run wrote them or a person changed them since, unless overwriting is asked for', async () => {
    expect(await run('a.csv', 'b.csv')).toEqual([])
    await Promise.all([put('b.csv', 'changed'), put('c.csv', 'theirs')])
    const host = createDiskHost({ output: folder, extensions: [] })
    await host.writeArtifact('a.csv', encode('other'))
    await host.writeArtifact('a.csv', encode('and another'))
    await expect(host.writeArtifact('b.csv', encode('other'))).rejects.toThrow('changed since')
    await expect(host.writeArtifact('c.csv', encode('other'))).rejects.toThrow('no earlier run')
    await host.writeArtifact('c.csv', encode('theirs'))
    await expect(createDiskHost({ output: folder, extensions: [], dryRun: true }).writeArtifact('b.csv', encode('x'))).rejects.toThrow(KeptError)
    expect([await read('a.csv'), await read('b.csv'), await read('c.csv')]).toEqual(['and another', 'changed', 'theirs'])
  })

  it('are overwritten where that is asked for: all, or those named', async () => {
    await Promise.all([put('b.csv', 'theirs'), put('c.csv', 'theirs')])
    const some = createDiskHost({ output: folder, extensions: [], overwrite: [path.join(folder, 'c.csv')] })
    await some.writeArtifact('c.csv', encode('other'))
    await expect(some.writeArtifact('b.csv', encode('other'))).rejects.toThrow(KeptError)
    await createDiskHost({ output: folder, extensions: [], overwrite: true }).writeArtifact('b.csv', encode('other'))
    expect([await read('b.csv'), await read('c.csv')]).toEqual(['other', 'other'])
  })

  it('may be the manifest.json of another program; one of ours is replaced', async () => {
    await put('manifest.json', '{ "name": "My web app", "icons": [] }')
    expect(await run('a.csv')).toEqual(['emit/kept'])
    expect(await read('manifest.json')).toBe('{ "name": "My web app", "icons": [] }')
    await rm(path.join(folder, 'manifest.json'))
    expect(await run('a.csv')).toEqual([])
    await put('manifest.json', `${await read('manifest.json')}\n`)
    expect(await run('a.csv', 'b.csv')).toEqual([])
    expect(await read('manifest.json')).toContain('"b.csv"')
  })
})
