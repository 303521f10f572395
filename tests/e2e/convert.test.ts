import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { doubtfulPage, page } from './pages.js'
import { createFolder, runCrosswalk, type Run } from './run-crosswalk.js'

let cwd = ''

beforeEach(async () => {
  cwd = await createFolder()
  await writeFile(join(cwd, 'page.txt'), page)
})

function convert(...args: readonly string[]): Promise<Run> {
  return runCrosswalk(['convert', ...args], { cwd })
}

async function outputFiles(folder = 'output'): Promise<readonly string[]> {
  return (await readdir(join(cwd, folder), { recursive: true })).toSorted()
}

describe('crosswalk convert', () => {
  it('writes the usual artifacts and a manifest, and says what and where', async () => {
    const { code, stdout, stderr } = await convert('page.txt')
    expect(code).toBe(0)
    const files = await outputFiles()
    expect(files).toEqual(expect.arrayContaining([
      'aws_attack-enterprise.stix.json', 'aws_attack-enterprise.layer.json', 'aws_attack-enterprise.csv',
        'aws_attack-enterprise.xlsx', 'aws_attack-enterprise.html', 'manifest.json',
    ]))
    expect(stdout).toMatch(new RegExp('^Read 1 document: 1 mapping set, 2 rows, 2 capabilities\nEnterprise ATT&CK [\\d.]+: 1 of \\d+ techniques mapped '
      + '\\(less than 1 %\\)\nWrote 6 artifacts to output\nOpen output/aws_attack-enterprise.html\n$'))
    expect(stderr).toMatch(/^\d+ notes \(--verbose shows notes\)\n$/)
  })

  it('lists artifacts and notes with --verbose', async () => {
    const { stdout, stderr } = await convert('page.txt', '--verbose')
    const files = await outputFiles()
    const printed = stdout.split('\n').map((line) => line.split(' ', 1)[0] ?? '').filter((word) => word.startsWith('output/'))
    expect(new Set(printed)).toEqual(new Set(files.filter((name) => name !== 'manifest.json').map((name) => `output/${name}`)))
    expect(stderr).toContain(' note emit/not-representable\n')
  })

  it('reads input/ when no input is named', async () => {
    await mkdir(join(cwd, 'input'))
    await writeFile(join(cwd, 'input', 'page.txt'), page)
    expect((await convert('--to', 'csv', '-o', 'out')).code).toBe(0)
    expect(await outputFiles('out')).toContain('aws_attack-enterprise.csv')
  })

  it('writes every format with --to all, and one with its name', async () => {
    expect((await convert('page.txt', '--to', 'all', '-o', 'all')).code).toBe(0)
    expect(await outputFiles('all')).toEqual(expect.arrayContaining(['aws_attack-enterprise.json', 'aws_attack-enterprise.yaml']))
    expect((await convert('page.txt', '--to', 'navigator', '-o', 'one')).code).toBe(0)
    expect(await outputFiles('one')).toEqual(['aws_attack-enterprise.layer.json', 'manifest.json'])
    expect((await convert('page.txt', '-t', 'navigator', '-t', 'json', '-o', 'two')).code).toBe(0)
    expect(await outputFiles('two')).toEqual(['aws_attack-enterprise.json', 'aws_attack-enterprise.layer.json', 'manifest.json'])
  })

  it('writes nothing with --dry-run', async () => {
    const { code, stdout } = await convert('page.txt', '--dry-run')
    expect(code).toBe(0)
    expect(stdout).toContain('Would write 6 artifacts to output (dry run)\n')
    expect(await readdir(cwd)).toEqual(['page.txt'])
  })

  it('gives each input its own folder with --per-document', async () => {
    await writeFile(join(cwd, 'other.txt'), page)
    expect((await convert('page.txt', 'other.txt', '--per-document', '--to', 'csv')).code).toBe(0)
    const files = await outputFiles()
    for (const folder of ['page', 'other']) expect(files).toContain(join(folder, 'aws_attack-enterprise.csv'))
  })

  it('reads standard input', async () => {
    const { code } = await runCrosswalk(['convert', '-', '--to', 'csv'], { cwd, stdin: page })
    expect(code).toBe(0)
    expect(await readFile(join(cwd, 'output', 'aws_attack-enterprise.csv'), 'utf8')).toContain('amazon_guardduty')
  })

  it('hands options of formats to them', async () => {
    await convert('page.txt', '--to', 'csv', '--csv-bom')
    expect((await readFile(join(cwd, 'output', 'aws_attack-enterprise.csv'))).subarray(0, 3))
      .toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
  })

  it('says when an option of a format does nothing', async () => {
    expect((await convert('page.txt', '--to', 'csv', '--stix-profile', 'spec')).stderr)
      .toContain('--stix-profile has no effect without --to stix')
  })

  it('supplies what documents do not state', async () => {
    await convert('page.txt', '--attack-version', '16.1', '--framework-version', '12/12/2024', '--created', '2024-12-31',
      '--to', 'json')
    const text = await readFile(join(cwd, 'output', 'aws-12.12.2024_attack-16.1-enterprise.json'), 'utf8')
    expect(JSON.parse(text)).toMatchObject({ metadata: { attack_version: '16.1', mapping_framework_version: '12/12/2024' } })
  })
})

describe('--fail-on', () => {
  it('decides what warnings and losses mean', async () => {
    await writeFile(join(cwd, 'doubtful.txt'), doubtfulPage)
    expect((await convert('doubtful.txt', '--to', 'csv')).code).toBe(0)
    expect((await convert('doubtful.txt', '--to', 'csv', '--fail-on', 'warning')).code).toBe(1)
    expect((await convert('page.txt', '--to', 'navigator')).code).toBe(0)
    expect((await convert('page.txt', '--to', 'navigator', '--fail-on', 'loss')).code).toBe(1)
  })
})
