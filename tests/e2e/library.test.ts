import { execFile } from 'node:child_process'
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildTypes } from '../support/build-types.js'
import { page } from './pages.js'
import { createFolder, runCrosswalk } from './run-crosswalk.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const run = promisify(execFile)

/** A program of somebody who uses the library: compiled by its types alone, then run. */
const consumer = `
import { convert, createMemoryHost, emitters, inspect, parsers, RequestError, validate } from 'attack-crosswalk'
import type { ConvertReport, Diagnostic, EmitterChoice, EmitterId, Mapping, PlacedSet, Host } from 'attack-crosswalk'
import { createDiskHost } from 'attack-crosswalk/node'

const host = createMemoryHost({ 'page.txt': ${JSON.stringify(page)} })
const wanted: readonly EmitterId[] = ['stix', 'navigator', 'csv', 'xlsx']
const report: ConvertReport = await convert({ emitters: wanted }, host)

const sets: readonly PlacedSet[] = report.sets
const rows: readonly Mapping[] = sets.flatMap(({ set }) => set.mappings)
const techniques: readonly string[] = rows.flatMap((row) => (row.kind === 'mapped' ? [row.technique.id] : []))
const errors: readonly Diagnostic[] = report.diagnostics.filter(({ severity }) => severity === 'error')

const disk: Host = createDiskHost({ output: 'output', extensions: ['txt'] })
await convert({ inputs: ['page.txt'], emitters: wanted }, disk)

const layer = host.written.get('aws_attack-enterprise.layer.json') ?? new Uint8Array()
const verdicts = await validate({}, createMemoryHost({ 'a.layer.json': layer, 'b.json': '{' }))
const understood = await inspect({ inputs: ['page.txt'] }, host)

// @ts-expect-error a format that does not exist is a mistake that types tell
export const mistake: EmitterId = 'stixx'
// @ts-expect-error nor is there such an option of the format
export const option: EmitterChoice = { csv: { 'layer-by': 'group' } }
// @ts-expect-error nor such a choice
export const choice: EmitterChoice = { navigator: { 'layer-by': 'tactics' } }
export const right: EmitterChoice = { navigator: { 'layer-by': 'group', 'layer-metadata-limit': 4 }, csv: { 'csv-raw': true }, json: {} }
// The disk's host and the functions share their classes.
const thrown = await convert({ emitters: ['csv'], created: 'today' }, disk).catch((error: unknown) => error instanceof RequestError && error.at)

process.stdout.write(JSON.stringify({
  thrown, techniques, errors, formats: emitters.map(({ id }) => id), parsers: parsers.length, read: understood.documents.length,
  written: [...host.written.keys()], verdicts: verdicts.files.map(({ kind, diagnostics }) => [kind, diagnostics.length > 0]),
}))
`

const tsconfig = {
  compilerOptions: {
    target: 'es2023', module: 'nodenext', strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true,
    // The declarations are judged too, and none of Node's types is there: only what the consumer uses is named.
    skipLibCheck: false, types: [], lib: ['es2023'], outDir: 'built', rootDir: '.',
  },
  files: ['consumer.ts', 'process.d.ts'],
}

let folder = ''

beforeAll(buildTypes)

async function install(): Promise<void> {
  folder = await createFolder()
  await mkdir(join(folder, 'node_modules'))
  await symlink(root, join(folder, 'node_modules', 'attack-crosswalk'), 'dir')
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  await writeFile(join(folder, 'page.txt'), page)
}

describe('the library', () => {
  it('is used from TypeScript by its own declarations, and does what the command does', async () => {
    await install()
    await writeFile(join(folder, 'consumer.ts'), consumer)
    await writeFile(join(folder, 'process.d.ts'), 'declare const process: { readonly stdout: { write(text: string): void } }\n')
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig))
    const compiled = await run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder], { cwd: folder })
      .catch((error: { readonly stdout: string }) => error)
    expect(compiled.stdout).toBe('')

    const { stdout } = await run(process.execPath, ['built/consumer.js'], { cwd: folder })
    const name = 'aws_attack-enterprise'
    const artifacts = ['stix.json', 'layer.json', 'csv', 'csv-metadata.json', 'xlsx'].map((ending) => `${name}.${ending}`)
    expect(JSON.parse(stdout)).toMatchObject({
      thrown: 'created',
      techniques: ['T1078.004', 'T1078.004'],
      errors: [],
      formats: expect.arrayContaining(['stix', 'navigator', 'csv', 'xlsx', 'json', 'yaml']),
      read: 1,
      written: expect.arrayContaining([...artifacts, 'manifest.json']),
      verdicts: [['navigator-layer', false], [null, true]],
    })

    await runCrosswalk(['convert', 'page.txt', '--to', 'stix,navigator,csv,xlsx', '-o', 'by-command'], { cwd: folder })
    for (const artifact of [...artifacts, 'manifest.json']) {
      expect(await readFile(join(folder, 'output', artifact))).toEqual(await readFile(join(folder, 'by-command', artifact)))
    }
  })

  it('offers its schemas and its version', async () => {
    await install()
    await writeFile(join(folder, 'schemas.mjs'), `
      import layer from 'attack-crosswalk/schemas/navigator-layer.schema.json' with { type: 'json' }
      import program from 'attack-crosswalk/package.json' with { type: 'json' }
      process.stdout.write(JSON.stringify([layer.$id, program.version]))`)
    const { stdout } = await run(process.execPath, ['--no-warnings', 'schemas.mjs'], { cwd: folder })
    expect(JSON.parse(stdout)).toEqual([expect.stringContaining('navigator-layer'), expect.stringMatching(/^\d+\.\d+\.\d+/)])
  })
})

