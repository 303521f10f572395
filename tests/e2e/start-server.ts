import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const program = fileURLToPath(new URL('../../dist/crosswalk.cjs', import.meta.url))

/** `crosswalk serve`, running. */
export interface Served {
  /** "http://127.0.0.1:12345", without a slash at the end. */
  readonly address: string
  readonly stderr: () => string
  /** Waits until a message has come. */
  readonly told: (pattern: RegExp) => Promise<void>
  readonly signal: (name: 'SIGINT' | 'SIGTERM') => void
  /** The exit code, once it has ended. */
  readonly ended: Promise<number | null>
}

/** Starts the built program's server on any free port; it is gone after the test. */
export async function startServer(folder: string, ...options: readonly string[]): Promise<Served> {
  const child = spawn(process.execPath, [program, 'serve', folder, '--port', '0', ...options], { stdio: ['ignore', 'ignore', 'pipe'] })
  const state = { stderr: '' }
  const waiting = new Set<() => void>()
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    state.stderr += text
    for (const check of waiting) check()
  })
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  const told = async (pattern: RegExp): Promise<void> => new Promise((resolve, reject) => {
    const check = (): void => {
      if (!pattern.test(state.stderr)) return
      waiting.delete(check)
      resolve()
    }
    waiting.add(check)
    check()
    child.once('close', () => { reject(new Error(`it ended: ${state.stderr}`)) })
  })
  await told(/ at (https?:\/\/\S+)\/taxii2\/\n/)
  const [, address = ''] = / at (https?:\/\/\S+)\/taxii2\/\n/.exec(state.stderr) ?? []
  return { address, told, ended, stderr: () => state.stderr, signal: (name) => void child.kill(name) }
}
