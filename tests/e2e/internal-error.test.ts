import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { page } from './pages.js'
import { createFolder, runCrosswalk } from './run-crosswalk.js'

/** Makes the program fail in its midst, as a mistake of ours would. */
const sabotage = "Math.max = () => { throw new Error('boom\\x1b[2J') }"
const env = { NODE_OPTIONS: '--import=./sabotage.mjs' }

it('our own fault has exit code 3, a message that asks for a report, and a stack with --verbose only', async () => {
  const cwd = await createFolder()
  await writeFile(join(cwd, 'page.txt'), page)
  await writeFile(join(cwd, 'sabotage.mjs'), sabotage)
  const short = await runCrosswalk(['inspect', 'page.txt'], { cwd, env })
  expect(short.code).toBe(3)
  expect(short.stderr).toContain('internal error: boom\\x1b[2J\n')
  expect(short.stderr).toContain('Please report it')
  expect(short.stderr).not.toMatch(/^ +at /m)
  const long = await runCrosswalk(['inspect', 'page.txt', '--verbose'], { cwd, env })
  expect(long.code).toBe(3)
  expect(long.stderr).toMatch(/^ +at /m)
})
