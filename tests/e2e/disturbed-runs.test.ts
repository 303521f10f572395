import { execFile, execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { Manifest } from '../../src/pipeline/manifest.js'
import { page } from './pages.js'
import { createFolder, runCrosswalk, type Run } from './run-crosswalk.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const otherPage = page.replaceAll('AWS', 'Azure').replaceAll('aws', 'azure').replaceAll('amazon', 'azure')
let cwd = ''

beforeEach(async () => {
  cwd = await createFolder()
  await writeFile(join(cwd, 'page.txt'), page)
  await writeFile(join(cwd, 'other.txt'), otherPage)
})

function convert(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Run> {
  return runCrosswalk(['convert', ...args, '--to', 'csv,navigator', '--quiet'], { cwd, env })
}

/** Names of all files of a folder that the manifest is true of; throws if it is not true, or a file is in no list. */
async function listTrue(folder = join(cwd, 'output')): Promise<readonly string[]> {
  const { artifacts }: Manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'))
  for (const { name, sha256 } of artifacts) {
    expect([name, createHash('sha256').update(await readFile(join(folder, name))).digest('hex')]).toEqual([name, sha256])
  }
  const names = artifacts.map(({ name }) => name)
  expect((await readdir(folder)).toSorted()).toEqual([...names, 'manifest.json'].toSorted())
  return names
}

async function readAll(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder)).toSorted()
  return Promise.all(names.map(async (name) => `${name} ${await readFile(join(folder, name), 'base64')}`))
}

describe('a killed run', () => {
  it('tears no file, and the next one leaves what an undisturbed run leaves: ten kills', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [
      join(root, 'scripts/kill-runs.mjs'), '--count', '10', '--seed', '7', '--input', join(root, 'input'), '--to', 'csv,navigator',
    ])
    expect(stdout).toMatch(/^1\d kills .*: 0 faults$/m)
  })
})

describe('two runs at once into one folder', () => {
  it('both write, or one says that the other does', async () => {
    const runs = await Promise.all([convert(['page.txt', '--to', 'all']), convert(['other.txt', '--to', 'all'])])
    const refused = runs.filter(({ code }) => code !== 0)
    expect(refused.every(({ code, stderr }) =>
      code === 1 && stderr.includes('error emit/busy\n  output: another run is writing to this folder (process '))).toBe(true)
    expect(runs.some(({ code }) => code === 0)).toBe(true)
    const names = await listTrue()
    for (const [index, set] of ['aws', 'azure'].entries()) expect(names.some((name) => name.startsWith(set))).toBe(runs[index]?.code === 0)
  })
})

/**
 * Lets the nth call of a function of node:fs/promises fail with a code, in a process that loads it first. `write`: of what writes to files
 * that were opened, as artifacts are, chunk by chunk.
 */
const saboteur = `
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
const [name, nth, code] = process.env.FAULT.split(':')
const patched = name === 'write' ? 'open' : name
const real = fs.promises[patched]
let calls = 0
const fails = () => (calls += 1) >= Number(nth)
const fail = () => Promise.reject(Object.assign(new Error(code + ': injected'), { code }))
fs.promises[patched] = async (...args) => {
  // What is read fails in other ways; rm cleans up.
  if (args[1] === 'r' || !String(args[0]).includes('output')) return real(...args)
  if (name !== 'write') return fails() ? fail() : real(...args)
  const handle = await real(...args)
  const write = handle.writeFile.bind(handle)
  handle.writeFile = (...content) => (fails() ? fail() : write(...content))
  return handle
}
syncBuiltinESMExports()
`

