import { execFileSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDiagnosticLog } from '../../../src/diagnostics/diagnostic.js'
import { createDiskHost } from '../../../src/io/disk-host.js'
import type { Manifest, ManifestArtifact } from '../../../src/pipeline/manifest.js'
import { WriteError } from '../../../src/pipeline/host.js'
import { commitArtifacts, openOutput } from '../../../src/pipeline/write.js'

let folder: string
beforeEach(async () => { folder = await mkdtemp(path.join(tmpdir(), 'crosswalk-')) })
afterEach(() => rm(folder, { recursive: true, force: true }))

async function read(inputs: readonly string[], maxBytes?: number) {
  const log = createDiagnosticLog()
  const host = createDiskHost({ output: path.join(folder, 'out'), extensions: ['txt'], ...(maxBytes !== undefined && { maxBytes }) })
  const documents = await host.readDocuments(inputs.map((input) => path.join(folder, input)), log.report)
  return { names: documents.map(({ name }) => name), codes: log.entries.map(({ code }) => code), documents }
}

async function put(name: string, content = 'text'): Promise<void> {
  await mkdir(path.dirname(path.join(folder, name)), { recursive: true })
  await writeFile(path.join(folder, name), content)
}

/** What an earlier run left in the folder `out`: an artifact and its manifest. */
async function putArtifact(): Promise<void> {
  const host = createDiskHost({ output: path.join(folder, 'out'), extensions: [] })
  const log = createDiagnosticLog()
  await openOutput(host, log, async (output) => {
    const written = await host.writeArtifact('own.txt', new TextEncoder().encode('own'))
    await commitArtifacts([{ name: 'own.txt', emitter: 'csv', schema: 'x', counts: {}, options: {}, ...written }], [],
      { ...output, planned: 1 }, host, log)
  })
}

async function listed(): Promise<readonly string[]> {
  const manifest: Manifest = JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8'))
  return manifest.artifacts.map(({ name }) => name)
}

describe('reading', () => {
  it('walks folders, names documents relative to them, and sorts by name', async () => {
    await Promise.all([put('in/b.txt'), put('in/a.txt'), put('in/deep/c.txt')])
    expect((await read(['in'])).names).toEqual(['a.txt', 'b.txt', 'deep/c.txt'])
  })

  it('says what it passes over, and leaves hidden files alone', async () => {
    await Promise.all([put('in/a.txt'), put('in/picture.png'), put('in/.hidden.txt')])
    expect(await read(['in'])).toMatchObject({ names: ['a.txt'], codes: ['read/skipped'] })
  })

  it('says that a folder holds no document', async () => {
    await mkdir(path.join(folder, 'in/deep'), { recursive: true })
    expect(await read(['in'])).toMatchObject({ names: [], codes: ['read/no-input'] })
    await put('in/deep/a.txt')
    expect(await read(['in'])).toMatchObject({ names: ['deep/a.txt'], codes: [] })
  })

  it('reads a file that is named whatever its extension', async () => {
    await put('in/picture.png')
    expect((await read(['in/picture.png'])).names).toEqual(['picture.png'])
  })

  it('expands globs itself', async () => {
    await Promise.all([put('in/a.txt'), put('in/b.txt'), put('in/c.md')])
    expect((await read(['in/*.txt'])).names).toEqual(['a.txt', 'b.txt'])
    expect((await read(['in/*.nothing'])).codes).toEqual(['read/not-found'])
  })

  it('reads the metadata beside a table that is named alone', async () => {
    await Promise.all([put('in/a.csv'), put('in/a.csv-metadata.json'), put('in/b.csv')])
    expect((await read(['in/a.csv'])).names).toEqual(['a.csv', 'a.csv-metadata.json'])
    expect((await read(['in/b.csv'])).names).toEqual(['b.csv'])
    expect((await read(['in/*.csv'])).names).toEqual(['a.csv', 'a.csv-metadata.json', 'b.csv'])
  })

  it('reads a file that is named twice once', async () => {
    await put('in/a.txt')
    expect((await read(['in', 'in/a.txt', 'in/../in/a.txt'])).names).toEqual(['a.txt'])
  })

  it('tells files of one name apart by as much of their path as it takes', async () => {
    await Promise.all([put('one/a.txt'), put('two/a.txt')])
    expect((await read(['two/a.txt', 'one/a.txt'])).names).toEqual(['one/a.txt', 'two/a.txt'])
  })

  it('reports what cannot be read and reads the rest', async () => {
    await Promise.all([put('in/a.txt'), put('in/empty.txt', ''), mkdir(path.join(folder, 'in/folder.txt'), { recursive: true })])
    await symlink('nowhere', path.join(folder, 'in/dangling.txt'))
    execFileSync('mkfifo', [path.join(folder, 'in/pipe.txt')])
    const { names, codes } = await read(['in', 'missing.txt'])
    expect(names).toEqual(['a.txt'])
    expect(codes.toSorted()).toEqual(['read/empty', 'read/folder-as-file', 'read/not-found', 'read/unreadable', 'read/unreadable'])
  })

  it.skipIf(process.getuid?.() === 0)('reports a file without permission (skipped for root, who may read anything)', async () => {
    await put('in/a.txt')
    await chmod(path.join(folder, 'in/a.txt'), 0o000)
    expect((await read(['in'])).codes).toEqual(['read/unreadable'])
  })

  it('skips what an earlier run wrote to the output folder if it is inside the input folder', async () => {
    await Promise.all([put('a.txt'), put('out/document.txt'), putArtifact()])
    expect(await read(['.'])).toMatchObject({ names: ['a.txt', 'out/document.txt'], codes: ['read/skipped', 'read/skipped'] })
    expect((await read(['out'])).names).toEqual(['document.txt'])
  })

  it('reads an artifact of its own that is named, was changed, or stands alone', async () => {
    await Promise.all([put('a.txt'), putArtifact()])
    expect((await read(['out'])).names).toEqual(['own.txt'])
    expect((await read(['.', 'out/own.txt'])).names).toEqual(['a.txt', 'own.txt'])
    await put('out/own.txt', 'changed')
    expect((await read(['.'])).names).toEqual(['a.txt', 'out/own.txt'])
  })

  it('refuses a file over the limit', async () => {
    await put('in/a.txt', 'x'.repeat(11))
    expect((await read(['in'], 10)).codes).toEqual(['read/too-large'])
    expect((await read(['in'], 11)).names).toEqual(['a.txt'])
  })
})

