import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { attacks } from '../support/hostile-documents.js'
import { createFolder, runCrosswalk } from './run-crosswalk.js'

/** Attacks of one run: the run ends, and its memory is that of the largest. */
const TOGETHER = 8
const batches = Array.from({ length: Math.ceil(attacks.length / TOGETHER) }, (_, index) => attacks.slice(index * TOGETHER, (index + 1) * TOGETHER))

/** Seconds for an attack, on a slow machine that is shared with other tests, and memory of a run in kilobytes. */
const SECONDS = 20
const KILOBYTES = 600_000

/**
 * Prints the highest memory of the process when it ends, for which Node.js has no option. On Linux from the kernel's account of the process:
 * `maxRSS` begins with the memory of the process that started it.
 */
const meter = `data:text/javascript,${encodeURIComponent(`import { existsSync, readFileSync } from 'node:fs'
const highest = () => existsSync('/proc/self/status') ? Number(/VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]) : process.resourceUsage().maxRSS
process.on('exit', () => process.stderr.write('highest memory: ' + highest() + ' kB'))`)}`

it.each(batches.map((batch, index) => [index + 1, batch] as const))('batch %i of the attacks is refused, and the good document is converted', async (_, batch) => {
  const cwd = await createFolder()
  await mkdir(join(cwd, 'in'))
  for (const { name, make } of batch) await writeFile(join(cwd, 'in', name), make())
  await writeFile(join(cwd, 'in', 'zz-good.csv'), 'capability_id,technique\nAC-2,T1078\n')
  const started = performance.now()
  const inputs = [...batch.map(({ name }) => join('in', name)), join('in', 'zz-good.csv')]
  const args = ['convert', ...inputs, '--per-document', '--to', 'csv', '--verbose', '--report', 'json', '--report-file', 'report.json']
  const { code, stderr } = await runCrosswalk(args, { cwd, env: { NODE_OPTIONS: `--import "${meter}"` } })
  expect(performance.now() - started).toBeLessThan(SECONDS * 1000 * batch.length)
  expect(Number(/highest memory: (\d+) kB/.exec(stderr)?.[1])).toBeLessThan(KILOBYTES)
  expect(code).toBe(batch.every(({ isRead }) => isRead === true) ? 0 : 1)

  const { diagnostics }: { diagnostics: readonly { document?: string, code: string, severity: string }[] } = JSON.parse(await readFile(join(cwd, 'report.json'), 'utf8'))
  for (const { name, code: expected, isRead } of batch) {
    const own = diagnostics.filter(({ document }) => document === name)
    const errors = own.filter(({ severity }) => severity === 'error').map((one) => one.code)
    expect({ name, said: own.map((one) => one.code), isRead: errors.length === 0 })
      .toEqual({ name, said: expect.arrayContaining([expected]), isRead: isRead === true })
    expect({ name, errors: isRead ? [expected] : errors }).toEqual({ name, errors: expect.arrayContaining([expected]) })
  }
  expect(await readdir(join(cwd, 'output'))).toContain('zz-good')
}, SECONDS * 1000 * TOGETHER)

it('there are at least 80, each with a name of its own', () => {
  expect(new Set(attacks.map(({ name }) => name)).size).toBe(attacks.length)
  expect(attacks.length).toBeGreaterThanOrEqual(80)
})
