import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createFolder, runCrosswalk } from './run-crosswalk.js'

const table = (rows: number): string => `capability_id,technique\n${Array.from({ length: rows }, (_, index) => `A-${index},T1078\n`).join('')}`

async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const cwd = await createFolder()
  await mkdir(join(cwd, 'in'))
  for (const [name, content] of Object.entries(files)) await writeFile(join(cwd, name), content)
  return cwd
}

describe('limits of what is read', () => {
  const files = { 'in/large.csv': table(9), 'in/good.csv': table(3) }

  it('refuse a document, and not the rest of the batch', async () => {
    const cwd = await folderWith(files)
    const { code, stderr } = await runCrosswalk(['convert', 'in', '--to', 'csv', '--max', 'rows=5'], { cwd })
    expect(code).toBe(1)
    expect(stderr).toContain('exceeds the limit of 5 rows, and was not read')
    expect(stderr).toContain('--max rows=12')
    expect(await readdir(join(cwd, 'output'))).toContain('manifest.json')
    expect((await runCrosswalk(['convert', 'in', '--to', 'csv', '--max', 'rows=10'], { cwd })).code).toBe(0)
  })

  it('are settings of a configuration file, which the command line overrides', async () => {
    const cwd = await folderWith({ ...files, 'crosswalk.config.yaml': 'max:\n  rows: 5\n  cells: 1000\n' })
    expect(await runCrosswalk(['convert', 'in', '--to', 'csv'], { cwd })).toMatchObject({ code: 1, stderr: expect.stringContaining('limit of 5 rows') })
    expect((await runCrosswalk(['convert', 'in', '--to', 'csv', '--max', 'rows=50,cells=900'], { cwd })).code).toBe(0)
  })

  it('count the documents of a run: the first are read', async () => {
    const cwd = await folderWith({ 'in/a.csv': table(1), 'in/b.csv': table(1), 'in/c.csv': table(1) })
    const { code, stdout, stderr } = await runCrosswalk(['inspect', 'in', '--max', 'documents=2'], { cwd })
    expect({ code, read: stdout.includes('a.csv') && stdout.includes('b.csv') }).toEqual({ code: 1, read: true })
    expect(stderr).toContain('more than 2 documents')
    expect(stderr).toContain('--max documents=3')
    expect((await runCrosswalk(['inspect', 'in', '--max', 'documents=3'], { cwd })).code).toBe(0)
  })

  it('are the limits of validate too', async () => {
    const cwd = await folderWith(files)
    expect(await runCrosswalk(['validate', 'in/large.csv', '--max', 'rows=5'], { cwd }))
      .toMatchObject({ code: 1, stderr: expect.stringContaining('limit of 5 rows') })
  })

  it.each([
    ['row=5', 'Did you mean "rows"'], ['rows', 'Expected rows=NUMBER, a whole number'], ['rows=many', 'whole number'],
    ['rows=0', '1 or more'], ['depth=501', 'between 1 and 500'],
  ])('%s is a usage error', async (given, said) => {
    const { code, stderr } = await runCrosswalk(['inspect', 'x.csv', '--max', given], { cwd: await createFolder() })
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(said) })
  })
})

describe('limits of time and memory for a document', () => {
  const layer = JSON.stringify({
    name: 'x', domain: 'enterprise-attack', versions: { attack: '16', navigator: '5.1.0', layer: '4.5' },
    techniques: Array.from({ length: 30_000 }, (_, index) => ({ techniqueID: 'T1078', score: 1, comment: `words ${index}` })),
  })

  it.each([
    ['--max-seconds', '0.05', 'stopped at the limit of 0.05 seconds', '--max-seconds 0.1'],
    ['--max-memory', '2', 'stopped at the limit of 2 MB of memory', '--max-memory 4'],
  ])('%s stops a document, and not the rest of the batch', async (flag, value, said, hint) => {
    const cwd = await folderWith({ 'in/good.csv': table(3), 'in/large.json': layer, 'in/other.csv': table(2) })
    const { code, stderr } = await runCrosswalk(['convert', 'in', '--per-document', '--to', 'csv', flag, value], { cwd })
    expect(code).toBe(1)
    expect(stderr).toContain(`read/stopped`)
    expect(stderr).toContain(said)
    expect(stderr).toContain(`raise the limit: ${hint}`)
    expect(await readdir(join(cwd, 'output'))).toEqual(['good', 'manifest.json', 'other'])
    expect((await runCrosswalk(['convert', 'in', '--per-document', '--to', 'csv', flag, '900'], { cwd })).code).toBe(0)
    expect(await readdir(join(cwd, 'output'))).toEqual(['good', 'large', 'manifest.json', 'other'])
  })

  it('are settings of a configuration file', async () => {
    const cwd = await folderWith({ 'in/large.json': layer, 'crosswalk.config.yaml': 'max-seconds: 0.05\nmax-memory: 900\n' })
    expect(await runCrosswalk(['convert', 'in', '--to', 'csv'], { cwd })).toMatchObject({ code: 1, stderr: expect.stringContaining('0.05 seconds') })
  })

  it.each([['--max-seconds', '0'], ['--max-memory', 'much']])('%s %s is a usage error', async (flag, value) => {
    const { code, stderr } = await runCrosswalk(['inspect', 'x.csv', flag, value], { cwd: await createFolder() })
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('Expected a number of') })
  })
})
