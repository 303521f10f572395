import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeEach, describe, expect, it } from 'vitest'
import { schemaErrors } from '../../src/schemas/schema-errors.js'
import { doubtfulPage, page } from './pages.js'
import { createFolder, runCrosswalk } from './run-crosswalk.js'

let cwd = ''

beforeEach(async () => {
  cwd = await createFolder()
  await writeFile(join(cwd, 'page.txt'), page)
  await writeFile(join(cwd, 'doubtful.txt'), doubtfulPage)
})

describe('diagnostics', () => {
  it('name the place as the user typed it, and are counted', async () => {
    const { stderr } = await runCrosswalk(['convert', './doubtful.txt', '--to', 'csv'], { cwd })
    expect(stderr).toMatch(/^\.?\/?doubtful\.txt:\d+:\d+ warning check\/unknown-technique$/m)
    expect(stderr).toMatch(/^\d+ warnings?, \d+ notes \(--verbose shows notes\)$/m)
  })

  it('that one option settles for all sets are said once; machines get each', async () => {
    await Promise.all(['a', 'b', 'c'].map((name) => writeFile(join(cwd, `${name}.csv`), `capability_id,technique\n${name}-2,T1078\n`)))
    const args = ['convert', 'a.csv', 'b.csv', 'c.csv', '--to', 'csv', '--per-document']
    const { stderr } = await runCrosswalk([...args, '--verbose'], { cwd })
    expect(stderr).toContain('note check/release-assumed\n  No ATT&CK version is stated; techniques were looked up in Enterprise ATT&CK 19.1 (3 times)\n  found: a.csv, b.csv, c.csv\n')
    expect(stderr.match(/check\/release-assumed/g)).toHaveLength(1)
    expect(stderr.match(/normalise\/domain-inferred/g)).toHaveLength(1)
    const { stderr: json } = await runCrosswalk([...args, '--report', 'json'], { cwd })
    expect(json.match(/check\/release-assumed/g)).toHaveLength(3)
  })

  it('come as JSON and SARIF on stderr', async () => {
    const json = await runCrosswalk(['convert', 'doubtful.txt', '--to', 'csv', '--report', 'json'], { cwd })
    expect(await schemaErrors('diagnostics', JSON.parse(json.stderr))).toEqual([])
    const sarif = await runCrosswalk(['convert', 'doubtful.txt', '--to', 'csv', '--report', 'sarif'], { cwd })
    expect(JSON.parse(sarif.stderr)).toMatchObject({
      version: '2.1.0',
      runs: [{ tool: { driver: { name: 'attack-crosswalk' } } }],
    })
  })

  it('go to --report-file, and only their number to stderr', async () => {
    const { stderr } = await runCrosswalk(['convert', 'doubtful.txt', '--to', 'csv', '--report', 'json', '--report-file',
      'reports/a.json'], { cwd })
    expect(stderr).toMatch(/warnings?, \d+ notes?: see reports\/a\.json/)
    expect(stderr).not.toContain('check/')
    expect(await schemaErrors('diagnostics', JSON.parse(await readFile(join(cwd, 'reports/a.json'), 'utf8')))).toEqual([])
  })

  it('are errors alone with --quiet, and stdout is empty', async () => {
    const { stdout, stderr, code } = await runCrosswalk(['convert', 'doubtful.txt', 'missing.txt', '--to', 'csv', '--quiet'],
      { cwd })
    expect(code).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toContain('read/not-found')
    expect(stderr).not.toContain('warning')
  })
})

describe('inspect', () => {
  it('shows documents, why their parser was chosen, and sets', async () => {
    const { code, stdout } = await runCrosswalk(['inspect', 'page.txt'], { cwd })
    expect(code).toBe(0)
    expect(stdout).toMatch(/page\.txt +text-page +2 +\d+% .*\S/)
    expect(stdout).toMatch(/aws_attack-enterprise +2 +2 +1 +0 +100%/)
    expect(stdout).not.toContain('amazon_guardduty')
  })

  it('shows rows with their places with --verbose', async () => {
    const { stdout } = await runCrosswalk(['inspect', 'page.txt', '--verbose'], { cwd })
    expect(stdout).toMatch(/amazon_guardduty +T1078\.004 +technique_scores +page\.txt:10:1/)
  })

  it('follows the width of the terminal: bars in what is left, long reasons cut, a place never', async () => {
    const env = { LC_ALL: 'C.UTF-8' }
    const wide = await runCrosswalk(['inspect', 'page.txt'], { cwd, env: { ...env, COLUMNS: '130' } })
    expect(wide.stdout).toMatch(/100% █{24}$/m)
    const narrow = await runCrosswalk(['inspect', 'page.txt', '--verbose'], { cwd, env: { ...env, COLUMNS: '60' } })
    expect(narrow.stdout).toContain(' page.txt:10:1\n')
    expect(narrow.stdout).toContain('    Mapped  100% █')
    const plain = await runCrosswalk(['inspect', 'page.txt'], { cwd, env: { LC_ALL: 'C', COLUMNS: '130' } })
    expect(plain.stdout).toMatch(/100% #{24}$/m)
  })

  it('colours what is not recognised, where colours are wanted', async () => {
    await writeFile(join(cwd, 'letter.txt'), 'Dear all,\n')
    const { stdout } = await runCrosswalk(['inspect', 'letter.txt'], { cwd, env: { FORCE_COLOR: '1' } })
    expect(stdout).toContain('\u001b[33mnot recognised\u001b[0m')
    expect((await runCrosswalk(['inspect', 'letter.txt'], { cwd, env: { FORCE_COLOR: '1', NO_COLOR: '1' } })).stdout).not.toContain('\u001b')
  })

  it('prints JSON that satisfies its schema, and the model its own', async () => {
    const { stdout } = await runCrosswalk(['inspect', 'page.txt', '--format', 'json'], { cwd })
    const value: { readonly sets: readonly { readonly model: unknown }[] } = JSON.parse(stdout)
    expect(await schemaErrors('inspect', value)).toEqual([])
    expect(value.sets).toHaveLength(1)
    expect(await schemaErrors('model', value.sets[0]?.model)).toEqual([])
    expect(value).toMatchObject({ documents: [{ path: 'page.txt', parser: 'text-page', rows: 2 }],
      sets: [{ counts: { rows: 2, mapped: 2 } }] })
  })
})

describe('formats', () => {
  it('lists parsers and emitters, as a table and as JSON', async () => {
    const { stdout } = await runCrosswalk(['formats'], { cwd })
    expect(stdout).toMatch(/text-page +\.txt/)
    expect(stdout).toMatch(/navigator +\.layer\.json/)
    expect(stdout).toMatch(/navigator +--layer-by +one layer/)
    expect(stdout).toMatch(/markdown +--no-markdown-rows +without /)
    const json = await runCrosswalk(['formats', '--format', 'json'], { cwd })
    expect(JSON.parse(json.stdout)).toMatchObject({ parsers: expect.arrayContaining([expect.objectContaining({ id: 'text-page' })]) })
  })

  it('outlives a reader that stops reading', async () => {
    const program = fileURLToPath(new URL('../../dist/crosswalk.cjs', import.meta.url))
    const child = spawn(process.execPath, [program, 'inspect', 'page.txt', '--format', 'json'], { cwd, env: {} })
    child.stdout.destroy()
    let stderr = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => { stderr += text })
    const [code] = await once(child, 'close')
    expect(stderr).not.toContain('EPIPE')
    expect(stderr).not.toContain('internal error')
    expect(code).toBe(0)
  })
})