describe('a disk that fails', () => {
  it.each([
    'mkdir:1:EACCES', 'mkdir:2:EROFS', 'writeFile:1:ENOSPC', 'write:1:ENOSPC', 'write:2:ENOSPC', 'write:3:EIO', 'write:4:EDQUOT', 'open:1:EIO', 'open:3:ENOSPC',
    'open:5:ENOSPC', 'open:6:EIO', 'rename:1:EIO', 'rename:2:ENOSPC',
  ])('at %s: one message, exit 1, and what was there is unchanged', async (fault) => {
    await writeFile(join(cwd, 'saboteur.mjs'), saboteur)
    await convert(['page.txt'])
    const before = await readAll(join(cwd, 'output'))
    await writeFile(join(cwd, 'page.txt'), page.replaceAll('T1078.004', 'T1078.002'))
    const { code, stderr } = await convert(['page.txt', 'other.txt', ...(fault === 'mkdir:2:EROFS' ? ['--per-document'] : [])], {
      NODE_OPTIONS: `--import=${join(cwd, 'saboteur.mjs')}`, FAULT: fault,
    })
    expect(stderr).toContain(`(${fault.split(':')[2]})`)
    expect(code).toBe(1)
    expect(stderr.match(/ error emit|^error emit/gm)).toHaveLength(fault === 'mkdir:2:EROFS' ? 5 : 1)
    expect((await readAll(join(cwd, 'output'))).filter((file) => !file.startsWith('.crosswalk-'))).toEqual(before)
    // The disk works again.
    expect((await convert(['page.txt', 'other.txt'])).code).toBe(0)
    expect(await listTrue()).toHaveLength(6)
  })

  it.each(['rename:4:EIO', 'rename:5:EIO', 'rename:99:EIO'])('while artifacts are put in their places (%s): the manifest or the journal is true', async (fault) => {
    await writeFile(join(cwd, 'saboteur.mjs'), saboteur)
    await convert(['page.txt'])
    await writeFile(join(cwd, 'page.txt'), page.replaceAll('T1078.004', 'T1078.002'))
    const { code } = await convert(['page.txt', 'other.txt'], { NODE_OPTIONS: `--import=${join(cwd, 'saboteur.mjs')}`, FAULT: fault })
    expect(code).toBe(fault === 'rename:99:EIO' ? 0 : 1)
    const { artifacts }: Manifest = JSON.parse(await readFile(join(cwd, 'output', 'manifest.json'), 'utf8'))
    for (const { name, sha256 } of artifacts) {
      expect([name, createHash('sha256').update(await readFile(join(cwd, 'output', name))).digest('hex')]).toEqual([name, sha256])
    }
    expect((await convert(['page.txt', 'other.txt'])).code).toBe(0)
    expect(await listTrue()).toHaveLength(6)
  })

  it('that is full (1 MB, where a file system may be mounted)', async (context) => {
    const disk = join(cwd, 'disk')
    await mkdir(disk)
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk], { stdio: 'ignore' })
    } catch {
      context.skip('skipped: no file system may be mounted')
    }
    onTestFinished(() => { if (existsSync(disk)) execFileSync('umount', [disk]) })
    expect((await convert(['page.txt', '--output', 'disk/out'])).code).toBe(0)
    const before = await readAll(join(disk, 'out'))
    const { code, stderr } = await runCrosswalk(['convert', 'page.txt', 'other.txt', '--output', 'disk/out', '--quiet', '--to', 'all'], { cwd })
    expect(code).toBe(1)
    expect(stderr).toContain('disk/out: the disk is full (ENOSPC); nothing of this run was written, and what was there is unchanged')
    expect(await readAll(join(disk, 'out'))).toEqual(before)
    expect((await runCrosswalk(['convert', 'page.txt', '-o', 'disk/full.html', '--quiet'], { cwd })).code).toBe(0)
    await rm(join(disk, 'full.html'))
  })

  it.skipIf(process.platform !== 'linux')('or a device: /dev/full stays what it is, also as the file of messages', async () => {
    expect(await convert(['page.txt', '--output', '/dev/full'])).toMatchObject({ code: 1, stderr: expect.stringContaining('/dev/full: there is a file with this name') })
    expect(await convert(['page.txt', '--report-file', '/dev/full'])).toMatchObject({ code: 2, stderr: expect.stringContaining('the disk is full (ENOSPC)') })
    expect(await convert(['page.txt', '--output', '/proc/nope'])).toMatchObject({ code: 1, stderr: expect.stringContaining('/proc/nope: ') })
    expect(existsSync('/dev/full')).toBe(true)
  })
})
