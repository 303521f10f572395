import { chmod, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { page } from './pages.js'
import { createFolder, runCrosswalk } from './run-crosswalk.js'

const name = 'aws_attack-enterprise.csv'
/** A second page, of another framework, to break. */
const other = page.replaceAll('AWS', 'Azure')
const header = 'capability_id,capability_description,mapping_type,attack_object_id'
const isRoot = process.getuid?.() === 0

function cutAt(text: string, before: string): string {
  return text.slice(0, text.lastIndexOf(before))
}

/** File name, content, and how the first error line begins that names it. */
const broken: readonly (readonly [file: string, content: string | Uint8Array, said: string])[] = [
  ['cut-in-row.txt', cutAt(other, 'T1078.004'), 'cut-in-row.txt:14:1 error parse/truncated'],
  ['cut-in-comment.txt', cutAt(other, 'for second'), 'cut-in-comment.txt:16:1 error parse/truncated'],
  ['cut-in-header.txt', cutAt(other, 'Mapping Type'), 'cut-in-header.txt:9:1 error parse/truncated'],
  ['cut.json', '{"metadata": {"mapping_version": "1"', 'cut.json:1:37 error read/malformed'],
  ['cut.yaml', 'metadata:\n  author: a\nmapping_objects:\n- {capability_id: "a', 'cut.yaml:4:21 error read/malformed'],
  ['cut.csv', `${header}\r\naws_config,AWS Config,technique_scores,"T10`, 'cut.csv:2:40 error parse/unreadable-row'],
  ['cut.xlsx', Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0, 0, 0), 'cut.xlsx error read/malformed'],
  ['cut.html', '<!doctype html><html><body><h1>T1078.004 Cloud Accounts</h1><table><tr><th>Capability ID', 'cut.html error '],
  ['binary.txt', new Uint8Array(512), 'binary.txt error read/binary'],
  ['empty.txt', '', 'empty.txt error read/empty'],
  ['blank.txt', ' \r\n\n', 'blank.txt error read/empty'],
  ['prose.txt', 'Nothing here is a mapping.\n', 'prose.txt error parse/unknown-format'],
]

async function convertFolder(prepare: (folder: string) => Promise<unknown>) {
  const cwd = await createFolder()
  await mkdir(join(cwd, 'in'))
  await writeFile(join(cwd, 'in', 'good.txt'), page)
  await prepare(join(cwd, 'in'))
  const run = await runCrosswalk(['convert', 'in', '--to', 'csv'], { cwd })
  const good = await readFile(join(cwd, 'output', name), 'utf8')
  return { ...run, good, lines: run.stderr.split('\n'), files: await readdir(join(cwd, 'output')) }
}

/** Checks that the good page is converted as if it were alone, and that the run failed with the line expected. */
async function expectReported(said: string, prepare: (folder: string) => Promise<unknown>): Promise<void> {
  const alone = await convertFolder(async () => undefined)
  const { code, good, lines } = await convertFolder(prepare)
  expect(alone.code).toBe(0)
  expect(lines.filter((line) => line.startsWith(`in/${said}`))).toHaveLength(1)
  expect(good).toBe(alone.good)
  expect(code).toBe(1)
}

describe('a broken document leaves the rest converted, is told with its place, and gives exit code 1:', () => {
  it.each(broken)('%s', async (file, content, said) => {
    await expectReported(said, (folder) => writeFile(join(folder, file), content))
  })

  it('a folder that is named like a document', async () => {
    await expectReported('folder.txt error read/folder-as-file', (folder) => mkdir(join(folder, 'folder.txt')))
  })

  it('a link to nothing', async () => {
    await expectReported('dangling.txt error read/unreadable', (folder) => symlink('nowhere', join(folder, 'dangling.txt')))
  })

  it.skipIf(isRoot)('a file and a folder that may not be read (root may read all: skipped)', async () => {
    await expectReported('closed.txt error read/unreadable', async (folder) => {
      await writeFile(join(folder, 'closed.txt'), other)
      await chmod(join(folder, 'closed.txt'), 0o000)
    })
    await expectReported('closed error read/unreadable', (folder) => mkdir(join(folder, 'closed'), { mode: 0o000 }))
  })

  it('all of them at once', async () => {
    const { code, good, files, lines } = await convertFolder(async (folder) => {
      for (const [file, content] of broken) await writeFile(join(folder, file), content)
    })
    expect(code).toBe(1)
    expect(good).toContain('amazon_guardduty')
    // What stands before the cut is converted too.
    expect(files).toContain('azure_attack-enterprise.csv')
    for (const [, , said] of broken) expect(lines.filter((line) => line.startsWith(`in/${said}`))).toHaveLength(1)
  })
})

describe('what is odd but readable', () => {
  it.each([
    ['Windows-1252', Buffer.from(other.replace('Unusual', '\u00dcnusual'), 'latin1'), 'in/odd.txt:12:1 warning read/encoding'],
    ['UTF-16', Buffer.from(`\ufeff${other.replace('Unusual', '\u00dcnusual')}`, 'utf16le'), ''],
  ])('is read: %s', async (_encoding, bytes, said) => {
    const { code, files, lines } = await convertFolder((folder) => writeFile(join(folder, 'odd.txt'), bytes))
    expect(code).toBe(0)
    expect(files).toContain('azure_attack-enterprise.csv')
    expect(lines).toEqual(expect.arrayContaining(said === '' ? [] : [said]))
    expect(lines.some((line) => line.includes(' error '))).toBe(false)
  })
})

it('a document that is not there gives exit code 1', async () => {
  const { code, stderr } = await runCrosswalk(['convert', 'missing.txt'], { cwd: await createFolder() })
  expect(code).toBe(1)
  expect(stderr).toContain('missing.txt error read/not-found')
})
