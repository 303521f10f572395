import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { beforeEach, describe, expect, it } from 'vitest'
import { page } from './pages.js'
import { createFolder, runCrosswalk } from './run-crosswalk.js'

const program = fileURLToPath(new URL('../../dist/crosswalk.cjs', import.meta.url))
const run = promisify(execFile)
let cwd = ''

beforeEach(async () => {
  cwd = await createFolder()
  await writeFile(join(cwd, 'page.txt'), page)
})

/** Runs a line of a shell, in which $CW is the program. */
async function shell(line: string): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  const env = { PATH: process.env['PATH'] ?? '', CW: `${process.execPath} ${program}`, COLUMNS: '80', CROSSWALK_DATA: join(cwd, 'data') }
  return run('/bin/bash', ['--norc', '-c', line], { cwd, env }).then((done) => ({ code: 0, ...done }), (error: { code: number; stdout: string; stderr: string }) => error)
}

describe('standard input', () => {
  it.each(['csv', 'stix', 'navigator', 'xlsx', 'json', 'yaml'])('is recognised like a file: %s', async (format) => {
    await runCrosswalk(['convert', 'page.txt', '--to', format], { cwd })
    const file = (await readdir(join(cwd, 'output'))).find((name) => !name.endsWith('metadata.json') && name !== 'manifest.json')
    const { code, stdout } = await shell(`$CW inspect - --format json < output/${file ?? ''}`)
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ documents: [{ name: 'stdin', rows: 2 }] })
  })

  it('may be compressed', async () => {
    await writeFile(join(cwd, 'page.gz'), gzipSync(page))
    expect((await shell('cat page.gz | $CW inspect -')).stdout).toMatch(/stdin +text-page +2/)
  })

  it('has the limit of files, and must not be empty', async () => {
    expect(await shell('head -c 3000000 /dev/zero | $CW inspect - --max-size 1')).toMatchObject({ code: 1, stderr: expect.stringContaining('read/too-large') })
    expect(await shell('$CW inspect - < /dev/null')).toMatchObject({ code: 1, stderr: expect.stringContaining('read/empty') })
  })
})

describe('one artifact', () => {
  it('goes to standard output, and what is for people to standard error', async () => {
    const { code, stdout, stderr } = await runCrosswalk(['convert', 'page.txt', '--output', '-', '--to', 'csv'], { cwd })
    expect(code).toBe(0)
    expect(stdout.split('\n').slice(1, 3).every((line) => line.includes('T1078.004'))).toBe(true)
    expect(stdout).not.toContain('Read 1')
    expect(stderr).toContain('Read 1 document: 1 mapping set, 2 rows')
    expect(stderr).toContain('csv-metadata.json goes with')
    expect(await readdir(cwd)).toEqual(['page.txt'])
    const quiet = await runCrosswalk(['convert', 'page.txt', '--output', '-', '--to', 'stix', '--quiet'], { cwd })
    expect(quiet.stderr).toBe('')
    expect(JSON.parse(quiet.stdout)).toMatchObject({ type: 'bundle' })
  })

  it.each([
    ['report.html', [], '<!doctype html>'],
    ['bundle.stix.json', [], '{'],
    ['bundle.json', ['--to', 'stix'], '{'],
    ['sub/layer.layer.json', [], '{'],
    ['all.csv', ['--combine'], 'mapping_framework'],
  ])('goes to %s %j, without a folder of artifacts', async (file, flags, start) => {
    const { code, stdout } = await runCrosswalk(['convert', 'page.txt', '-o', file, ...flags], { cwd })
    expect(code).toBe(0)
    expect(stdout).toContain(`Wrote ${file}\n`)
    expect((await readFile(join(cwd, file), 'utf8')).toLowerCase().slice(0, 40)).toContain(start)
    expect(new Set(await readdir(cwd))).toEqual(new Set([file.split('/')[0], 'page.txt']))
  })

  it('has the bytes that it has in a folder', async () => {
    await runCrosswalk(['convert', 'page.txt', '--to', 'html'], { cwd })
    await runCrosswalk(['convert', 'page.txt', '-o', 'one.html'], { cwd })
    expect(await readFile(join(cwd, 'one.html'))).toEqual(await readFile(join(cwd, 'output/aws_attack-enterprise.html')))
  })

  it('goes to a folder that is called like a file', async () => {
    await mkdir(join(cwd, 'x.csv'))
    await runCrosswalk(['convert', 'page.txt', '-o', 'x.csv', '--to', 'csv'], { cwd })
    expect(await readdir(join(cwd, 'x.csv'))).toContain('manifest.json')
  })

  it('is refused, and nothing is written, where there are several: the message says what narrows them', async () => {
    await writeFile(join(cwd, 'other.txt'), page.replaceAll('AWS', 'Azure').replaceAll('aws', 'azure').replaceAll('amazon', 'azure'))
    const { code, stderr } = await runCrosswalk(['convert', 'page.txt', 'other.txt', '-o', 'x.html'], { cwd })
    expect(code).toBe(2)
    expect(stderr).toContain('--combine')
    expect(await readdir(cwd)).toEqual(['other.txt', 'page.txt'])
    expect((await runCrosswalk(['convert', 'page.txt', 'other.txt', '-o', 'x.html', '--combine'], { cwd })).code).toBe(0)
  })
})

