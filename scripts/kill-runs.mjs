// Kills runs of the built program at random times, and checks what is left: no file is torn, every digest of the manifest is the file's, every
// file is listed by the manifest or the journal, and the next run leaves the bytes of a run that was never disturbed, and nothing else.
//   npm run kills -- --count 200 --seed 1 [--input FOLDER] [--to FORMATS] [--whole]
// Each round takes one small document of the folder, a few of them, or with --whole all. Half of the kills come while artifacts are put in
// their places, which is short. The same seed makes the same choices; when a signal arrives depends on the machine. Build first.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, relative } from 'node:path'
import { parseArgs } from 'node:util'

const root = new URL('..', import.meta.url).pathname
const shared = join(root, '../shared/mappings')
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    input: { type: 'string', default: existsSync(shared) ? shared : join(root, 'input') },
    to: { type: 'string', default: 'stix,navigator,csv,xlsx,html,png' },
    whole: { type: 'boolean', default: false },
  },
})
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL', 'SIGQUIT', 'SIGABRT', 'SIGSEGV', 'SIGALRM', 'SIGXCPU', 'SIGKILL']
const program = join(root, 'dist/crosswalk.cjs')
const home = mkdtempSync(join(tmpdir(), 'crosswalk-kills-'))
const random = createRandom(Number(values.seed))
const failures = []
const figures = { kills: 0, ended: 0, early: 0, staging: 0, placing: 0, recovered: 0, signals: {} }

/** Mulberry32: a number from 0 to 1 at each call. */
function createRandom(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6D2B79F5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

function pick(list) {
  return list[Math.floor(random() * list.length)]
}

const documents = readdirSync(values.input).filter((name) => /\.(?:json|txt|html|csv)$/.test(name))
  .toSorted((a, b) => statSync(join(values.input, a)).size - statSync(join(values.input, b)).size)

/** A folder with documents of which one has other content in each variant. */
function makeInput(names, variant) {
  const folder = join(home, 'in', `${names.join('+').slice(0, 100)}-${variant}`)
  if (existsSync(folder)) return folder
  mkdirSync(folder, { recursive: true })
  for (const name of names) cpSync(join(values.input, name), join(folder, name))
  for (const name of names) {
    const text = readFileSync(join(values.input, name), 'utf8')
    rmSync(join(folder, name))
    writeFileSync(join(folder, name), variant === 0 ? text : text.replace(/("comments": ")([^"\\])/, `$1Variant ${variant}: $2`))
  }
  return folder
}

/** Starts a run; `kill` gets the process. Resolves with how it ended. */
function run(input, output, kill) {
  return new Promise((resolve) => {
    const args = ['--max-old-space-size=2000', program, 'convert', input, '--per-document', '--to', values.to, '--output', output, '--quiet']
    const start = performance.now()
    const child = spawn(process.execPath, args, { cwd: home, env: { PATH: process.env.PATH, CROSSWALK_DATA: join(home, 'data') } })
    let stderr = ''
    child.stderr.on('data', (text) => { stderr += text })
    child.on('close', (code, signal) => resolve({ code, signal, stderr, seconds: (performance.now() - start) / 1000 }))
    kill?.(child)
  })
}

/** All files of a folder with their digests. */
function listFiles(folder) {
  if (!existsSync(folder)) return new Map()
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory())
  return new Map(entries.map((entry) => {
    const file = join(entry.parentPath, entry.name)
    return [relative(folder, file), createHash('sha256').update(readFileSync(file)).digest('hex')]
  }))
}

function readEntries(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).artifacts : []
}

/** What is wrong after a kill. `known`: the digests that each file may have. */
function findFaults(output, known) {
  const files = listFiles(output)
  const listed = readEntries(join(output, 'manifest.json'))
  const journal = readEntries(join(output, '.crosswalk-run', 'journal.json'))
  const faults = listed.filter(({ name, sha256 }) => files.get(name) !== sha256).map(({ name }) => `the manifest is not true of ${name}`)
  const entries = new Set([...listed, ...journal].map(({ name, sha256 }) => `${sha256} ${name}`))
  for (const [name, sha256] of files) {
    if (name.startsWith('.crosswalk-') || name === 'manifest.json') continue
    if (!entries.has(`${sha256} ${name}`)) faults.push(`${name} is in neither the manifest nor the journal`)
    if (!known.some((clean) => clean.get(name) === sha256)) faults.push(`${name} is torn`)
  }
  return faults
}

