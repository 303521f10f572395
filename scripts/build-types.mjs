// Bundles the declarations of each entry of the library into one file, dist/index.d.ts and dist/node.d.ts, without any import of ours or
// of another package: a consumer needs nothing else. TypeScript writes the declarations of all modules to a folder that is removed again.
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { build } from 'rolldown'
import { dts } from 'rolldown-plugin-dts'

const root = new URL('..', import.meta.url).pathname
const folder = mkdtempSync(join(tmpdir(), 'crosswalk-types-'))
try {
  const compiler = createRequire(import.meta.url).resolve('typescript/package.json').replace(/package\.json$/, 'bin/tsc')
  execFileSync(process.execPath, [compiler, '-p', join(root, 'tsconfig.build.json'), '--outDir', folder], { stdio: 'inherit' })
  for (const entry of ['index', 'node']) {
    await build({
      input: { [entry]: join(folder, 'src', `${entry}.d.ts`) },
      external: (id) => !id.startsWith('.') && !isAbsolute(id),
      // Nothing is generated: the entries are declarations already.
      plugins: [dts({ dtsInput: true, emitDtsOnly: true, tsconfig: false, oxc: true })],
      output: { dir: join(folder, entry) },
      logLevel: 'warn',
    })
    const bundle = join(folder, entry, `${entry}.d.ts`)
    const foreign = readFileSync(bundle, 'utf8').match(/^(?:import|export) .* from .*$/gm)
    if (foreign) throw new Error(`dist/${entry}.d.ts is not whole: ${foreign.join(' ')}`)
    copyFileSync(bundle, join(root, 'dist', `${entry}.d.ts`))
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