/** What `npm pack` says of the package. */
interface Packed {
  readonly filename: string
  readonly size: number
  readonly files: readonly { readonly path: string }[]
}

async function pack(...args: readonly string[]): Promise<Packed> {
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', ...args], { cwd: root })
  const [packed]: readonly [Packed] = JSON.parse(stdout)
  return packed
}

describe('the package', () => {
  it('is small; package.test.ts lists its files', async () => {
    const { files, size } = await pack('--dry-run')
    const paths = files.map(({ path }) => path)
    expect(paths.filter((path) => path.startsWith('dist/chunks/') && !/^dist\/chunks\/[\w-]+\.js$/.test(path))).toEqual([])
    expect(paths.length).toBeLessThan(420)
    // Bytes of the compressed package: 2.4 MB now.
    expect(size).toBeLessThan(2_500_000)
  })

  it('runs by its own name, from its file alone', async () => {
    const home = await createFolder()
    const { filename } = await pack('--pack-destination', home)
    const installed = join(home, 'node_modules/attack-crosswalk')
    await mkdir(installed, { recursive: true })
    await run('tar', ['xzf', join(home, filename), '-C', installed, '--strip-components=1'])
    await writeFile(join(home, 'package.json'), '{ "private": true, "dependencies": { "attack-crosswalk": "*" } }')
    await writeFile(join(home, 'page.txt'), page)
    // Links the programs of installed packages, which is all that it does here: it needs no network.
    await run('npm', ['rebuild', '--ignore-scripts', '--offline'], { cwd: home })
    const { name, version }: { readonly name: string, readonly version: string } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'))
    for (const command of [name, 'crosswalk']) {
      const { stdout } = await run('npx', ['--no-install', '--offline', command, '--version'], { cwd: home })
      expect(stdout.trim()).toBe(version)
    }
    // Without any of its dependencies: the program is bundled.
    const { stdout } = await run('npx', ['--no-install', '--offline', name, 'convert', 'page.txt', '-o', 'out', '--to', 'stix'], { cwd: home })
    expect(await readdir(join(home, 'out'))).toContain('manifest.json')
    expect(stdout).toContain('stix')
  })

  it('has the licence of each package that is bundled in it, and of no other', async () => {
    const texts = (await readFile(join(root, 'dist/third-party-licenses.txt'), 'utf8')).split(`\n${'-'.repeat(80)}\n\n`)
    const listed = new Map(texts.map((text) => {
      const [heading = '', ...rest] = text.split('\n')
      return [heading.replace(/ \S+$/, ''), { heading, body: rest.join('\n') }]
    }))
    const { dependencies }: { readonly dependencies: Readonly<Record<string, string>> } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
    // Their files are read from their own folders, which are installed beside this package.
    const apart = new Set(['@fontsource/dejavu-sans', '@resvg/resvg-wasm', 'xlsx'])
    for (const [name, range] of Object.entries(dependencies)) {
      if (apart.has(name)) continue
      const { name: real, version }: { readonly name: string, readonly version: string } = JSON.parse(await readFile(join(root, 'node_modules', name, 'package.json'), 'utf8'))
      expect(listed.get(real)?.heading, `${name} ${range}`).toBe(`${real} ${version}`)
    }
    for (const [name, { body }] of listed) {
      expect(body, name).toMatch(/permission is hereby granted|permission to use, copy, modify|apache license|redistribution and use in source/i)
      expect(body.length, name).toBeGreaterThan(400)
    }
    const locked: { readonly packages: Readonly<Record<string, { readonly dev?: boolean, readonly name?: string }>> } = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'))
    const needed = new Set(Object.entries(locked.packages).filter(([, { dev }]) => dev !== true)
      .map(([path, entry]) => entry.name ?? path.replace(/^.*node_modules\//, '')))
    expect([...listed.keys()].filter((name) => !needed.has(name))).toEqual([])
  })
})
