// Switches each mutant of a plan on and runs the tests that reach it, the fastest first, until one fails. Appends what became of it to the
// results, a line each.
import { appendFileSync } from 'node:fs'
import * as fc from 'fast-check'

/** Runs the mutants of a plan with the tests that the runner kept. */
export async function runMutants({ mutants, results, milliseconds }, state) {
  const say = (line) => appendFileSync(results, `${JSON.stringify(line)}\n`)
  fc.configureGlobal({ ...fc.readConfigureGlobal(), endOnFailure: true, seed: 1 })
  const tests = state.tests.toSorted((a, b) => a.milliseconds - b.milliseconds)
  say({ tests: tests.length })
  for (const mutant of mutants) {
    const reaching = tests.filter(({ reached, repeats }) => reached.has(mutant.id) && repeats !== false)
    if (reaching.length === 0) {
      say({ ...mutant, status: state.atLoad.has(mutant.id) ? 'static' : 'not reached' })
      continue
    }
    say({ started: mutant.id })
    say({ ...mutant, ...await runMutant(mutant, reaching, milliseconds, state) })
  }
}

async function runMutant({ id }, reaching, milliseconds, state) {
  let left = milliseconds
  let count = 0
  state.active = id
  try {
    for (const one of reaching) {
      if (left <= 0) return { status: 'survived', ran: count, of: reaching.length }
      const start = process.cpuUsage()
      const limit = 2000 + 10 * one.milliseconds
      if (one.repeats !== false && !await passes(one, limit, state) && await isRepeatable(one, state)) return { status: 'killed', by: one.name }
      const { user, system } = process.cpuUsage(start)
      left -= (user + system) / 1000
      count += 1
    }
    return { status: 'survived', ran: count, of: reaching.length }
  } finally {
    state.active = 0
  }
}

/** Whether a test passes a second time without a mutant: only then does its failure count. */
async function isRepeatable(one, state) {
  const { active } = state
  state.active = 0
  one.repeats ??= await passes(one, 60_000, state)
  state.active = active
  return one.repeats
}

async function passes({ run }, limit, state) {
  state.ticks = 0
  state.deadline = Date.now() + limit
  let timer
  try {
    await Promise.race([run(), new Promise((_resolve, reject) => { timer = setTimeout(() => reject(new Error('the mutant takes too long')), limit) })])
    return true
  } catch {
    return false
  } finally {
    clearTimeout(timer)
  }
}