describe('a broken output', () => {
  it.each(['formats', 'inspect page.txt --format json', 'convert page.txt --to csv -o -', '--help', 'completion bash', 'man'])(
    'of "%s": a closed pipe is no error', async (args) => {
      const { stdout, stderr } = await shell(`$CW ${args} 2> err | head -1; echo \${PIPESTATUS[0]}; cat err >&2`)
      expect(stdout.trimEnd().split('\n').at(-1)).toBe('0')
      expect(stderr).not.toMatch(/EPIPE|internal error| at /)
    })

  it.skipIf(!existsSync('/dev/full')).each([
    'formats', '--help', 'help convert', '--version', 'inspect page.txt', 'convert page.txt', 'convert page.txt --to csv -o -', 'coverage page.txt',
    'diff page.txt page.txt', 'validate page.txt', 'attack list', 'attack show T1078', 'completion zsh', 'man',
  ])('of "%s": a full disk is an error (skipped without /dev/full)', async (args) => {
    const { code, stderr } = await shell(`$CW ${args} > /dev/full`)
    expect(stderr).toContain('error: standard output could not be written: ENOSPC')
    expect(code).toBe(1)
  })
})

describe('notes', () => {
  it('on white space are not for who only reads', async () => {
    await writeFile(join(cwd, 'wide.csv'), 'capability_id,attack_object_id,comments\nAC-2,T1078,"two spaces "\n')
    const flags = ['wide.csv', '--framework', 'nist_800_53', '--verbose']
    expect((await runCrosswalk(['convert', ...flags], { cwd })).stderr).toContain('normalise/whitespace')
    for (const command of ['inspect', 'coverage']) {
      expect((await runCrosswalk([command, ...flags], { cwd })).stderr).not.toContain('normalise/whitespace')
    }
  })

  it('of push are not about files that Crosswalk wrote', async () => {
    await runCrosswalk(['convert', 'page.txt'], { cwd })
    await writeFile(join(cwd, 'output/mine.txt'), 'mine')
    const { stderr } = await runCrosswalk(['push', 'https://tip.example.org/api1/collections/x/', 'output', '--dry-run', '--verbose'], { cwd })
    expect(stderr.match(/read\/skipped/g)).toHaveLength(1)
    expect(stderr).toContain('mine.txt')
  })

  it('of each format are its own: the page of --to all does not tell what MISP loses', async () => {
    await runCrosswalk(['convert', 'page.txt', '--to', 'all'], { cwd })
    const text = await readFile(join(cwd, 'output/aws_attack-enterprise.md'), 'utf8')
    expect(text).not.toMatch(/MISP|Navigator layer/)
    const { stderr } = await runCrosswalk(['convert', 'page.txt', '--to', 'all', '--verbose'], { cwd })
    expect(stderr).toMatch(/MISP/)
  })

  it('say which value was used in the place of one beyond the limit', async () => {
    const { code, stderr } = await runCrosswalk(['convert', 'page.txt', '--to', 'svg,navigator', '--layer-metadata-limit', '-3'], { cwd })
    expect([code, stderr]).toEqual([0, expect.stringContaining('--layer-metadata-limit -3 is beyond the limit; 0 was used')])
  })
})

