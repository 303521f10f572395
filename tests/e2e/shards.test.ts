import { spawnSync } from 'node:child_process'
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeEach, describe, expect, it } from 'vitest'
import { page } from './pages.js'
import { createFolder, runCrosswalk, type Run } from './run-crosswalk.js'

const program = fileURLToPath(new URL('../../dist/crosswalk.cjs', import.meta.url))
const hasParallel = spawnSync('parallel', ['--version'], { encoding: 'utf8' }).stdout?.includes('GNU parallel') ?? false
let cwd = ''

beforeEach(async () => {
  cwd = await createFolder()
  await mkdir(path.join(cwd, 'downloads'))
  await writeFile(path.join(cwd, 'downloads', 'aws.txt'), page)
  await writeFile(path.join(cwd, 'downloads', 'azure.txt'), page.replaceAll('AWS', 'Azure').replaceAll('aws', 'azure').replaceAll('amazon', 'azure'))
  for (const id of [1, 2, 3]) await writeFile(path.join(cwd, 'downloads', `own-${id}.csv`), `capability_id,technique\nX-${id},T1078\nX-${id},T9999\n`)
  await writeFile(path.join(cwd, 'downloads', 'empty.csv'), '')
})

function run(...args: readonly string[]): Promise<Run> {
  return runCrosswalk(args, { cwd })
}

async function readOutput(folder: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(path.join(cwd, folder), { recursive: true, withFileTypes: true }).catch(() => [])
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name)).toSorted()
  return Object.fromEntries(await Promise.all(files.map(async (file) =>
    [path.relative(path.join(cwd, folder), file), (await readFile(file)).toString('base64')] as const)))
}

const differences = (one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): readonly string[] =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].filter((name) => one[name] !== other[name])

describe('crosswalk convert --shard, crosswalk merge', () => {
  it.each(['', '--per-document', '--combine', '--per-document --combine --to stix,parquet'])('give the bytes of the run without shards: %s', async (flags) => {
    const options = flags.split(' ').filter((flag) => flag !== '')
    const whole = await run('convert', 'downloads', '--output', 'whole', ...options)
    const shards = await Promise.all([1, 2, 3].map((nth) => run('convert', 'downloads', '--shard', `${nth}/3`, '--output', `shards/${nth}`, ...options)))
    const merged = await run('merge', 'shards/3', 'shards/1', 'shards/2', '--output', 'merged')
    expect(differences(await readOutput('merged'), await readOutput('whole'))).toEqual([])
    expect(Object.keys(await readOutput('merged')).length).toBeGreaterThan(10)
    // The empty document is an error of the first shard, of the merge and of the whole run.
    expect([whole.code, shards.map(({ code }) => code), merged.code]).toEqual([1, [1, 0, 0], 1])
    expect(merged.stdout).toMatch(/^Merged 3 shards\nWrote \d+ artifacts to merged\nOpen merged\//)
    expect(merged.stderr).toContain('shards/errors')
    const said = shards.map(({ stderr }) => stderr).join('')
    expect(said.match(/empty\.csv/g)).toHaveLength(whole.stderr.match(/empty\.csv/g)?.length ?? 0)
    expect(shards[1]?.stdout).toMatch(/^Shard 2 of 3: wrote \d+ artifacts? to shards\/2\n$/)
  })

  it('write nothing with --dry-run', async () => {
    await Promise.all([1, 2].map((nth) => run('convert', 'downloads', '--shard', `${nth}/2`, '--output', `shards/${nth}`, '--to', 'csv')))
    const { stdout } = await run('merge', 'shards/1', 'shards/2', '--output', 'merged', '--dry-run')
    expect(stdout).toMatch(/Would write \d+ artifacts to merged \(dry run\)/)
    expect(await readOutput('merged')).toEqual({})
    await run('convert', 'downloads', '--shard', '1/2', '--output', 'dry', '--dry-run')
    expect(await readOutput('dry')).toEqual({})
  })

  it('say which shard is missing, and exit with 1', async () => {
    await run('convert', 'downloads', '--shard', '1/3', '--output', 'shards/1', '--to', 'csv')
    const { code, stderr, stdout } = await run('merge', 'shards/1', '--output', 'merged')
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain('Of 3 shards, 2 are missing: 2, 3')
    expect(await readOutput('merged')).toEqual({})
  })

  it('do not merge a shard that could not write an artifact', async () => {
    await mkdir(path.join(cwd, 'shards', '1'), { recursive: true })
    await writeFile(path.join(cwd, 'shards', '1', 'aws_attack-enterprise.csv'), 'of another program')
    expect((await run('convert', 'downloads/aws.txt', '--shard', '1/1', '--output', 'shards/1', '--to', 'csv')).code).toBe(1)
    const { code, stderr } = await run('merge', 'shards/1', '--output', 'merged')
    expect([code, await readOutput('merged')]).toEqual([1, {}])
    expect(stderr).toContain('could not write all of its artifacts')
  })

  it.each([
    [['convert', 'downloads', '--shard', '4/3'], /Expected the number of the shard and of all/],
    [['convert', 'downloads', '--shard', '0/3'], /such as 2\/8/],
    [['convert', 'downloads', '--shard', '2'], /such as 2\/8/],
    [['convert', 'downloads', '--shard', '1/1001'], /at most 1000/],
    [['convert', 'downloads', '--shard', '1/2', '--output', 'one.csv'], /--shard writes a folder/],
    [['merge', 'downloads', '--output', 'downloads'], /is one of the shards/],
    [['merge'], /missing required argument/],
  ])('are refused as %j', async (args, message) => {
    const { code, stderr } = await run(...args)
    expect(code).toBe(2)
    expect(stderr).toMatch(message)
  })

  it.skipIf(!hasParallel)(`run under GNU parallel as docs/at-scale.md has it${hasParallel ? '' : ' (skipped: parallel is not installed)'}`, async () => {
    const bin = path.join(cwd, 'bin')
    await mkdir(bin)
    await writeFile(path.join(bin, 'crosswalk'), `#!/bin/sh\nexec ${process.execPath} ${program} "$@"\n`)
    await chmod(path.join(bin, 'crosswalk'), 0o755)
    const text = await readFile(new URL('../../docs/at-scale.md', import.meta.url), 'utf8')
    const [, script = ''] = /## GNU parallel\n\n```sh\n([^`]+)/.exec(text) ?? []
    const env = { PATH: `${bin}:${process.env['PATH'] ?? ''}`, HOME: cwd, CROSSWALK_DATA: path.join(cwd, 'data') }
    spawnSync('sh', ['-c', script], { cwd, env, encoding: 'utf8' })
    await run('convert', 'downloads', '--output', 'whole')
    expect(Object.keys(await readOutput('shards')).filter((name) => name.endsWith('manifest.json'))).toHaveLength(8)
    expect(differences(await readOutput('results'), await readOutput('whole'))).toEqual([])
  })
})
