#!/usr/bin/env node
// What starts Crosswalk: dist/crosswalk.cjs. The program is one script with the code that V8 compiled for it when it was built, which takes
// half of the time to load. Another Node.js, or another kind of processor, compiles the script itself. No ES module is loaded: what Node.js
// needs for these takes a tenth of the time of a page to four artifacts.
const { readFileSync } = require('node:fs')
const path = require('node:path')
const { pathToFileURL } = require('node:url')
const { cachedDataVersionTag, setFlagsFromString } = require('node:v8')
const { Script } = require('node:vm')

const args = process.argv.slice(2)
const isAboutAll = args.length === 0 || (args.length === 1 && ['--help', '-h', '--version', '-V', 'help'].includes(args[0]))
const { main } = isAboutAll ? require(path.join(__dirname, 'help.cjs')) : loadProgram(path.join(__dirname, 'program.cjs'))
main(args)

function loadProgram(filename) {
  // The tag is of the version of V8, its flags and the processor's features: other code could crash it.
  const cachedData = readIfThere(`${filename}.${process.version}-${process.arch}-${cachedDataVersionTag()}.cache`)
  const script = new Script(readFileSync(filename, 'latin1'), { filename, ...(cachedData && { cachedData }) })
  setFlags()
  return script.runInThisContext()(require, pathToFileURL(filename).href)
}

/**
 * V8 copies functions into their callers until these have 920 bytes of code, and optimises them anew when one was called otherwise. With 300,
 * it compiles for half of the time, and what it compiles is as fast: a tenth of the time of most runs. After the program is there, since the
 * code that was compiled for it is that of the usual flags. Versions that are not known to have a flag would complain of it.
 *
 * The room for new objects is 1 MB at first, and doubles where it is too small: a short run is over before it is large enough for a document.
 * With steps of eight, one page takes a twentieth less, in newer versions a tenth.
 *
 * Version 20 optimises a function that has run 66,000 bytes of code, although most of ours have seen one document by then, and what the next ones
 * are like makes it do so again. With four times as many, runs of a few seconds take a tenth less, and those over one large document as long.
 * Later versions do not have the flag; they have a compiler in between.
 */
function setFlags() {
  const version = process.versions.node.split('.')[0]
  if (!['20', '22', '24'].includes(version)) return
  setFlagsFromString('--max-inlined-bytecode-size-cumulative=300')
  setFlagsFromString('--semi-space-growth-factor=8')
  if (version === '20') setFlagsFromString('--interrupt-budget=264000')
}

function readIfThere(file) {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}