function compare(output, clean) {
  const files = listFiles(output)
  const faults = [...clean].filter(([name, sha256]) => files.get(name) !== sha256).map(([name]) => `${name} is not that of a clean run`)
  return [...faults, ...[...files.keys()].filter((name) => !clean.has(name)).map((name) => `${name} is litter`)]
}

const cleanRuns = new Map()

/** The files and the duration of a run that is not disturbed. */
async function runClean(names, variant) {
  const input = makeInput(names, variant)
  if (!cleanRuns.has(input)) {
    const output = join(home, 'clean', basename(input))
    const { code, stderr, seconds } = await run(input, output)
    if (code !== 0) throw new Error(`a clean run ended with ${code}: ${stderr}`)
    cleanRuns.set(input, { input, files: listFiles(output), seconds })
  }
  return cleanRuns.get(input)
}

/** Sends a signal after a time, or once artifacts are being put in their places. */
function killLater(child, signal, output, milliseconds, whenPlacing) {
  const journal = join(output, '.crosswalk-run', 'journal.json')
  const send = () => { if (child.exitCode === null) child.kill(signal) }
  if (!whenPlacing) {
    const timer = setTimeout(send, milliseconds)
    child.on('close', () => clearTimeout(timer))
    return
  }
  let isOver = false
  child.on('close', () => { isOver = true })
  const wait = () => {
    if (isOver) return
    if (existsSync(journal)) {
      const until = performance.now() + milliseconds
      while (performance.now() < until);
      send()
    } else setTimeout(wait, 0)
  }
  wait()
}

function note(round, faults) {
  for (const fault of faults) failures.push(`kill ${round}: ${fault}`)
}

try {
  for (let round = 1; figures.kills < Number(values.count); round += 1) {
    const names = values.whole ? documents : documents.slice(0, pick([1, 1, 1, 2, 3]))
    const variants = [await runClean(names, 0), await runClean(names, 1)]
    const output = join(home, `out-${round}`)
    // A folder that is new, or has what another variant made.
    if (random() < 0.7) {
      const before = await run(pick(variants).input, output)
      if (before.code !== 0) failures.push(`round ${round}: ${before.stderr}`)
    }
    const { input, files, seconds } = pick(variants)
    const known = variants.map((variant) => variant.files)
    for (let nth = pick([1, 1, 2]); nth > 0; nth -= 1) {
      const signal = pick(signals)
      const whenPlacing = random() < 0.5
      const milliseconds = whenPlacing ? random() * random() * 12 * names.length : random() * seconds * 1000
      const ended = await run(input, output, (child) => killLater(child, signal, output, milliseconds, whenPlacing))
      if (ended.signal === null) {
        figures.ended += 1
        if (ended.code !== 0) note(figures.kills, [`the run ended with ${ended.code}: ${ended.stderr}`])
        continue
      }
      figures.kills += 1
      figures.signals[signal] = (figures.signals[signal] ?? 0) + 1
      const folder = join(output, '.crosswalk-run')
      const phase = !existsSync(folder) ? 'early' : existsSync(join(folder, 'journal.json')) ? 'placing' : 'staging'
      figures[phase] += 1
      note(figures.kills, findFaults(output, known))
    }
    const next = await run(input, output)
    if (next.code !== 0) note(figures.kills, [`the next run ended with ${next.code}: ${next.stderr}`])
    note(figures.kills, compare(output, files))
    figures.recovered += 1
    rmSync(output, { recursive: true, force: true })
  }
} finally {
  rmSync(home, { recursive: true, force: true })
}
const { kills, ended, early, staging, placing, recovered } = figures
const bySignal = Object.entries(figures.signals).map(([signal, count]) => `${signal} ${count}`).toSorted().join(', ')
console.log(`${kills} kills (${bySignal}): ${early} before the output was opened or after it was closed, ${staging} while artifacts were made, `
  + `${placing} while they were put in their places; ${ended} runs ended before the signal; ${recovered} next runs: ${failures.length} faults`)
for (const failure of failures.slice(0, 20)) console.log(failure)
process.exitCode = failures.length > 0 ? 1 : 0
