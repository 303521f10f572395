// Bundles the benchmarks, with the options of the build, to a temporary folder and runs them: `npm run bench -- --help` is in
// docs/performance.md.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const folder = mkdtempSync(join(tmpdir(), 'crosswalk-bench-code-'))
try {
  execFileSync(process.execPath, ['scripts/build.mjs', 'bench', folder], { stdio: 'inherit' })
  const { status } = spawnSync(process.execPath, [join(folder, 'bench.js'), ...process.argv.slice(2)], { stdio: 'inherit' })
  process.exitCode = status ?? 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
