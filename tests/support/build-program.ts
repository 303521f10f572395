import { execFileSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Builds the program that these tests run, unless the one in dist/ is newer than everything that it is made of. */
export function setup(): void {
  const sources = ['src', 'schemas', 'scripts', 'package.json'].map((name) => newestTime(`${root}/${name}`))
  const built = statSync(`${root}/dist/crosswalk.cjs`, { throwIfNoEntry: false })?.mtimeMs ?? 0
  if (built < Math.max(...sources)) execFileSync('npm', ['run', '--silent', 'build:js'], { cwd: root, stdio: 'inherit' })
}

function newestTime(path: string): number {
  const entry = statSync(path)
  if (!entry.isDirectory()) return entry.mtimeMs
  return Math.max(...readdirSync(path).map((name) => newestTime(`${path}/${name}`)))
}
