import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const program = fileURLToPath(new URL('../../dist/crosswalk.cjs', import.meta.url))

/** What a run of the program did. */
export interface Run {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** How to run it. */
export interface RunOptions {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  readonly stdin?: string
}

/** Runs the built program as a user would. Nothing of this process's environment but the path reaches it, nor releases that this machine's user added. */
export function runCrosswalk(args: readonly string[], { cwd, env = {}, stdin = '' }: RunOptions): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { cwd, env: { PATH: process.env['PATH'] ?? '', CROSSWALK_DATA: join(cwd, 'crosswalk-data'), ...env } })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => { stdout += text })
    child.stderr.setEncoding('utf8').on('data', (text: string) => { stderr += text })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr }))
    // A program that never reads its input closes it: no concern of the test's.
    child.stdin.on('error', () => undefined)
    child.stdin.end(stdin)
  })
}

/** An empty folder that is gone after the test. */
export async function createFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'crosswalk-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}
