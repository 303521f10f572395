import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { page } from './pages.js'
import { createFolder, runCrosswalk, type Run } from './run-crosswalk.js'

let cwd = ''

beforeEach(async () => {
  cwd = await createFolder()
  await writeFile(join(cwd, 'page.txt'), page)
})

function validate(...args: readonly string[]): Promise<Run> {
  return runCrosswalk(['validate', ...args], { cwd })
}

describe('crosswalk validate', () => {
  it('accepts whatever convert writes, and tells its kind', async () => {
    await runCrosswalk(['convert', 'page.txt', '--to', 'all', '--attack-version', '16.1', '--created', '2024-12-31',
      '--framework-version', '1'], { cwd })
    const { code, stdout, stderr } = await validate('output')
    expect(stderr).not.toContain(' error ')
    expect(code).toBe(0)
    expect(stdout).not.toContain('invalid')
    for (const kind of ['STIX bundle', 'ATT&CK Navigator layer', 'Crosswalk manifest', 'Mapping document', 'Mapping table',
      'Metadata of a mapping table']) {
      expect(stdout).toContain(` ${kind} `)
    }
  })

  it('says that a missing file is an error', async () => {
    const { code, stderr } = await validate('missing.json')
    expect(code).toBe(1)
    expect(stderr).toContain('read/not-found')
  })

  it('says that a file is of no kind that is known', async () => {
    await writeFile(join(cwd, 'other.json'), '{"hello": "host"}')
    const { code, stdout, stderr } = await validate('other.json')
    expect(code).toBe(1)
    expect(stdout).toMatch(/other\.json +invalid +unknown kind/)
    expect(stderr).toContain('verify/unknown-kind')
  })

  it('finds an artifact that was changed after the run', async () => {
    await runCrosswalk(['convert', 'page.txt', '--to', 'navigator'], { cwd })
    const file = join(cwd, 'output', 'aws_attack-enterprise.layer.json')
    await writeFile(file, (await readFile(file, 'utf8')).replace('Unusual', 'Usual'))
    const { code, stderr } = await validate('output')
    expect(code).toBe(1)
    expect(stderr).toMatch(/output\/manifest\.json:\d+:\d+ \/artifacts\/0\/sha256 error verify\/meaning/)
  })

  it('says what the platforms named would make of a bundle, and which there are', async () => {
    await runCrosswalk(['convert', 'page.txt', '--to', 'stix', '--attack-version', '16.1', '--created', '2024-12-31'], { cwd })
    const bundle = join('output', 'aws_attack-16.1-enterprise.stix.json')
    const plain = await validate(bundle)
    expect([plain.code, plain.stderr]).toEqual([0, ''])
    const { code, stderr } = await validate(bundle, '--for', 'opencti,misp')
    expect(code).toBe(0)
    expect(stderr).toContain('OpenCTI does not import objects of this type')
    expect(stderr).toContain('MISP does not import objects of this type')
    expect((await validate(bundle, '--for', 'misp', '--for', 'opencti')).stderr).toBe(stderr)
    expect(await validate(bundle, '--for', 'openct')).toMatchObject({ code: 2, stderr: expect.stringContaining('Did you mean "opencti"?') })
  })
})
