import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { readCsv } from '../support/read-csv.js'
import { sampleMappingFile } from '../support/read-tree.js'
import { readWorkbook } from '../support/read-workbook.js'
import { page } from './pages.js'
import { createFolder, runCrosswalk, type Run } from './run-crosswalk.js'

let cwd = ''

/** A mapping file of ours, and the same a release later: a score raised, a row gone, another come. */
function twoFiles(): readonly [old: object, fresh: object] {
  const old = sampleMappingFile()
  const [first, second] = old.mapping_objects
  const fresh = {
    metadata: { ...old.metadata, attack_version: '17.1' },
    mapping_objects: [
      { ...first, score_value: 'significant' },
      { ...first, capability_id: 'aws_new', capability_description: 'AWS New', attack_object_id: 'T1078' },
      second,
    ],
  }
  return [old, fresh]
}

beforeEach(async () => {
  cwd = await createFolder()
  const [old, fresh] = twoFiles()
  await writeFile(join(cwd, 'old.json'), JSON.stringify(old, null, 2))
  await writeFile(join(cwd, 'new.json'), JSON.stringify(fresh, null, 2))
  await writeFile(join(cwd, 'page.txt'), page)
})

function diff(...args: readonly string[]): Promise<Run> {
  return runCrosswalk(['diff', ...args], { cwd, env: { COLUMNS: '80' } })
}

