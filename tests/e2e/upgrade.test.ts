import { lstat, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { readCsv } from '../support/read-csv.js'
import { readWorkbook } from '../support/read-workbook.js'
import { createFolder, runCrosswalk, type Run } from './run-crosswalk.js'

const table = `framework,framework_version,attack_version,control_id,technique_id,technique_name
nist_800_53,rev5,9.0,AC-6,T1053.001,At (Linux)
nist_800_53,rev5,9.0,CP-9,T1485,Data Destruction
nist_800_53,rev5,9.0,SC-7,T1190,Exploit Public-Facing Application
`
const base = 'nist_800_53-rev5_attack-18.1-enterprise'

interface Layer {
  readonly legendItems: readonly { readonly label: string, readonly color: string }[]
  readonly techniques: readonly { readonly techniqueID: string, readonly color?: string }[]
}

let cwd = ''

beforeEach(async () => {
  cwd = await createFolder()
  await writeFile(join(cwd, 'controls.csv'), table)
})

function upgrade(...args: readonly string[]): Promise<Run> {
  return runCrosswalk(['upgrade', ...args], { cwd })
}

describe('crosswalk upgrade', () => {
  it('writes the upgraded set, its change report and a layer, and prints counts first', async () => {
    const { code, stdout, stderr } = await upgrade('controls.csv', '--to-attack', '18')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^NIST 800-53 rev5: from Enterprise ATT&CK 9\.0 to 18\.1\n\n {2}Rows before +3\n {2}Rows after +3\n/)
    expect(stderr).toContain('warning upgrade/rows-wait')
    const files = await readdir(join(cwd, 'upgraded'))
    expect(files).toEqual(expect.arrayContaining(['manifest.json', ...['stix.json', 'layer.json', 'csv', 'xlsx', 'upgrade.json', 'upgrade.changes.csv',
      'upgrade.techniques.csv', 'upgrade.candidates.csv', 'upgrade.layer.json'].map((end) => `${base}.${end}`)]))
    const [header = [], ...rows] = readCsv(await readFile(join(cwd, `upgraded/${base}.csv`), 'utf8'))
    const cells = (name: string) => rows.map((row) => row[header.indexOf(name)])
    expect(cells('attack_object_id')).toEqual(['T1053.002', 'T1485', 'T1190'])
    expect(cells('attack_object_name')).toEqual(['At', 'Data Destruction', 'Exploit Public-Facing Application'])
    expect(cells('attack_version')).toEqual(['18.1', '9.0', '18.1'])
  })

  it('shows the changes in the workbook, which reads back as the upgraded set', async () => {
    await upgrade('controls.csv', '--to-attack', '18.1', '--to', 'xlsx')
    const sheets = readWorkbook(await readFile(join(cwd, `upgraded/${base}.xlsx`)))
    expect([...sheets.keys()]).toEqual(['Read me', 'Mappings', 'By technique', 'By capability', 'Matrix', 'Coverage', 'Gaps',
      'Changed techniques', 'Changes', 'Candidates', 'Notes'])
    expect(sheets.get('Changes')?.map((row) => row.slice(0, 5).map(({ value }) => value ?? ''))).toEqual([
      ['Change', 'Decision', 'Capability of the row', 'Technique before', 'Name before'],
      ['review', '', 'CP-9', 'T1485', 'Data Destruction'],
      ['replaced', '', 'AC-6', 'T1053.001', 'At (Linux)'],
    ])
    const { stdout } = await runCrosswalk(['inspect', `upgraded/${base}.xlsx`, '--format', 'json'], { cwd })
    expect(JSON.parse(stdout)).toMatchObject({ sets: [{ name: base, counts: { rows: 3 } }] })
  })

  it('colours the layer by what changed', async () => {
    await upgrade('controls.csv', '--to-attack', '18.1', '--to', 'csv')
    const layer: Layer = JSON.parse(await readFile(join(cwd, `upgraded/${base}.upgrade.layer.json`), 'utf8'))
    expect(layer).toMatchObject({ versions: { attack: '18', layer: '4.5' }, domain: 'enterprise-attack' })
    const { legendItems, techniques } = layer
    const colour = (word: string) => legendItems.find(({ label }) => label.startsWith(`${word}:`))?.color ?? 'none'
    const cell = (id: string) => techniques.find(({ techniqueID }) => techniqueID === id)?.color
    expect([cell('T1053.002'), cell('T1485'), cell('T1190'), cell('T1485.001')])
      .toEqual([colour('replaced'), colour('review'), colour('unchanged'), colour('candidate')])
    expect(new Set(legendItems.map(({ color }) => color)).size).toBe(4)
    const { code } = await runCrosswalk(['validate', `upgraded/${base}.upgrade.layer.json`, `upgraded/${base}.upgrade.json`], { cwd })
    expect(code).toBe(0)
  })

  it('gives the same bytes twice, and from the upgraded table the same rows', async () => {
    await upgrade('controls.csv', '--to-attack', '18.1')
    await upgrade('controls.csv', '--to-attack', '18.1', '-o', 'again')
    for (const name of await readdir(join(cwd, 'upgraded'))) {
      expect(await readFile(join(cwd, 'again', name))).toEqual(await readFile(join(cwd, 'upgraded', name)))
    }
    await upgrade(`upgraded/${base}.csv`, `upgraded/${base}.csv-metadata.json`, '--to-attack', '18.1', '-o', 'twice')
    const rows = async (folder: string) => readCsv(await readFile(join(cwd, folder, `${base}.csv`), 'utf8')).map((row) => row.slice(0, 19))
    expect(await rows('twice')).toEqual(await rows('upgraded'))
  })

  it('applies decisions from the file that it writes anew', async () => {
    await upgrade('controls.csv', '--to-attack', '18.1', '--to', 'csv')
    const changes = join(cwd, `upgraded/${base}.upgrade.changes.csv`)
    await writeFile(changes, (await readFile(changes, 'utf8')).replace('review,,', 'review,T1485.001,'))
    const { code, stderr } = await upgrade('controls.csv', '--to-attack', '18.1', '--to', 'csv', '--accept', changes, '--fail-on', 'warning')
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('rows-wait')])
    expect(await readFile(changes, 'utf8')).toContain('review,T1485.001,CP-9,T1485,Data Destruction,T1485.001,Lifecycle-Triggered Deletion,changed')

    const edited = (await readFile(changes, 'utf8')).replace('T1485.001,CP-9', 'perhaps,CP-9')
    await writeFile(changes, edited)
    const refused = await upgrade('controls.csv', '--to-attack', '18.1', '--to', 'csv', '--accept', changes)
    expect(refused.code).toBe(1)
    expect(refused.stderr).toContain('.changes.csv:2:8 error upgrade/unknown-decision')
    expect(await readFile(changes, 'utf8')).toBe(edited)
  })

  it('keeps sets apart that come to be of one release', async () => {
    await writeFile(join(cwd, 'newer.csv'), table.replaceAll('9.0', '16.1'))
    await upgrade('controls.csv', 'newer.csv', '--to-attack', '18.1', '--to', 'csv')
    expect(await readdir(join(cwd, 'upgraded'))).toEqual(expect.arrayContaining([`${base}.csv`, `${base}_2.csv`, `${base}_2.upgrade.json`]))
  })

  it('writes nothing with --dry-run, nor for a release that is not available', async () => {
    expect((await upgrade('controls.csv', '--to-attack', '18.1', '--dry-run')).stdout).toContain('Rows before')
    const { code, stderr } = await upgrade('controls.csv', '--to-attack', '99')
    expect(code).toBe(1)
    expect(stderr).toContain('error upgrade/unknown-release')
    expect(stderr).toContain('expected: one of 8.2, 9.0')
    expect(await readdir(cwd)).toEqual(['controls.csv'])
  })

  it('needs an input and a release, and a file of decisions that is there', async () => {
    expect((await upgrade('controls.csv')).code).toBe(2)
    expect((await upgrade('--to-attack', '18.1')).code).toBe(2)
    expect((await upgrade('controls.csv', '--to-attack', '18.1', '--accept', 'none.csv')).code).toBe(2)
  })
})

