// Mutation testing: `npm run mutants -- FOLDER... [--sample N] [--seed S] [--tests FOLDER...] [--list]` (docs/testing.md). All mutants of a
// folder are compiled into its modules behind a switch, so that one process runs the tests for all of them.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import { parseArgs } from 'node:util'
import { globSync } from 'tinyglobby'
import { startVitest } from 'vitest/node'
import { instrument } from './mutants/instrument.mjs'

const root = new URL('..', import.meta.url).pathname
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sample: { type: 'string' }, seed: { type: 'string', default: '1' }, tests: { type: 'string', multiple: true }, list: { type: 'boolean' },
    seconds: { type: 'string', default: '5' }, out: { type: 'string', default: 'output/mutants' }, plan: { type: 'string' },
  },
})

if (values.plan) await runTests(JSON.parse(readFileSync(values.plan, 'utf8')), values.plan)
else for (const folder of positionals) await testFolder(folder.replace(/\/$/, ''))

/** Runs the mutants of a folder, and those that hang as `timeout`; prints the score. */
async function testFolder(folder) {
  mkdirSync(`${root}${values.out}`, { recursive: true })
  const name = folder.replaceAll('/', '-')
  const results = `${root}${values.out}/${name}.jsonl`
  const planFile = `${root}${values.out}/${name}.plan.json`
  const { all, chosen } = listMutants(folder)
  const keys = new Map(chosen.map((mutant) => [mutant.id, keyOf(mutant)]))
  const wanted = new Set(keys.values())
  const done = new Map(readResults(results).filter(({ key, status }) => wanted.has(key) && status !== 'survived' && status !== 'not reached').map((one) => [one.key, one]))
  console.log(`${folder}: ${all.length} mutants, ${chosen.length} chosen, ${done.size} killed before`)
  if (!values.list) {
    const tests = values.tests?.flatMap((tested) => findTests(tested)) ?? testsOf(folder)
    for (let restart = 0; restart < 30; restart += 1) {
      const mutants = chosen.filter(({ id }) => !done.has(keys.get(id))).map((mutant) => ({ ...mutant, key: keys.get(mutant.id) }))
      if (mutants.length === 0) break
      const from = existsSync(results) ? statSync(results).size : 0
      writeFileSync(planFile, JSON.stringify({ folder, mutants, results, tests, milliseconds: Number(values.seconds) * 1000 }))
      const hung = await runChild(planFile, results)
      const fresh = readResults(results, from)
      for (const one of fresh) if (one.key) done.set(one.key, one)
      const mutant = mutants.find(({ id }) => id === hung)
      if (!mutant) break
      appendFileSync(results, `${JSON.stringify({ ...mutant, status: 'timeout' })}\n`)
      done.set(mutant.key, { ...mutant, status: 'timeout' })
    }
  }
  printScore(folder, [...done.values()].filter(({ key }) => wanted.has(key)), all.length)
}

function keyOf({ file, offset, kind, to, digest }) {
  return `${file} ${digest} ${offset} ${kind} ${createHash('sha256').update(to).digest('hex').slice(0, 8)}`
}

/** All mutants of a folder in their order, and the sample of them. */
function listMutants(folder) {
  const all = []
  for (const file of globSync([`${folder}/**/*.ts`], { cwd: root }).toSorted()) {
    const source = readFileSync(root + file, 'utf8')
    const digest = createHash('sha256').update(source).digest('hex').slice(0, 8)
    all.push(...instrument(source, file, all.length + 1).mutants.map((mutant) => ({ ...mutant, digest })))
  }
  const rank = ({ id }) => createHash('sha256').update(`${values.seed} ${id}`).digest('hex')
  const count = values.sample ? Number(values.sample) : all.length
  const ranks = new Map(all.map((mutant) => [mutant, rank(mutant)]))
  const chosen = all.toSorted((a, b) => (ranks.get(a) < ranks.get(b) ? -1 : 1)).slice(0, count).toSorted((a, b) => a.id - b.id)
  return { all, chosen }
}

/**
 * The unit tests beside a folder, of emitters those of validation, and the property tests and contracts that import it in two steps; of
 * parsers and emitters the cases too, and those of ../shared, which run the whole pipeline in process.
 */