describe('crosswalk diff --format html', () => {
  it('writes a report that opens with old and new side by side', async () => {
    const { code } = await diff('old.json', 'new.json', '--format', 'html', '-o', 'out')
    expect(code).toBe(0)
    const [name = ''] = await readdir(join(cwd, 'out'))
    expect(name).toMatch(/\.diff\.html$/)
    const report = await readFile(join(cwd, 'out', name), 'utf8')
    expect(['"compares":true', '<section id="changes"'].filter((part) => !report.includes(part))).toEqual([])
    expect((await runCrosswalk(['validate', 'out'], { cwd })).code).toBe(0)
    expect((await diff('old.json', 'new.json', '--format', 'html', '-o', 'named.html')).code).toBe(0)
    expect(await readFile(join(cwd, 'named.html'), 'utf8') === report).toBe(true)
  })

  it('shows two frameworks, which the other formats cannot compare', async () => {
    await writeFile(join(cwd, 'other.csv'), 'capability_id,technique\nA-1,T1078\n')
    const other = ['other.csv', '--framework', 'other']
    expect((await diff('old.json', ...other)).code).toBe(2)
    expect((await diff('old.json', ...other, '--format', 'html', '-o', 'two.html')).code).toBe(0)
    const titles = Array.from((await readFile(join(cwd, 'two.html'), 'utf8')).matchAll(/"title":"((?:Old|New): \w+)/g), ([, title]) => title)
    expect(titles).toEqual(['Old: AWS', 'New: other'])
  })
})

describe('crosswalk diff', () => {
  it('prints counts first, then what changed, within the width', async () => {
    const { code, stdout } = await diff('old.json', 'new.json')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^From AWS 12\/12\/2024 and Enterprise ATT&CK 16\.1 to AWS 12\/12\/2024 and/)
    expect(stdout).toMatch(/\n {2}Rows changed +1\n {2}Rows added +1\n {2}Rows removed +\d/)
    expect(stdout).toMatch(/aws_config +T1562\.008 +score_value +partial +significant\n/)
    for (const line of stdout.split('\n')) expect(Array.from(line).length).toBeLessThanOrEqual(80)
  })

  it('prints JSON that jq can read, even of documents with warnings', async () => {
    const { stdout } = await diff('old.json', 'new.json', '--format', 'json')
    expect(JSON.parse(stdout)).toMatchObject({
      kind: 'diff',
      pairs: [{
        counts: { changed: 1, added: 1 },
        rows: { changed: [{ fields: [{ field: 'score_value', old: 'partial', new: 'significant' }] }] },
      }],
    })
  })

  it.each(['text', 'json', 'csv', 'xlsx', 'layer'])('writes %s below a folder, under names of ours', async (format) => {
    const { code, stdout } = await diff('old.json', 'new.json', '--format', format, '-o', 'made/here')
    expect(code).toBe(0)
    const files = await readdir(join(cwd, 'made/here'))
    expect(files.length).toBeGreaterThan(0)
    for (const name of files) {
      expect(name).toMatch(/^aws-12\.12\.2024_attack-17\.1-enterprise\.diff\./)
      expect(stdout.split(/[ \n]/)).toContain(`made/here/${name}`)
    }
  })

  it('writes the file that is named', async () => {
    await diff('old.json', 'new.json', '--format', 'xlsx', '-o', 'changes.xlsx')
    const sheets = readWorkbook(await readFile(join(cwd, 'changes.xlsx')))
    expect(sheets.get('Rows changed')?.[1]?.map(({ value }) => value).slice(0, 7))
      .toEqual(['aws_config', 'AWS Config', 'T1562.008', 'Disable or Modify Cloud Logs', 'score_value', 'partial', 'significant'])
    await diff('old.json', 'new.json', '--format', 'csv', '-o', 'tables/changes.csv')
    expect(readCsv(await readFile(join(cwd, 'tables', 'changes.added-rows.csv'), 'utf8'))[1]?.[0]).toBe('aws_new')
  })

  it('has exit code 1 with --exit-code where there are differences alone', async () => {
    expect((await diff('old.json', 'new.json', '--exit-code')).code).toBe(1)
    expect((await diff('old.json', 'old.json', '--exit-code')).code).toBe(0)
  })

  it('compares folders set by set, a page with a file, and says which set has no counterpart', async () => {
    await mkdir(join(cwd, 'before'))
    await mkdir(join(cwd, 'after'))
    await writeFile(join(cwd, 'before', 'page.txt'), page)
    await writeFile(join(cwd, 'after', 'file.json'), await readFile(join(cwd, 'new.json')))
    await writeFile(join(cwd, 'after', 'azure.txt'), page.replace('AWS Mappings', 'Azure Mappings'))
    const { code, stdout } = await diff('before', 'after')
    expect(code).toBe(0)
    expect(stdout).toMatch(/Mapping sets \(2\)\n/)
    expect(stdout).toMatch(/ {2}added +Azure/)
  })

  it('is the same bytes on every run, whatever the clock and the language', async () => {
    const names = ['xlsx', 'csv', 'layer', 'json'] as const
    const runs = [{}, { TZ: 'Asia/Tokyo', LC_ALL: 'tr_TR.UTF-8' }]
    const made = await Promise.all(runs.map(async (env, index) => {
      for (const format of names) {
        await runCrosswalk(['diff', 'old.json', 'new.json', '--format', format, '-o', `run${index}/`], { cwd, env })
      }
      const files = (await readdir(join(cwd, `run${index}`))).toSorted()
      return Promise.all(files.map(async (name) => [name, (await readFile(join(cwd, `run${index}`, name))).toString('base64')]))
    }))
    expect(made[1]).toEqual(made[0])
  })
})

describe('mistakes', () => {
  it('different frameworks have nothing to compare: exit code 2, and a way out', async () => {
    await writeFile(join(cwd, 'azure.txt'), page.replace('AWS Mappings', 'Azure Mappings'))
    const { code, stderr, stdout } = await diff('page.txt', 'azure.txt')
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/^error: no mapping sets to compare: OLD has AWS .*NEW has Azure/)
    expect(stderr).toContain('crosswalk bridge')
  })

  it('an input without mappings is named: exit code 1', async () => {
    await writeFile(join(cwd, 'prose.txt'), 'Nothing here is a mapping.\n')
    for (const input of ['prose.txt', 'missing.json']) {
      const { code, stderr } = await diff('old.json', input)
      expect(code).toBe(1)
      expect(stderr).toContain(`no mapping set found in ${input}`)
    }
  })
})
