import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { page } from './pages.js'
import { createFolder, runCrosswalk, type Run } from './run-crosswalk.js'

const notes = '<div>\n\n# Keys\n\nThey stop Valid Accounts (T1078).\n'
let cwd = ''

beforeEach(async () => {
  cwd = await createFolder()
  await mkdir(join(cwd, 'in'))
  await writeFile(join(cwd, 'in/README.md'), notes)
  await writeFile(join(cwd, 'in/page.txt'), page)
})

function convert(args: readonly string[], stdin = ''): Promise<Run> {
  return runCrosswalk(['convert', ...args, '--to', 'csv,markdown', '-o', 'out'], { cwd, stdin })
}

describe('notes', () => {
  it('in a folder are passed over with a note, unless they are named', async () => {
    const { code, stderr } = await convert(['in', '--verbose'])
    expect(code).toBe(0)
    expect(stderr).toContain('note read/skipped')
    expect(stderr).toContain('README.md was skipped')
    expect(await readdir(join(cwd, 'out'))).toContain('aws_attack-enterprise.md')
    expect(await readFile(join(cwd, 'out/aws_attack-enterprise.md'), 'utf8')).not.toContain('Keys')
  })

  it('are read out of a folder with --from notes, whatever they begin with', async () => {
    const { code } = await convert(['in', '--from', 'notes', '--framework', 'Our controls'])
    expect(code).toBe(0)
    const table = await readFile(join(cwd, 'out/our_controls_attack-enterprise.csv'), 'utf8')
    expect(table).toMatch(/^our_controls,,,Keys,,,T1078,Valid Accounts,/m)
  })

  it('are read from standard input', async () => {
    const { code } = await convert(['-', '--from', 'notes', '--framework', 'nist_800_53'], '# AC-2 Account Management\n\nT1078\n')
    expect(code).toBe(0)
    const table = await readFile(join(cwd, 'out/nist_800_53_attack-enterprise.csv'), 'utf8')
    expect(table).toMatch(/^nist_800_53,,,AC-2,Account Management,,T1078,.*,stdin,"line 3"|,stdin,line 3/m)
  })

  it('that are named without the parser are refused with a way out', async () => {
    const { code, stderr } = await convert(['in/README.md'])
    expect(code).toBe(1)
    await writeFile(join(cwd, 'notes.md'), '# Keys\n\nThey stop T1078.\n')
    const text = await convert(['notes.md'])
    expect([text.code, text.stderr.includes('--from notes')]).toEqual([1, true])
    expect(stderr).toContain('parse/')
  })

  it('of a framework that nobody names are read, with a warning', async () => {
    const { code, stderr } = await convert(['in/README.md', '--from', 'notes'])
    expect(code).toBe(0)
    expect(stderr).toContain('warning parse/unknown-framework')
    expect(stderr).toContain('--framework')
  })
})