function testsOf(folder) {
  const beside = [folder.replace('src/', 'tests/unit/'), ...(folder.startsWith('src/emitters/') ? ['tests/unit/validation'] : [])].flatMap(findTests)
  const whole = /^src\/(?:parsers|emitters)\//.test(folder) ? ['tests/cases', 'tests/unit/pipeline', 'tests/corpora/cases-2026-11.test.ts'].flatMap(findTests) : []
  return [...beside, ...['tests/property', 'tests/contract'].flatMap(findTests).filter((file) => imports(root + file, `${root}${folder}/`, 2)), ...whole]
}

function findTests(folder) {
  return folder.endsWith('.ts') ? [folder] : globSync([`${folder}/**/*.test.ts`], { cwd: root }).toSorted()
}

function imports(path, folder, steps) {
  if (!existsSync(path)) return false
  const imported = Array.from(readFileSync(path, 'utf8').matchAll(/from '(\.[^']+)\.js'/g), ([, name]) => `${new URL(name, `file://${path}`).pathname}.ts`)
  return imported.some((next) => next.startsWith(folder) || (steps > 1 && next.includes('/tests/') && imports(next, folder, steps - 1)))
}

function readResults(file, from = 0) {
  if (!existsSync(file)) return []
  return readFileSync(file).subarray(from).toString('utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line))
}

/** Runs a plan in a process of its own. Returns the id of the mutant that hangs; undefined if all were run. */
async function runChild(planFile, results) {
  const child = spawn(process.execPath, [new URL(import.meta.url).pathname, '--plan', planFile], { stdio: ['ignore', 'ignore', 'inherit'], cwd: root, env: { ...process.env, NODE_NO_WARNINGS: '1' } })
  return new Promise((resolve) => {
    const watch = setInterval(() => {
      const last = readResults(results).at(-1)
      if (last?.started === undefined || Date.now() - statSync(results).mtimeMs < 120_000) return
      child.kill('SIGKILL')
      clearInterval(watch)
      resolve(last.started)
    }, 2000)
    child.on('exit', () => {
      clearInterval(watch)
      resolve(undefined)
    })
  })
}

async function runTests({ folder, tests }, planFile) {
  process.env.MUTANTS_PLAN = planFile
  let next = 1
  const codes = new Map()
  for (const file of globSync([`${folder}/**/*.ts`], { cwd: root }).toSorted()) {
    const { code, mutants } = instrument(readFileSync(root + file, 'utf8'), file, next)
    next += mutants.length
    codes.set(root + file, code)
  }
  await startVitest('test', [], { config: false, watch: false }, {
    root,
    plugins: [{ name: 'mutants', enforce: 'pre', transform: (_code, id) => codes.get(id.split('?')[0]) }],
    test: {
      include: tests, pool: 'threads', isolate: false, maxWorkers: 1, fileParallelism: false,
      // Slower tests are left out: no mutant has the time for them.
      runner: `${root}scripts/mutants/runner.mjs`, testTimeout: 10_000, reporters: [{}], env: { MUTANTS_PLAN: planFile },
    },
  })
}

/** Prints the share of killed mutants, and those that survived, by file and line. */
function printScore(folder, results, total) {
  const count = (status) => results.filter((one) => one.status === status).length
  const killed = count('killed') + count('timeout')
  const counted = results.length - count('static')
  for (const { file, line, kind, from, to, status } of results.filter(({ status: one }) => one === 'survived' || one === 'not reached').toSorted((a, b) => a.id - b.id)) {
    console.log(`${relative('.', file)}:${line} ${status} ${kind}: ${shorten(from)} → ${shorten(to)}`)
  }
  console.log(`${folder}: ${killed} of ${counted} killed (${(100 * killed / Math.max(1, counted)).toFixed(1)} %), ${count('survived')} survived, `
    + `${count('not reached')} not reached, ${count('timeout')} timed out, ${count('static')} only at load and not counted; sample of ${total}`)
}

function shorten(text) {
  const line = text.replaceAll(/\s+/g, ' ')
  return line.length > 100 ? `${line.slice(0, 97)}…` : line
}
