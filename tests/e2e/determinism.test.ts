import { createHash } from 'node:crypto'
import { cp, readdir, readFile, utimes } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { shared, sharedFolder } from '../support/shared.js'
import { createFolder, runCrosswalk, type RunOptions } from './run-crosswalk.js'

const samples = fileURLToPath(new URL('../../input', import.meta.url))
/** The real documents only where they are: the samples alone must pass too. */
const real = sharedFolder === undefined ? [] : [shared('seeds'), shared('mappings/veris-1.3.7_attack-12.1-mobile.json')]
const inputs = [samples, ...real]

/** Converts to a new folder; the digests of what was written, by name, and what was said but for the folder's name. */
async function convert(named: readonly string[], options: Partial<RunOptions> = {}, more: readonly string[] = []) {
  const output = await createFolder()
  const { code, stdout, stderr } = await runCrosswalk(['convert', ...named, '--to', 'all', '-o', output, ...more],
    { cwd: output, ...options })
  expect(code).toBe(0)
  const files = new Map<string, string>()
  for (const entry of await readdir(output, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name)
    if (entry.isFile()) files.set(relative(output, file), createHash('sha256').update(await readFile(file)).digest('hex'))
  }
  return { files, said: `${stdout}${stderr}`.replaceAll(output, 'OUTPUT') }
}

it('the same documents give the same bytes', async () => {
  const first = await convert(inputs)
  expect(first.files.size).toBeGreaterThan(8 * 7)
  expect(await convert(inputs)).toEqual(first)
  const abroad = { TZ: 'Asia/Tokyo', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' }
  expect(await convert(inputs, { env: abroad })).toEqual(first)
  expect(await convert(inputs, { env: { TZ: 'America/St_Johns', LC_ALL: 'C' } })).toEqual(first)
})

it('the order in which documents are named changes nothing', async () => {
  const files = (await readdir(samples)).map((name) => join(samples, name))
  const first = await convert([...files, ...real])
  expect(await convert([...real, ...files].toReversed())).toEqual(first)
  expect((await convert([...files, ...real, ...files])).files).toEqual(first.files)
})

it('the folder from which it is run, where documents lie and when they were saved change no artifact', async () => {
  const first = await convert(inputs)
  const cwd = await createFolder()
  const elsewhere = await convert(inputs.map((input) => relative(cwd, input)), { cwd })
  expect(elsewhere.files).toEqual(first.files)

  for (const [index, input] of inputs.entries()) {
    const copy = join(cwd, `copies-${index}`)
    await cp(input, input.endsWith('.json') ? join(copy, 'veris-1.3.7_attack-12.1-mobile.json') : copy, { recursive: true })
    for (const name of await readdir(copy)) await utimes(join(copy, name), new Date(0), new Date('2001-02-03'))
  }
  const copied = await convert(inputs.map((_input, index) => `copies-${index}`), { cwd })
  expect(copied.files).toEqual(first.files)
})

it.each([['--combine'], ['--per-document']])('%s gives the same bytes too', async (flag) => {
  const first = await convert(inputs, {}, [flag])
  expect(await convert(inputs.toReversed(), { env: { TZ: 'Asia/Tokyo', LC_ALL: 'tr_TR.UTF-8' } }, [flag])).toEqual(first)
})
