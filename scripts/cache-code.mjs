// Writes the code that V8 compiled for a program while it did the usual things once: `cache-code.mjs PROGRAM INPUT...`. The launcher gives it
// to V8 again (scripts/launcher.cjs). Nothing of the inputs is in it: functions, not what they returned.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { cachedDataVersionTag, setFlagsFromString } from 'node:v8'
import { Script } from 'node:vm'

const [, , program, ...inputs] = process.argv
const file = `${program}.${process.version}-${process.arch}-${cachedDataVersionTag()}.cache`
// Functions that were not called for a while would be dropped. The flag is taken back, because V8 rejects code of other flags.
setFlagsFromString('--no-flush-bytecode')
const script = new Script(readFileSync(program, 'latin1'), { filename: program })
const { main } = script.runInThisContext()(createRequire(pathToFileURL(program)), pathToFileURL(program).href)
const output = mkdtempSync(join(tmpdir(), 'crosswalk-cache-'))
const silent = () => true
const { write } = process.stdout
process.stdout.write = silent
process.stderr.write = silent
process.stdout.setMaxListeners(0)
process.stderr.setMaxListeners(0)
process.setMaxListeners(0)
try {
  await main(['convert', ...inputs, '--to', 'stix,navigator,csv,xlsx,json,html', '--output', output])
  const bundles = readdirSync(output).filter((name) => name.endsWith('.stix.json')).map((name) => join(output, name))
  await main(['validate', ...bundles])
  await main(['inspect', ...bundles])
} finally {
  process.stdout.write = write
  rmSync(output, { recursive: true, force: true })
}
setFlagsFromString('--flush-bytecode')
writeFileSync(file, script.createCachedData())
// What the inputs were found to be does not matter here.
process.exit(0)
