#!/usr/bin/env node
// What starts Crosswalk: dist/crosswalk.js. The program is one script with the code that V8 compiled for it when it was built, which takes
// half of the time to load. Another Node.js, or another kind of processor, compiles the script itself.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { cachedDataVersionTag } from 'node:v8'
import { Script } from 'node:vm'

const args = process.argv.slice(2)
const isAboutAll = args.length === 0 || (args.length === 1 && ['--help', '-h', '--version', '-V', 'help'].includes(args[0]))
const { main } = isAboutAll ? await import(new URL('help.js', import.meta.url).href) : loadProgram(new URL('program.cjs', import.meta.url))
await main(args)

function loadProgram(address) {
  const filename = fileURLToPath(address)
  // The tag is of the version of V8, its flags and the processor's features: other code could crash it.
  const cachedData = readIfThere(`${filename}.${process.version}-${process.arch}-${cachedDataVersionTag()}.cache`)
  const script = new Script(readFileSync(filename, 'latin1'), { filename, ...(cachedData && { cachedData }) })
  return script.runInThisContext()((name) => process.getBuiltinModule(name) ?? createRequire(address)(name), address.href)
}

function readIfThere(file) {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}
