import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Bundles the declarations of the library, which building the program removes, unless they are there. */
export function buildTypes(): void {
  const built = ['index', 'node'].every((entry) => existsSync(`${root}/dist/${entry}.d.ts`))
  if (!built) execFileSync('npm', ['run', '--silent', 'build:types'], { cwd: root, stdio: 'inherit' })
}
