import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { createFolder, runCrosswalk } from './run-crosswalk.js'

/** Documents of three frameworks with enough rows for workers, and what makes emitters report: no date, a formula, a comment too long for a layer. */
async function writeDocuments(folder: string): Promise<void> {
  await mkdir(folder)
  for (const framework of ['one', 'two', 'three']) {
    const rows = Array.from({ length: 2000 }, (_, index) => `${framework},C-${index % 300},T1${String(index % 560).padStart(3, '0')},${index === 7 ? '=1+1' : index === 9 ? 'x'.repeat(9000) : ''}`)
    await writeFile(path.join(folder, `${framework}.csv`), `framework,capability_id,technique,comments\n${rows.join('\n')}\n`)
  }
}

async function digests(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  const files = names.map(({ parentPath, name }) => path.join(parentPath, name)).toSorted()
  return Promise.all(files.map(async (file) => `${path.relative(folder, file)} ${createHash('sha256').update(await readFile(file)).digest('hex')}`))
}

it('sets that are emitted in workers have the same artifacts, messages and order as without', async () => {
  const cwd = await createFolder()
  await writeDocuments(path.join(cwd, 'in'))
  const convert = async (jobs: string) => {
    const args = ['convert', 'in', '-o', 'out', '--to', 'stix,navigator,csv,xlsx,json,markdown,svg', '--combine', '--verbose', '--overwrite', '--jobs', jobs]
    const run = await runCrosswalk(args, { cwd })
    return { ...run, files: await digests(path.join(cwd, 'out')) }
  }
  const alone = await convert('1')
  expect(alone.files.length).toBeGreaterThan(30)
  expect(alone.stderr).toContain('emit/')
  const { stdout, stderr, ...together } = await convert('3')
  expect(together).toEqual({ code: alone.code, files: alone.files })
  expect([stdout, stderr]).toEqual([alone.stdout, alone.stderr])
}, 180_000)

it.each(['0', '65', 'many'])('--jobs %s is a mistake', async (jobs) => {
  const { code, stderr } = await runCrosswalk(['convert', 'in', '--jobs', jobs], { cwd: await createFolder() })
  expect(code).toBe(2)
  expect(stderr).toContain('Expected a number from 1 to 64')
})
