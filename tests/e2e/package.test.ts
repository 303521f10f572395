import { execFileSync } from 'node:child_process'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { extensionDefinition } from '../../src/emitters/stix/preamble-objects.js'
import { tool } from '../../src/model/tool.js'
import { buildTypes } from '../support/build-types.js'
import { readExamples, readFences } from './console-examples.js'
import { page } from './pages.js'
import { createFolder } from './run-crosswalk.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
let packed: readonly string[] = []

beforeAll(() => {
  buildTypes()
  const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: root, encoding: 'utf8', stdio: 'pipe' })
  const [{ files }]: [{ files: { path: string }[] }] = JSON.parse(output)
  packed = files.map((file) => file.path)
}, 120_000)

describe('the package', () => {
  it('contains these files and no others', async () => {
    const schemas = (await readdir(path.join(root, 'schemas'))).map((name) => `schemas/${name}`)
    expect(schemas.every((name) => name.endsWith('.schema.json'))).toBe(true)
    expect(packed.filter((name) => !/^dist\/chunks\/[\w.-]+-[A-Z0-9]{8}\.js$/.test(name)).toSorted()).toEqual([
      'CHANGELOG.md', 'LICENSE', 'NOTICE', 'README.md', 'SECURITY.md',
      'dist/crosswalk.1', 'dist/crosswalk.cjs', 'dist/crosswalk.js', 'dist/document-worker.js', 'dist/help.cjs', 'dist/index.d.ts', 'dist/index.js', 'dist/node.d.ts', 'dist/node.js',
      'dist/packages/hucre.cjs', 'dist/packages/yaml.cjs', 'dist/program.cjs', 'dist/sbom.cdx.json', 'dist/third-party-licenses.txt', 'package.json', ...schemas,
      // What explains the errors of each schema.
      ...schemas.map((name) => name.replace('schemas/', 'dist/explain/').replace('.schema.json', '.cjs')),
    ].toSorted())
  })

  it('runs nothing when it is installed', async () => {
    const { scripts }: { scripts: Record<string, string> } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'))
    expect(Object.keys(scripts).filter((name) => /^(?:pre|post)?(?:install|uninstall)$|^prepare$/.test(name))).toEqual([])
  })

  it('starts no other programs', async () => {
    const programs = ['dist/program.cjs', 'dist/help.cjs', 'dist/document-worker.js']
    const texts = await Promise.all(programs.map((name) => readFile(path.join(root, name), 'utf8')))
    expect(programs.filter((_, index) => texts[index]?.includes('node:fs'))).toEqual(programs.slice(0, 2))
    expect(programs.filter((_, index) => /["'](?:node:)?child_process["']/.test(texts[index] ?? ''))).toEqual([])
  })

  it('has the schema that the address in STIX bundles leads to', () => {
    const { origin, pathname } = new URL(extensionDefinition.schema)
    const [name, ...file] = pathname.slice(1).split('/')
    // unpkg.com serves the files of npm packages at /NAME/PATH.
    expect([origin, name]).toEqual(['https://unpkg.com', tool.name])
    expect(packed).toContain(file.join('/'))
  })
})

/** Without the settings of the npm that runs the tests: `npm run --silent` silences every npm beneath it. */
const outerEnvironment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.toLowerCase().startsWith('npm_')))

/** Errors of npm for lack of a network and of what it needs in its cache. */
const noNetwork = /ENOTCACHED|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH/

function timeless(text: string): string {
  return text.replaceAll(/ in \d+(?:ms|s|m)$/gm, ' in 1s')
}

describe('the first ten minutes', () => {
  it('begin and end with what npm prints: a file is packed, installed, run and uninstalled', async (context) => {
    const folder = await createFolder()
    const prefix = path.join(folder, 'global')
    const run = (file: string, args: readonly string[], cwd = folder): string => {
      const env = { ...outerEnvironment, npm_config_prefix: prefix, npm_config_prefer_offline: 'true', npm_config_update_notifier: 'false' }
      return execFileSync(file, args, { cwd, env, encoding: 'utf8', stdio: 'pipe' }).trim()
    }
    // --ignore-scripts: it is built already.
    const printed = [run('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], root)]
    try {
      printed.push(run('npm', ['install', '--global', '--no-audit', '--no-fund', `./${printed[0]}`]))
    } catch (error) {
      const reason = error instanceof Error && 'stderr' in error ? noNetwork.exec(String(error.stderr))?.[0] : undefined
      if (reason === undefined) throw error
      context.skip(`npm has no network (${reason})`)
    }
    printed.push(run(path.join(prefix, 'bin/crosswalk'), ['--version']))
    await writeFile(path.join(folder, 'page.txt'), page)
    expect(run(path.join(prefix, 'bin/attack-crosswalk'), ['convert', 'page.txt', '--to', 'stix,png'])).toContain('Wrote 2 artifacts to output')
    printed.push(run('npm', ['uninstall', '--global', 'attack-crosswalk']))
    expect(await readdir(path.join(prefix, 'lib/node_modules'))).not.toContain('attack-crosswalk')
    const recorded = (await readFences('docs/first-ten-minutes.md')).filter(({ language }) => language === 'console').flatMap(readExamples)
      .filter(({ line }) => line.startsWith('npm ') || line === 'crosswalk --version').map(({ output }) => output)
    expect(printed.map(timeless)).toEqual(recorded.map(timeless))
  }, 180_000)
})

interface Bill {
  readonly components: readonly { readonly purl: string; readonly properties: readonly { readonly value: string }[] }[]
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[]
}

describe('the bill of materials', () => {
  it('names every package whose licence is in the package, and nothing that changes from build to build', async () => {
    const text = await readFile(path.join(root, 'dist/sbom.cdx.json'), 'utf8')
    const { components, dependencies }: Bill = JSON.parse(text)
    const licences = await readFile(path.join(root, 'dist/third-party-licenses.txt'), 'utf8')
    const licensed = Array.from(licences.matchAll(/(?:^|-{80}\n\n)(\S+) (\d\S*)\n/g), ([, name = '', version]) => `pkg:npm/${name.replace('@', '%40')}@${version}`)
    expect(licensed.length).toBeGreaterThan(10)
    expect(components.filter(({ properties }) => properties[0]?.value === 'true').map(({ purl }) => purl).toSorted()).toEqual(licensed.toSorted())
    const known = new Set(dependencies.map(({ ref }) => ref))
    expect(dependencies.flatMap(({ dependsOn }) => dependsOn).filter((ref) => !known.has(ref))).toEqual([])
    expect(text).not.toMatch(/timestamp|serialNumber/)
  })

  it('names every package that an installation needs', async () => {
    const lock: { packages: Record<string, { version: string; name?: string; dev?: true }> } = JSON.parse(await readFile(path.join(root, 'package-lock.json'), 'utf8'))
    const needed = Object.entries(lock.packages).filter(([folder, { dev }]) => folder !== '' && dev !== true)
      .map(([folder, { name, version }]) => `pkg:npm/${(name ?? folder.replace(/^.*node_modules\//, '')).replace('@', '%40')}@${version}`)
    const { components }: Bill = JSON.parse(await readFile(path.join(root, 'dist/sbom.cdx.json'), 'utf8'))
    expect(components.map(({ purl }) => purl)).toEqual(expect.arrayContaining(needed))
  })
})

describe('with the permissions of SECURITY.md', () => {
  // Node.js 20 has the flag with another name.
  const permission = process.allowedNodeEnvironmentFlags.has('--permission') ? '--permission' : '--experimental-permission'

  function run(cwd: string, ...args: readonly string[]): string {
    const allowed = [
      permission, '--allow-worker', `--allow-fs-read=${root}*`, `--allow-fs-read=${cwd}/mappings/*`, `--allow-fs-read=${cwd}/results/*`,
      `--allow-fs-write=${cwd}/results/*`,
    ]
    try {
      return execFileSync(process.execPath, [...allowed, '--no-warnings', path.join(root, 'dist/crosswalk.cjs'), ...args], { cwd, encoding: 'utf8', stdio: 'pipe' })
    } catch (error) {
      return error instanceof Error && 'stderr' in error ? String(error.stderr) : ''
    }
  }

  it('converts to the folder that is allowed, and neither reads nor writes elsewhere', async () => {
    const cwd = await createFolder()
    for (const folder of ['mappings', 'results', 'private']) await mkdir(path.join(cwd, folder))
    await writeFile(path.join(cwd, 'mappings/page.txt'), page)
    await writeFile(path.join(cwd, 'private/page.txt'), page)
    expect(run(cwd, 'convert', 'mappings', '--output', 'results')).toMatch(/^Wrote \d+ artifacts to results$/m)
    expect(await readdir(path.join(cwd, 'results'))).toContain('manifest.json')
    expect(run(cwd, 'convert', 'private/page.txt', '--output', 'results')).toContain('private/page.txt error read/')
    expect(run(cwd, 'convert', 'mappings', '--output', 'elsewhere')).toContain('emit/unwritable')
    expect(existsSync(path.join(cwd, 'elsewhere'))).toBe(false)
  })

  it('are those that the page names', async () => {
    const text = await readFile(path.join(root, 'SECURITY.md'), 'utf8')
    for (const flag of ['--permission', '--experimental-permission', '--allow-worker', '--allow-fs-read', '--allow-fs-write']) expect(text).toContain(flag)
  })
})