describe('crosswalk upgrade --in-place', () => {
  const rule = 'tags:\n  - attack.defense_evasion # kept\n  - attack.t1562.001\n'

  it('replaces ids in files, keeps their modes and other files, and does nothing the second time', async () => {
    await writeFile(join(cwd, 'rule.yml'), rule, { mode: 0o640 })
    await symlink('rule.yml', join(cwd, 'link.yml'))
    const { code, stdout } = await upgrade('link.yml', 'controls.csv', '--in-place', '--to-attack', '19.1')
    expect(code).toBe(0)
    expect(stdout).toMatch(/Files changed +2\n/)
    expect(await readFile(join(cwd, 'rule.yml'), 'utf8')).toBe('tags:\n  - attack.defense_impairment # kept\n  - attack.t1685\n')
    expect((await stat(join(cwd, 'rule.yml'))).mode & 0o777).toBe(0o640)
    expect((await lstat(join(cwd, 'link.yml'))).isSymbolicLink()).toBe(true)
    expect(await readFile(join(cwd, 'controls.csv'), 'utf8')).toBe(table.replace('T1053.001,At (Linux)', 'T1053.002,At').replaceAll(',9.0,', ',19.1,'))
    expect((await readdir(cwd)).toSorted()).toEqual(['controls.csv', 'link.yml', 'rule.yml'])
    expect((await upgrade('rule.yml', '--check', '--to-attack', '19.1')).code).toBe(0)
  })

  it('with --check writes nothing, exits with 1, and prints a report that satisfies its schema', async () => {
    await writeFile(join(cwd, 'rule.yml'), rule)
    const { code, stdout } = await upgrade('rule.yml', '--check', '--json', '--to-attack', '19.1')
    expect([code, await readFile(join(cwd, 'rule.yml'), 'utf8')]).toEqual([1, rule])
    expect(JSON.parse(stdout)).toMatchObject({
      check: true, files: [{ file: 'rule.yml', from: '18.1', fromBy: 'assumed', changed: true, replacements: [{ place: 'rule.yml:2:5' }, { place: 'rule.yml:3:5', before: 'T1562.001', after: 'T1685' }] }],
    })
  })

  it.each([
    [['-', '--in-place'], /standard input/], [['controls.csv', '--in-place', '--output', 'x'], /has no use for --output/],
    [['controls.csv', '--in-place', '--replace', 'T1485=T9999'], /T9999 is not an active technique/],
  ] as const)('refuses %j', async (args, message) => {
    const { code, stderr } = await upgrade(...args, '--to-attack', '19.1')
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)])
  })
})

describe('crosswalk attack changes and successors', () => {
  it('name what a release changes, and print JSON that validates', async () => {
    const { stdout } = await runCrosswalk(['attack', 'changes', '18.1', '19.1', '--domain', 'enterprise'], { cwd })
    expect(stdout).toMatch(/Techniques added +23\n.*Techniques renamed +2\n/s)
    expect(stdout).toMatch(/Techniques revoked +17\n/)
    expect(stdout).toMatch(/enterprise +renamed +TA0005 +Defense Evasion +Stealth\n/)
    for (const args of [['changes', '18.1', '19.1'], ['successors', '--from', '18.1']]) {
      const { code, stdout: json } = await runCrosswalk(['attack', ...args, '--json'], { cwd })
      await writeFile(join(cwd, 'report.json'), json)
      expect([code, (await runCrosswalk(['validate', 'report.json'], { cwd })).code]).toEqual([0, 0])
    }
  })

  it('refuse a release that is not available', async () => {
    const { code, stderr } = await runCrosswalk(['attack', 'changes', '18.1', '77.1'], { cwd })
    expect([code, stderr]).toEqual([2, expect.stringContaining('Available releases')])
  })
})
