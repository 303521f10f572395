import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** Where the repository stands. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** A command of a page, and what the page says that it prints. */
export interface ConsoleExample {
  readonly line: string
  readonly output: string
}

/** The commands of a page's console blocks, each with the output that stands below it. */
export async function readExamples(page: string): Promise<readonly ConsoleExample[]> {
  const text = await readFile(path.join(root, page), 'utf8')
  return Array.from(text.matchAll(/^```console\n([\s\S]*?)^```$/gm), ([, block = '']) => block)
    .flatMap((block) => block.split(/^\$ /m).slice(1))
    .map((example) => ({ line: example.slice(0, example.indexOf('\n')), output: example.slice(example.indexOf('\n') + 1).trimEnd() }))
}

/** A folder with nothing but the sample documents in input/. */
export async function createSampleFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'crosswalk-page-'))
  await cp(path.join(root, 'input'), path.join(folder, 'input'), { recursive: true })
  return folder
}

/** Removes such a folder. */
export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
}

/** What a command prints, whatever its exit code, on a terminal as pages have it: 100 columns of UTF-8 without colours. */
export async function runExample({ line }: ConsoleExample, folder: string): Promise<string> {
  const command = line.replace(/^npx (?:attack-)?crosswalk/, `node "${path.join(root, 'dist/crosswalk.js')}"`)
  if (command === line) throw new Error(`"${line}" does not begin with "npx attack-crosswalk"`)
  const env = { ...process.env, NO_COLOR: '1', COLUMNS: '100', LC_ALL: 'C.UTF-8' }
  const run = promisify(execFile)('/bin/sh', ['-c', command], { cwd: folder, env })
  const { stdout } = await run.catch((error: { stdout: string }) => error)
  return stdout.trimEnd()
}
