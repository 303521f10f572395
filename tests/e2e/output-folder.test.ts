import { createHash } from 'node:crypto'
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Manifest } from '../../src/pipeline/manifest.js'
import { page } from './pages.js'
import { createFolder, runCrosswalk, type Run } from './run-crosswalk.js'

const otherPage = page.replaceAll('AWS', 'Azure').replaceAll('aws', 'azure').replaceAll('amazon', 'azure')
const [aws, azure] = ['aws_attack-enterprise', 'azure_attack-enterprise']
const endings = ['.csv', '.csv-metadata.json', '.html', '.layer.json', '.stix.json', '.xlsx']
let cwd = ''

beforeEach(async () => {
  cwd = await createFolder()
  await writeFile(join(cwd, 'page.txt'), page)
  await writeFile(join(cwd, 'other.txt'), otherPage)
})

function convert(...args: readonly string[]): Promise<Run> {
  return runCrosswalk(['convert', ...args], { cwd })
}

async function listFiles(folder = 'output'): Promise<readonly string[]> {
  const entries = await readdir(join(cwd, folder), { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return files.map((file) => file.slice(join(cwd, folder).length + 1)).toSorted()
}

function artifactsOf(...names: readonly string[]): readonly string[] {
  return [...names.flatMap((name) => endings.map((ending) => `${name}${ending}`)), 'manifest.json'].toSorted()
}

async function readManifest(folder = 'output'): Promise<Manifest> {
  const manifest: Manifest = JSON.parse(await readFile(join(cwd, folder, 'manifest.json'), 'utf8'))
  return manifest
}

async function expectAgreement(folder = 'output'): Promise<void> {
  const { artifacts } = await readManifest(folder)
  expect([...artifacts.map(({ name }) => name), 'manifest.json'].toSorted()).toEqual(await listFiles(folder))
  for (const { name, sha256, size } of artifacts) {
    const bytes = await readFile(join(cwd, folder, name))
    expect({ name, size: bytes.byteLength, sha256: createHash('sha256').update(bytes).digest('hex') }).toEqual({ name, size, sha256 })
  }
}

describe('the manifest', () => {
  it.each(['--verbose', '--combine', '--per-document', '--to all --combine --per-document'])(
    'tells every file and its bytes with %s', async (flags) => {
      expect((await convert('page.txt', 'other.txt', ...flags.split(' '))).code).toBe(0)
      await expectAgreement()
    })

  it('tells digests of the documents, without folders and clocks', async () => {
    await convert(join(cwd, 'page.txt'))
    const sha256 = createHash('sha256').update(page).digest('hex')
    expect((await readManifest()).sources).toEqual([{ name: 'page.txt', sha256, parser: 'text-page', rows: 2 }])
    expect(await readFile(join(cwd, 'output', 'manifest.json'), 'utf8')).not.toContain(cwd)
  })
})

describe('what goes where', () => {
  it('--combine adds one of each for all sets together', async () => {
    await convert('page.txt', 'other.txt', '--combine')
    expect(await listFiles()).toEqual(artifactsOf('all', aws, azure))
  })

  it('--per-document gives each document a folder', async () => {
    await writeFile(join(cwd, 'more.txt'), page)
    await convert('page.txt', 'more.txt', 'other.txt', '--per-document', '--to', 'csv')
    expect((await listFiles()).filter((name) => name.endsWith('.csv')))
      .toEqual([`more/${aws}.csv`, `other/${azure}.csv`, `page/${aws}.csv`])
  })

  it('every artifact validates', async () => {
    await convert('page.txt', 'other.txt', '--to', 'all', '--combine', '--per-document')
    const { code, stdout, stderr } = await runCrosswalk(['validate', 'output'], { cwd })
    expect(stderr).not.toContain(' error ')
    expect(stdout).not.toContain('invalid')
    expect(code).toBe(0)
  })
})

describe('a folder that holds results already', () => {
  it('keeps artifacts of other documents, and lists them', async () => {
    await convert('page.txt')
    const { code, stderr } = await convert('other.txt')
    expect(code).toBe(0)
    expect(stderr).not.toContain('removed')
    expect(await listFiles()).toEqual(artifactsOf(aws, azure))
    await expectAgreement()
    expect((await readManifest()).sources.map(({ name }) => name)).toEqual(['other.txt', 'page.txt'])
  })

  it('loses what the same documents no longer make, which is said in one line even with --quiet', async () => {
    await convert('page.txt', '--to', 'csv')
    const { stdout, stderr } = await convert('page.txt', '--to', 'csv', '--attack-version', '16.1', '--quiet')
    expect(stdout).toBe('')
    expect(stderr).toBe(`removed 2 artifacts of earlier runs (no longer made): ${aws}.csv, ${aws}.csv-metadata.json\n`)
    expect(await listFiles()).toEqual(['aws_attack-16.1-enterprise.csv', 'aws_attack-16.1-enterprise.csv-metadata.json', 'manifest.json'])
  })

  it('has artifacts of other documents with the same name: the new ones get another name, which is said', async () => {
    await writeFile(join(cwd, 'more.txt'), page.replaceAll('T1078.004', 'T1078.002'))
    await convert('page.txt', '--to', 'csv', '--combine')
    const before = await readFile(join(cwd, 'output', `${aws}.csv`), 'utf8')
    const { code, stderr } = await convert('more.txt', '--to', 'csv', '--combine')
    expect(code).toBe(0)
    expect(stderr).toContain(`${aws}_2 warning emit/name-taken\n`)
    expect(stderr).toContain('all_2 warning emit/name-taken\n')
    expect(await readFile(join(cwd, 'output', `${aws}.csv`), 'utf8')).toBe(before)
    expect(await readFile(join(cwd, 'output', `${aws}_2.csv`), 'utf8')).toContain('T1078.002')
    expect((await convert('more.txt', '--to', 'csv', '--combine', '--quiet')).stderr).toMatch(/^The output folder has artifacts named /)
    await expectAgreement()
    await convert('more.txt', '--to', 'csv', '--prune')
    expect(await listFiles()).toEqual([`${aws}.csv`, `${aws}.csv-metadata.json`, 'manifest.json'])
    expect(await readFile(join(cwd, 'output', `${aws}.csv`), 'utf8')).toContain('T1078.002')
  })

  it('keeps what another file of the same name made, and says what it overwrites', async () => {
    await mkdir(join(cwd, 'elsewhere'))
    await writeFile(join(cwd, 'elsewhere/page.txt'), otherPage)
    await convert('page.txt', '--to', 'csv')
    await convert('elsewhere/page.txt', '--to', 'csv')
    await convert('elsewhere/page.txt', '--to', 'csv')
    expect((await listFiles()).filter((name) => name.endsWith('.csv'))).toEqual([`${aws}.csv`, `${azure}.csv`])
    await writeFile(join(cwd, 'elsewhere/page.txt'), page.replaceAll('T1078.004', 'T1078.002'))
    const { stderr } = await convert('elsewhere/page.txt', '--to', 'csv', '--quiet')
    expect(stderr).toMatch(/^overwrote 2 artifacts of earlier runs \(made of other content of documents with the same names before\): /)
  })

  it('is brought up to date, and only what this program wrote is touched', async () => {
    await convert('page.txt', 'other.txt')
    await writeFile(join(cwd, 'output', 'mine.csv'), 'mine')
    await writeFile(join(cwd, 'output', `${azure}.csv`), 'changed by hand')
    await writeFile(join(cwd, 'output', `${aws}.csv`), 'changed by hand')
    const refused = await convert('page.txt', '--prune')
    expect(refused.code).toBe(1)
    expect(refused.stderr).toContain(`${aws}.csv error emit/kept\n  output/${aws}.csv was kept, because it was changed since`)
    expect(await readFile(join(cwd, 'output', `${aws}.csv`), 'utf8')).toBe('changed by hand')
    const { code, stderr } = await convert('page.txt', '--prune', '--overwrite')
    expect(code).toBe(0)
    expect(stderr).toContain('removed 5 artifacts of earlier runs')
    expect(await listFiles()).toEqual([...artifactsOf(aws), `${azure}.csv`, 'mine.csv'].toSorted())
    expect(await readFile(join(cwd, 'output', `${azure}.csv`), 'utf8')).toBe('changed by hand')
    expect(await readFile(join(cwd, 'output', `${aws}.csv`), 'utf8')).toContain('amazon_guardduty')
  })

  it('keeps what it has of documents that could not be read this time', async () => {
    await convert('page.txt', 'other.txt')
    await writeFile(join(cwd, 'other.txt'), '')
    expect((await convert('page.txt', 'other.txt')).code).toBe(1)
    expect(await listFiles()).toEqual(artifactsOf(aws, azure))
  })

  it('loses no file of other origin that has the name of an artifact', async () => {
    await mkdir(join(cwd, 'output'))
    await writeFile(join(cwd, 'output', `${aws}.csv`), 'mine')
    await writeFile(join(cwd, 'output', 'manifest.json'), '{ "name": "a web app" }')
    const { code, stderr } = await convert('page.txt', '--quiet')
    expect(code).toBe(1)
    expect(stderr.match(/ error emit\/kept$/gm)).toHaveLength(2)
    expect(stderr.match(/--overwrite/g)).toHaveLength(1)
    expect(await readFile(join(cwd, 'output', `${aws}.csv`), 'utf8')).toBe('mine')
    expect(await readFile(join(cwd, 'output', 'manifest.json'), 'utf8')).toBe('{ "name": "a web app" }')
    expect((await convert('page.txt', '--overwrite')).code).toBe(0)
    await expectAgreement()
  })

  it('is as it was after --dry-run', async () => {
    await convert('page.txt', 'other.txt')
    const before = await readManifest()
    const { code, stderr } = await convert('page.txt', '--to', 'csv', '--dry-run')
    expect(code).toBe(0)
    expect(stderr).not.toContain('removed')
    expect(await readManifest()).toEqual(before)
    await expectAgreement()
  })
})

describe('what cannot be written', () => {
  it('is told, and leaves the other artifacts whole', async () => {
    await mkdir(join(cwd, 'output', `${aws}.csv`, 'full'), { recursive: true })
    const { code, stderr } = await convert('page.txt')
    expect(code).toBe(1)
    expect(stderr).toMatch(new RegExp(`^${aws}\\.csv error emit/unwritable$`, 'm'))
    expect(await listFiles()).toEqual(artifactsOf(aws).filter((name) => name !== `${aws}.csv`))
    await expectAgreement()
  })

  it('is everything when the output is a file', async () => {
    await writeFile(join(cwd, 'output'), 'a file')
    const { code, stderr } = await convert('page.txt')
    expect(code).toBe(1)
    expect(stderr).toContain('error emit/unwritable\n  output: there is a file with this name (EEXIST)')
    expect(stderr).toMatch(/^1 error, /m)
    expect(await readFile(join(cwd, 'output'), 'utf8')).toBe('a file')
  })

  it.skipIf(process.getuid?.() === 0)('is everything in a folder that is read-only (root may write: skipped)', async () => {
    await convert('page.txt')
    await chmod(join(cwd, 'output'), 0o500)
    expect((await convert('other.txt')).code).toBe(1)
    await chmod(join(cwd, 'output'), 0o700)
    expect(await listFiles()).toEqual(artifactsOf(aws))
    await expectAgreement()
  })
})
