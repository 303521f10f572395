import { execFile, execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { page } from './pages.js'
import { createFolder, runCrosswalk } from './run-crosswalk.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const run = promisify(execFile)

/** A program of somebody who uses the library: compiled by its types alone, then run. */
const consumer = `
import { convert, createDiskHost, createMemoryHost, emitters, parsers, understand, validate } from 'attack-crosswalk'
import type { ConvertReport, Diagnostic, EmitterId, Mapping, PlacedSet, Host } from 'attack-crosswalk'

const host = createMemoryHost({ 'page.txt': ${JSON.stringify(page)} })
const wanted: readonly EmitterId[] = ['stix', 'navigator', 'csv', 'xlsx']
const report: ConvertReport = await convert({ inputs: [], emitters: wanted }, host)

const sets: readonly PlacedSet[] = report.sets
const rows: readonly Mapping[] = sets.flatMap(({ set }) => set.mappings)
const techniques: readonly string[] = rows.flatMap((row) => (row.kind === 'mapped' ? [row.technique.id] : []))
const errors: readonly Diagnostic[] = report.diagnostics.filter(({ severity }) => severity === 'error')

const disk: Host = createDiskHost({ output: 'output', extensions: ['txt'] })
await convert({ inputs: ['page.txt'], emitters: wanted }, disk)

const layer = host.written.get('aws_attack-enterprise.layer.json') ?? new Uint8Array()
const verdicts = await validate({ inputs: [] }, createMemoryHost({ 'a.layer.json': layer, 'b.json': '{' }))
const understood = await understand({ inputs: ['page.txt'] }, host)

// @ts-expect-error a format that does not exist is a mistake that types tell
export const mistake: EmitterId = 'stixx'

process.stdout.write(JSON.stringify({
  techniques, errors, formats: emitters.map(({ id }) => id), parsers: parsers.length, read: understood.documents.length,
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

beforeAll(() => {
  if (existsSync(join(root, 'dist/types'))) return
  execFileSync('npm', ['run', '--silent', 'build:types'], { cwd: root, stdio: 'inherit' })
})

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
      techniques: ['T1078.004', 'T1078.004'],
      errors: [],
      formats: expect.arrayContaining(['stix', 'navigator', 'csv', 'xlsx', 'json', 'yaml']),
      read: 1,
      written: expect.arrayContaining([...artifacts, 'manifest.json']),
      verdicts: [['navigator-layer', false], [null, true]],
    })

    await runCrosswalk(['convert', 'page.txt', '-o', 'by-command'], { cwd: folder })
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

describe('the package', () => {
  it('holds what is needed, and nothing else', async () => {
    const { stdout } = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: root })
    const [{ files }]: readonly [{ readonly files: readonly { readonly path: string }[] }] = JSON.parse(stdout)
    const paths = files.map(({ path }) => path)
    expect(paths).toEqual(expect.arrayContaining([
      'LICENSE', 'NOTICE', 'README.md', 'CHANGELOG.md', 'package.json', 'dist/index.js', 'dist/crosswalk.js',
      'dist/third-party-licenses.txt', 'dist/types/src/index.d.ts', 'schemas/model.schema.json', 'schemas/stix-bundle.schema.json',
    ]))
    const built = /^dist\/(?:[\w-]+\.js|third-party-licenses\.txt|chunks\/[\w-]+\.js|types\/.+\.d\.ts)$/
    const beside = /^(?:schemas\/[\w-]+\.schema\.json|[A-Z]+(?:\.md)?|package\.json)$/
    expect(paths.filter((path) => !built.test(path) && !beside.test(path))).toEqual([])
  })
})
