import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const readme = await readFile(path.join(root, 'README.md'), 'utf8')

/** The commands of README's console blocks, each with the output that stands below it. */
const commands = Array.from(readme.matchAll(/^```console\n([\s\S]*?)^```$/gm), ([, block = '']) => block)
  .flatMap((block) => block.split(/^\$ /m).slice(1))
  .map((text) => ({ line: text.slice(0, text.indexOf('\n')), output: text.slice(text.indexOf('\n') + 1) }))

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'crosswalk-readme-'))
  await cp(path.join(root, 'input'), path.join(folder, 'input'), { recursive: true })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('README.md', () => {
  it('shows commands', () => {
    expect(commands.length).toBeGreaterThanOrEqual(4)
  })

  // In order, in one folder: later commands use what earlier ones wrote.
  it.each(commands)('$line prints what stands below it', async ({ line, output }) => {
    const command = line.replace(/^npx crosswalk/, `node "${path.join(root, 'dist/crosswalk.js')}"`)
    expect(command).not.toBe(line)
    expect(await printed(command)).toBe(output.trimEnd())
  })

  it('links to files that are there', async () => {
    const links = Array.from(readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g), ([, link = '']) => link)
    expect(links.length).toBeGreaterThan(5)
    for (const link of links) await expect(stat(path.join(root, link)), link).resolves.toBeDefined()
  })
})

/** What a command prints, whatever its exit code. */
async function printed(command: string): Promise<string> {
  const run = promisify(execFile)('/bin/sh', ['-c', command], { cwd: folder, env: { ...process.env, NO_COLOR: '1' } })
  const { stdout } = await run.catch((error: { stdout: string }) => error)
  return stdout.trimEnd()
}
