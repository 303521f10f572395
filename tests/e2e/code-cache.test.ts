import { execFile } from 'node:child_process'
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Script } from 'node:vm'
import { expect, it } from 'vitest'
import { page } from './pages.js'
import { createFolder } from './run-crosswalk.js'

const dist = fileURLToPath(new URL('../../dist', import.meta.url))
const run = promisify(execFile)

async function findCache(folder: string): Promise<string> {
  const name = (await readdir(folder)).find((entry) => entry.endsWith('.cache'))
  if (name === undefined) throw new Error('the build wrote no code cache')
  return join(folder, name)
}

it('the code that the build compiled is accepted by the Node.js that built it', async () => {
  const filename = join(dist, 'program.cjs')
  const script = new Script(await readFile(filename, 'latin1'), { filename, cachedData: await readFile(await findCache(dist)) })
  expect(script.cachedDataRejected).toBe(false)
})

it('the program does the same with compiled code, without it, and with a piece of it', async () => {
  const cwd = await createFolder()
  await writeFile(join(cwd, 'page.txt'), page)
  const copy = join(cwd, 'dist')
  await cp(dist, copy, { recursive: true })
  const convert = async (output: string) => {
    await run(process.execPath, [join(copy, 'crosswalk.cjs'), 'convert', 'page.txt', '--output', output], { cwd })
    return Promise.all((await readdir(join(cwd, output))).toSorted().map(async (name) => [name, await readFile(join(cwd, output, name), 'latin1')]))
  }
  const expected = await convert('with')
  const cache = await findCache(copy)
  await writeFile(cache, (await readFile(cache)).subarray(0, 5000))
  expect(await convert('piece')).toEqual(expected)
  await rm(cache)
  expect(await convert('without')).toEqual(expected)
})

it('errors are explained by validators that are loaded only then', async () => {
  const cwd = await createFolder()
  await writeFile(join(cwd, 'page.txt'), page)
  await writeFile(join(cwd, 'crosswalk.config.json'), '{ "to": 17 }')
  await expect(run(process.execPath, [join(dist, 'crosswalk.cjs'), 'convert', 'page.txt', '--config', 'crosswalk.config.json'], { cwd }))
    .rejects.toThrow(/crosswalk\.config\.json/)
})

it('its file of before, which scripts may start, starts the same program', async () => {
  const [former, own] = await Promise.all(['crosswalk.js', 'crosswalk.cjs'].map((name) => run(process.execPath, [join(dist, name), '--version'])))
  expect(former?.stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  expect(own?.stdout).toBe(former?.stdout)
})
