import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** What one process took, by its operating system. */
export interface Cost {
  /** CPU seconds, of user and system. */
  readonly cpu: number
  /** Seconds by the clock. */
  readonly wall: number
  /** Peak memory (resident set), MiB. */
  readonly memory: number
}

/** The costs of some runs of a command, and its output. */
export interface Measured {
  readonly runs: readonly Cost[]
  /** What the last run printed. */
  readonly stdout: string
}

/** Runs Node.js with some arguments again and again. Throws if a run fails with more than documents with errors (exit code 1). */
export function measure(args: readonly string[], runs: number, folder: string): Measured {
  const hook = path.join(folder, 'usage.cjs')
  const report = path.join(folder, 'usage.json')
  writeFileSync(hook, `process.on('exit', () => require('node:fs').writeFileSync(process.env.CROSSWALK_USAGE, JSON.stringify(process.resourceUsage())))`)
  let stdout = ''
  const costs = Array.from({ length: runs }, (): Cost => {
    rmSync(report, { force: true })
    const start = performance.now()
    stdout = runNode(['--require', hook, ...args], { ...process.env, CROSSWALK_USAGE: report })
    const wall = (performance.now() - start) / 1000
    const usage: unknown = JSON.parse(readFileSync(report, 'utf8'))
    return { cpu: (numberOf(usage, 'userCPUTime') + numberOf(usage, 'systemCPUTime')) / 1e6, wall, memory: numberOf(usage, 'maxRSS') / 1024 }
  })
  return { runs: costs, stdout }
}

function runNode(args: readonly string[], env: NodeJS.ProcessEnv): string {
  try {
    return execFileSync(process.execPath, args, { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1e9 })
  } catch (error) {
    if (error instanceof Error && 'status' in error && error.status === 1 && 'stdout' in error) return String(error.stdout)
    throw error
  }
}

function numberOf(value: unknown, name: string): number {
  const found: unknown = typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined
  return typeof found === 'number' ? found : Number.NaN
}

/** Empties a folder, and creates it if it is missing. */
export function emptyFolder(folder: string): string {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  return folder
}

/** Size of all files below a folder, in bytes, without the manifest. */
export function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'manifest.json')
    .reduce((sum, entry) => sum + statSync(path.join(entry.parentPath, entry.name)).size, 0)
}

/** The middle value; of an even number of them, the mean of the middle two. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const [low = Number.NaN, high = low] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]]
  return (low + high) / 2
}
