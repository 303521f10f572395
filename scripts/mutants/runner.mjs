// Runs tests as usual and keeps them, with the mutants that each reached; after the last file runs the mutants with them.
import { readFileSync } from 'node:fs'
import { VitestTestRunner } from 'vitest/runners'
import { runMutants } from './run-mutants.mjs'

const state = (globalThis.__mutants ??= createState())

/** The switches that instrumented modules call. */
function createState() {
  const shared = {
    active: 0, reached: undefined, atLoad: new Set(), tests: [], files: 0, ticks: 0, deadline: 0,
    is(id) {
      if (shared.active === 0) (shared.reached ?? shared.atLoad).add(id)
      return shared.active === id
    },
    tick() {
      if (shared.active === 0) return
      shared.ticks += 1
      if (shared.ticks % 512 === 0 && Date.now() > shared.deadline) throw new Error('the mutant takes too long')
    },
  }
  return shared
}

export default class extends VitestTestRunner {
  async onBeforeRunTask(test) {
    await super.onBeforeRunTask(test)
    state.reached = new Set()
  }

  onAfterRunTask(test) {
    super.onAfterRunTask(test)
    const { reached } = state
    state.reached = undefined
    if (test.result?.state !== 'pass' || reached.size === 0) return
    const hooks = [test.suite, test.file].flatMap((suite) => Object.values(suite ? VitestTestRunner.getSuiteHooks(suite) ?? {} : {}).flat())
    if (hooks.length > 0) return
    state.tests.push({ name: `${test.file.name} > ${test.name}`, run: VitestTestRunner.getTestFn(test), reached, milliseconds: test.result.duration ?? 0 })
  }

  async onAfterRunFiles(files) {
    await super.onAfterRunFiles(files)
    state.files += files.length
    const plan = JSON.parse(readFileSync(process.env.MUTANTS_PLAN, 'utf8'))
    if (state.files === plan.tests.length) await runMutants(plan, state)
  }
}
