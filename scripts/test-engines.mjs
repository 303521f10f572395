// Tries the package with each major version of Node.js that it supports: packs it, installs the file in an empty folder, and runs the command
// line and both entries of the library. All versions must write the same artifacts, byte for byte. The binaries are those of the npm package `node`. Without a network, a version that is not in npm's cache is skipped,
// which is said; `--require` makes that an error. Build first.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const versions = ['20.19.0', '20', '22', '24']
const root = new URL('..', import.meta.url).pathname
const home = mkdtempSync(join(tmpdir(), 'crosswalk-engines-'))
const formats = 'stix,misp-galaxy,navigator,csv,xlsx,json,yaml,markdown,html,svg,png'
let failed = false

const script = `
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { bridge, convert, coverage, createMemoryHost, diff, inspect, openAttack, RequestError, upgrade, validate } from 'attack-crosswalk'
import { createDiskHost, serve } from 'attack-crosswalk/node'

const documents = { 'a.csv': 'capability_id,technique\\nAC-2,T1078\\n', 'b.csv': 'capability_id,technique\\nCIS-5,T1086\\n' }
const host = createMemoryHost(documents)
assert.equal((await inspect({}, host)).documents.length, 2)
assert.ok((await convert({ emitters: ['stix', 'csv', 'xlsx'] }, host)).artifacts.length >= 3)
assert.equal((await validate({ inputs: ['a.csv'] }, host)).files.length, 1)
assert.equal((await upgrade({ inputs: ['b.csv'], to: '18.1', emitters: ['csv'], statements: { attackVersion: '8.2' } }, host)).upgrades[0].upgraded.changes[0].class, 'replaced')
assert.equal((await diff({ before: ['a.csv'], after: ['a.csv'] }, host)).diffs.length, 1)
assert.equal((await coverage({ inputs: ['a.csv'] }, host)).sets.length, 1)
assert.equal((await bridge({ left: ['a.csv'], right: ['a.csv'] }, host)).bridge.pairs.length, 1)
assert.equal((await openAttack()).technique('T1086').successors[0].id, 'T1059.001')
await assert.rejects(convert({ emitters: ['cvs'] }, host), RequestError)
await convert({ inputs: ['samples'], emitters: ['stix'] }, createDiskHost({ output: 'by-library' }))
const server = await serve({ folder: 'by-library' })
assert.equal((await fetch(server.address + '/taxii2/', { headers: { accept: 'application/taxii+json;version=2.1' } })).status, 200)
await server.close(0)
`

/** The binary of a version; undefined if it cannot be had. */
function install(version) {
  const folder = join(home, `node-${version}`)
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), '{ "private": true }')
  try {
    execFileSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--prefer-offline', `node@${version}`], { cwd: folder, stdio: 'pipe' })
    const binary = join(folder, 'node_modules/node/bin/node')
    execFileSync(binary, ['--version'])
    return binary
  } catch (error) {
    console.log(`node@${version}  skipped: it could not be installed (${String(error.stderr ?? error.message).split('\n')[0]})`)
    return undefined
  }
}

function listArtifacts(file) {
  const { artifacts } = JSON.parse(readFileSync(file, 'utf8'))
  return artifacts.map(({ name, sha256 }) => `${sha256} ${name}`).join('\n')
}

try {
  const [{ filename }] = JSON.parse(execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', home], { cwd: root }))
  writeFileSync(join(home, 'package.json'), '{ "private": true, "type": "module" }')
  try {
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', join(home, filename)], { cwd: home, stdio: 'pipe' })
  } catch {
    console.log('skipped: the package could not be installed, for lack of its dependencies (no network?)')
    process.exit(process.argv.includes('--require') ? 1 : 0)
  }
  execFileSync('cp', ['-r', join(root, 'input'), join(home, 'samples')])
  writeFileSync(join(home, 'library.mjs'), script)
  let expected
  for (const version of versions) {
    const binary = install(version)
    if (!binary) {
      failed ||= process.argv.includes('--require')
      continue
    }
    const run = (...args) => execFileSync(binary, args, { cwd: home, stdio: 'pipe', env: { PATH: process.env.PATH, CROSSWALK_DATA: join(home, 'data') } })
    try {
      const found = run('--version').toString().trim()
      const program = 'node_modules/attack-crosswalk/dist/crosswalk.cjs'
      run(program, 'convert', 'samples', '--to', formats, '--combine', '--output', `out-${version}`)
      run(program, 'validate', `out-${version}`)
      run('library.mjs')
      const made = listArtifacts(join(home, `out-${version}`, 'manifest.json'))
      expected ??= made
      if (made !== expected) throw new Error(`the artifacts differ from those of node@${versions[0]}`)
      console.log(`node@${version}  ${found}: passed, ${made.split('\n').length} artifacts`)
    } catch (error) {
      failed = true
      console.log(`node@${version}  FAILED: ${error.message}\n${error.stderr ?? ''}`)
    }
  }
} finally {
  rmSync(home, { recursive: true, force: true })
}
process.exitCode = failed ? 1 : 0