describe('80 columns', () => {
  it.each(['formats', 'convert page.txt', 'convert page.txt --verbose', 'validate page.txt', 'inspect page.txt', 'attack list',
    'push https://tip.example.org/api1/collections/mappings/ made --dry-run', 'diff page.txt other.txt', 'diff page.txt other.txt --format csv -o made/reports',
    'upgrade page.txt --to-attack 16.1', 'upgrade page.txt --to-attack 16.1 --verbose'])('are enough for %s', async (args) => {
    await writeFile(join(cwd, 'other.txt'), page.replaceAll('T1078.004', 'T1078.002'))
    if (args.startsWith('push')) await shell('$CW convert page.txt --to stix -q -o made')
    const { stdout } = await shell(`$CW ${args}`)
    expect(stdout.split('\n').length).toBeGreaterThan(1)
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
  })

  it('and ten lines are enough for nine documents', async () => {
    const folder = fileURLToPath(new URL('../../input', import.meta.url))
    const { stdout, stderr } = await runCrosswalk(['convert', folder, '--combine'], { cwd })
    expect((stdout + stderr).trimEnd().split('\n').length).toBeLessThanOrEqual(10)
    expect(stdout).toContain('Open output/all.html\n')
  })
})

/** What bash offers for the last of these words. */
async function ask(...words: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await shell(`source <($CW completion bash); COMP_WORDS=(crosswalk ${words.map((word) => `'${word}'`).join(' ')}); `
    + `COMP_CWORD=${words.length}; _crosswalk; echo "\${COMPREPLY[*]}"`)
  return stdout.trim().split(' ')
}

function isInstalled(name: string): boolean {
  return (process.env['PATH'] ?? '').split(':').some((folder) => existsSync(join(folder, name)))
}

describe('completion', () => {
  it('works in bash', async () => {
    expect(await ask('con')).toEqual(['convert'])
    expect(await ask('convert', '--out')).toEqual(['--output'])
    expect(await ask('convert', 'x.txt', '--to', 'stix,na')).toEqual(['stix,navigator'])
    expect(await ask('attack', '')).toEqual(expect.arrayContaining(['show', 'fetch']))
    expect(await ask('attack', 'show', '--hi')).toEqual(['--history'])
    expect(await ask('completion', 'f')).toEqual(['fish'])
    expect(await ask('convert', 'pa')).toEqual([''])
  })

  it.skipIf(!isInstalled('zsh'))('has valid syntax for zsh (skipped where it is not installed)', async () => {
    expect(await shell('$CW completion zsh > script && zsh -n script')).toMatchObject({ code: 0, stderr: '' })
  })

  it.skipIf(!isInstalled('fish'))('works in fish (skipped where it is not installed)', async () => {
    const line = 'complete -C "crosswalk attack sh"; complete -C "crosswalk convert --stix-pro"; complete -C "crosswalk convert --to mark"'
    const { stdout } = await shell(`$CW completion fish > script && fish --no-config -c 'source script; ${line}'`)
    expect(stdout.match(/^\S+/gm)).toEqual(['show', '--stix-profile', 'markdown'])
  })

  it('and the manual page name every command', async () => {
    const commands = ['convert', 'attack', 'push', 'completion']
    for (const words of [['completion', 'zsh'], ['completion', 'fish'], ['completion', 'powershell'], ['man']]) {
      const { stdout } = await runCrosswalk(words, { cwd })
      for (const command of commands) expect(stdout, words.join(' ')).toContain(command)
    }
    expect(await readFile(new URL('../../dist/crosswalk.1', import.meta.url), 'utf8')).toBe((await runCrosswalk(['man'], { cwd })).stdout)
  })
})
