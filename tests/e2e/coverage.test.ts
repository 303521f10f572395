import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { sampleMappingFile } from '../support/read-tree.js'
import { readCsv } from '../support/read-csv.js'
import { readWorkbook } from '../support/read-workbook.js'
import { createFolder, runCrosswalk, type Run } from './run-crosswalk.js'

let cwd = ''

/** A mapping file of ours for AWS at ATT&CK 16.1, and one for another framework at 17.1. */
beforeEach(async () => {
  cwd = await createFolder()
  const aws = sampleMappingFile()
  const [first] = aws.mapping_objects
  const other = {
    metadata: { ...aws.metadata, mapping_framework: 'gcp', attack_version: '17.1' },
    mapping_objects: [
      { ...first, capability_id: 'gcp_one', attack_object_id: 'T1078', score_value: 'minimal' },
      { ...first, capability_id: 'gcp_one', attack_object_id: 'T1078.004', score_value: 'significant' },
    ],
  }
  await writeFile(join(cwd, 'aws.json'), JSON.stringify(aws, null, 2))
  await writeFile(join(cwd, 'gcp.json'), JSON.stringify(other, null, 2))
})

function coverage(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Run> {
  return runCrosswalk(['coverage', ...args], { cwd, env: { COLUMNS: '80', ...env } })
}

describe('crosswalk coverage', () => {
  it('prints counts first, then tactics with bars that follow the width', async () => {
    for (const width of [80, 140]) {
      const { code, stdout } = await coverage(['gcp.json'], { COLUMNS: String(width) })
      expect(code).toBe(0)
      expect(stdout).toMatch(/^Coverage of Enterprise ATT&CK 17\.1 by .+\n/)
      expect(stdout).toMatch(/\n {2}Techniques and sub-techniques in ATT&CK +679\n {2}Mapped +2\n/)
      expect(stdout).toMatch(/\n {2}Initial Access +\d+ +2 +\d+% #+\.+ +\d+\n/)
      for (const line of stdout.split('\n')) expect(Array.from(line).length).toBeLessThanOrEqual(width)
    }
  })

  it('draws blocks where the locale is UTF-8, whatever NO_COLOR says, and ASCII elsewhere', async () => {
    expect((await coverage(['gcp.json'], { LANG: 'de_DE.UTF-8', NO_COLOR: '1' })).stdout).toContain('█░░')
    for (const env of [{ LANG: 'C' }, { LANG: 'de_DE.UTF-8', LC_ALL: 'C' }]) {
      expect((await coverage(['gcp.json'], env)).stdout).toMatch(/^[\x20-\x7e\n]+$/)
    }
  })

  it('counts only scores that reach the threshold', async () => {
    const { stdout } = await coverage(['gcp.json', '--threshold', 'partial'])
    expect(stdout).toMatch(/Mapped, with a score of partial or better +1\n {2}Mapped, below partial +1\n/)
    expect(stdout).toMatch(/Not mapped, but sub-techniques are +1\n/)
  })

  it('puts several sets side by side, and together', async () => {
    const { stdout, code } = await coverage(['aws.json', 'gcp.json'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/refer to different ATT&CK\nreleases|different ATT&CK releases/)
    expect(stdout).toMatch(/\n {2}Tactic +aws +gcp +all \(enterprise\)\n/)
    const { stdout: json } = await coverage(['aws.json', 'gcp.json', '--format', 'json'])
    expect(JSON.parse(json)).toMatchObject({
      kind: 'coverage', sets: [{ label: 'aws' }, { label: 'gcp', counts: { all: { mapped: 2 } } }], unions: [{ of: ['aws', 'gcp'] }],
    })
  })

  it.each(['text', 'json', 'csv', 'xlsx', 'layer'])('writes %s below a folder, under names of ours', async (format) => {
    const { code, stdout } = await coverage(['gcp.json', '--format', format, '-o', 'made'])
    expect(code).toBe(0)
    const files = await readdir(join(cwd, 'made'))
    expect(files.length).toBeGreaterThan(0)
    for (const name of files) {
      expect(name).toMatch(/^gcp-.*_attack-17\.1-enterprise\.coverage\./)
      expect(stdout.split(/[ \n]+/)).toContain(`made/${name}`)
    }
  })

  it('writes a table of tactics whose numbers add up', async () => {
    await coverage(['gcp.json', '--format', 'csv', '-o', 'gcp.csv'])
    const text = await readFile(join(cwd, 'gcp.tactics.csv'), 'utf8')
    expect(text.startsWith('\uFEFF')).toBe(true)
    const rows = readCsv(text.slice(1))
    const [header = [], ...lines] = rows
    expect(header).toEqual(['tactic_id', 'tactic', 'in_attack', 'mapped', 'covered', 'unmappable', 'named_only', 'not_mentioned',
      'only_through_sub_techniques'])
    expect(lines).toHaveLength(15)
    for (const [, , attack, mapped, covered, unmappable, named, missing] of lines) {
      expect(Number(mapped) + Number(unmappable) + Number(named) + Number(missing)).toBe(Number(attack))
      expect(Number(covered)).toBeCloseTo(Number(mapped) / Number(attack), 4)
    }
  })

  it('writes a workbook that an independent reader reads, with shares as numbers', async () => {
    await coverage(['aws.json', 'gcp.json', '--format', 'xlsx', '-o', 'both.xlsx'])
    const sheets = readWorkbook(await readFile(join(cwd, 'both.xlsx')))
    expect([...sheets.keys()]).toEqual(['Read me', 'Mapping sets', 'Side by side (enterprise)', 'Tactics',
      'Techniques and sub-techniques', 'Capability groups', 'Scores', 'Not counted', 'Gaps', 'Techniques'])
  })

  it('writes layers of the gaps, one a set and one of all, that validate accepts', async () => {
    await coverage(['aws.json', 'gcp.json', '--format', 'layer', '-o', 'gaps'])
    const files = await readdir(join(cwd, 'gaps'))
    expect(files).toHaveLength(3)
    expect(files).toContain('all_attack-17.1-enterprise.coverage.layer.json')
    const { code } = await runCrosswalk(['validate', ...files.map((file) => `gaps/${file}`)], { cwd })
    expect(code).toBe(0)
  })

  it('keeps files that exist with other content, unless --overwrite is given', async () => {
    await writeFile(join(cwd, 'mine.json'), 'mine')
    const refused = await coverage(['gcp.json', '--format', 'json', '--output', 'mine.json'])
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('mine.json error emit/kept\n  mine.json was kept') })
    expect(await readFile(join(cwd, 'mine.json'), 'utf8')).toBe('mine')
    expect((await coverage(['gcp.json', '--format', 'json', '--output', 'mine.json', '--overwrite'])).code).toBe(0)
    expect((await coverage(['gcp.json', '--format', 'json', '--output', 'mine.json'])).code).toBe(0)
    expect((await coverage(['aws.json', '--format', 'json', '--output', 'mine.json'])).stderr).toContain('emit/kept')
    await coverage(['gcp.json', '--format', 'csv', '--output', 'made'])
    const first = (await readdir(join(cwd, 'made'))).find((name) => name.includes('.tactics.')) ?? ''
    await writeFile(join(cwd, 'made', first), 'mine')
    expect((await coverage(['gcp.json', '--format', 'csv', '--output', 'made'])).code).toBe(1)
    expect(await readFile(join(cwd, 'made', first), 'utf8')).toBe('mine')
  })

  it('ends with 1 where there is nothing to count, 2 for a wrong command line', async () => {
    await writeFile(join(cwd, 'nothing.txt'), 'nothing\n')
    const { code, stdout, stderr } = await coverage(['nothing.txt'])
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain('no mapping set found in nothing.txt')
    expect((await coverage(['aws.json', '--threshold', 'most'])).code).toBe(2)
    expect((await coverage([])).code).toBe(2)
    expect((await coverage(['gone.json'])).code).not.toBe(0)
  })
})