async function listSources(): Promise<readonly string[]> {
  const manifest: Manifest = JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8'))
  return manifest.sources.map(({ name, sha256 }) => `${name} ${sha256.slice(0, 1)}`)
}

describe('writing', () => {
  const bytes = new TextEncoder().encode('{}')

  interface RunOptions {
    readonly hasErrors?: boolean
    readonly prune?: boolean
    /** Digests by name. */
    readonly documents?: Readonly<Record<string, string>>
  }

  const one = { 'one.txt': '1'.repeat(64) }
  const two = { 'two.txt': '2'.repeat(64) }

  /** A run that makes artifacts of these names, of the format that their extension says, from documents; returns what it removed. */
  async function run(
    names: readonly string[], { hasErrors = false, prune = false, documents = one }: RunOptions = {},
  ): Promise<readonly (string | undefined)[]> {
    const log = createDiagnosticLog()
    if (hasErrors) log.report('read/empty')
    const host = createDiskHost({ output: folder, extensions: [] })
    await openOutput(host, log, async (output) => {
      const artifacts: ManifestArtifact[] = []
      for (const name of names) {
        artifacts.push({ name, emitter: path.extname(name).slice(1), schema: 'x', counts: {}, options: {}, documents, ...(await host.writeArtifact(name, bytes)) })
      }
      const sources = Object.entries(documents).map(([file, sha256]) => ({ file: { name: file, path: file, sha256, bytes: new Uint8Array() }, rows: 1 }))
      await commitArtifacts(artifacts, sources, { ...output, prune, planned: 0 }, host, log)
    })
    codes = log.entries.map(({ code }) => code)
    return log.entries.filter(({ code }) => code === 'emit/stale-removed').map(({ subject }) => subject)
  }

  let codes: readonly string[] = []

  it('keeps and lists artifacts of other documents, until --prune', async () => {
    await run(['a.csv', 'a.yaml'])
    expect(await run(['b.csv'], { documents: two })).toEqual([])
    expect(await listed()).toEqual(['a.csv', 'a.yaml', 'b.csv'])
    expect(await listSources()).toEqual(['one.txt 1', 'two.txt 2'])
    expect(await run(['c.csv'], { documents: two })).toEqual(['b.csv'])
    expect(await run(['c.csv'], { documents: two, prune: true, hasErrors: true })).toEqual([])
    expect(await run(['c.csv'], { documents: two, prune: true })).toEqual(['a.csv', 'a.yaml'])
    expect(await listed()).toEqual(['c.csv'])
  })

  it('keeps what a run of several documents made if not all of them are in this run', async () => {
    await run(['a.csv', 'all.csv'], { documents: { ...one, ...two } })
    expect(await run(['a.csv'])).toEqual([])
    expect(codes).toEqual(['emit/replaced'])
    expect(await listed()).toEqual(['a.csv', 'all.csv'])
    expect(await run(['a.csv'], { documents: { ...one, ...two } })).toEqual(['all.csv'])
  })

  it('removes artifacts of a document that was changed, but not those of another one with the same name', async () => {
    await run(['a.csv', 'b.csv'])
    expect(await run(['a.csv'], { documents: { 'one.txt': '3'.repeat(64) } })).toEqual(['b.csv'])
    expect(codes).toEqual(['emit/updated', 'emit/stale-removed'])
    expect(await run(['c.csv'], { documents: { 'one.txt': '4'.repeat(64) } })).toEqual([])
    expect(await run(['c.csv'], { documents: { 'one.txt': '4'.repeat(64) } })).toEqual([])
    expect(await listed()).toEqual(['a.csv', 'c.csv'])
    expect(await listSources()).toEqual(['one.txt 3', 'one.txt 4'])
  })

  it('leaves nothing but the artifacts and the manifest behind', async () => {
    await run(['a.csv', 'sub/b.csv'])
    expect((await readdir(folder, { recursive: true })).toSorted()).toEqual(['a.csv', 'manifest.json', 'sub', 'sub/b.csv'])
  })

  it('removes what an earlier run made and this one does not', async () => {
    await run(['a.csv', 'b.csv'])
    expect(await run(['a.csv'])).toEqual(['b.csv'])
    expect((await readdir(folder)).toSorted()).toEqual(['a.csv', 'manifest.json'])
  })

  it('keeps what an earlier run made in another format, and keeps it listed', async () => {
    await run(['a.csv', 'a.yaml'])
    expect(await run(['a.csv'])).toEqual([])
    expect(await listed()).toEqual(['a.csv', 'a.yaml'])
    expect(await run(['b.yaml'])).toEqual(['a.yaml'])
    expect(await listed()).toEqual(['a.csv', 'b.yaml'])
  })

  it('keeps everything after a run with errors, and removes it once a run has none', async () => {
    await run(['a.csv', 'b.csv'])
    expect(await run(['a.csv'], { hasErrors: true })).toEqual([])
    expect(await listed()).toEqual(['a.csv', 'b.csv'])
    expect(await run(['a.csv'])).toEqual(['b.csv'])
  })

  it('leaves alone what a person changed, and what is not ours', async () => {
    await run(['a.csv', 'b.csv', 'c.csv'])
    await Promise.all([put('b.csv', 'changed'), put('notes.csv')])
    expect(await run(['a.csv'])).toEqual(['c.csv'])
    expect((await readdir(folder)).toSorted()).toEqual(['a.csv', 'b.csv', 'manifest.json', 'notes.csv'])
    expect(await listed()).toEqual(['a.csv'])
  })

  it('never follows a manifest out of its folder', async () => {
    await put('outside.csv', '{}')
    const inside = path.join(folder, 'inside')
    const host = createDiskHost({ output: inside, extensions: [] })
    const { sha256 } = await host.writeArtifact('a.csv', bytes)
    const manifest = { tool: { name: 'attack-crosswalk', version: '1' }, artifacts: [{ name: '../outside.csv', sha256 }, { name: 'a.csv', sha256 }], sources: [] }
    await writeFile(path.join(inside, 'manifest.json'), JSON.stringify(manifest))
    expect((await host.readFormer()).artifacts.map(({ name }) => name)).toEqual(['a.csv'])
  })

  it('says what it could not remove', async () => {
    await put('full/a.csv')
    const host = createDiskHost({ output: folder, extensions: [] })
    await expect(host.removeArtifact('full')).rejects.toThrow(WriteError)
  })

  it('says where it could not write, and leaves the file that was there as it was', async () => {
    await put('blocked', 'a file where a folder should be')
    const host = createDiskHost({ output: path.join(folder, 'blocked'), extensions: [] })
    await expect(host.writeArtifact('a.csv', bytes)).rejects.toThrow(WriteError)
    expect(await readFile(path.join(folder, 'blocked'), 'utf8')).toBe('a file where a folder should be')
  })
})
