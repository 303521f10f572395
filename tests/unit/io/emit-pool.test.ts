import { createHash } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { loadAttack } from '../../../src/attack/load-attack.js'
import { createDiagnosticLog } from '../../../src/diagnostics/diagnostic.js'
import { createApartEmitter } from '../../../src/io/emit-pool.js'
import { emitJob } from '../../../src/pipeline/emit-job.js'
import type { ApartEmitter, EmitTask } from '../../../src/pipeline/emit-task.js'
import { collectContent } from '../../../src/pipeline/host.js'
import { sampleSet } from '../../support/sample-sets.js'

const opened: ApartEmitter[] = []
afterEach(() => opened.splice(0).forEach((emitter) => emitter.close()))

function open(jobs: number): ApartEmitter {
  const emitter = createApartEmitter({}, jobs)
  opened.push(emitter)
  return emitter
}

function tasks(count: number): readonly EmitTask[] {
  return Array.from({ length: count }, (_, index) => (
    { job: { folder: '', sets: [sampleSet()], baseName: `set-${index}` }, known: [], emitters: ['stix', 'csv', 'xlsx'] }))
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

describe('a worker that emits', () => {
  it('makes what emitting here makes, with the same reports, in the order of the tasks', async () => {
    const attack = await loadAttack({}, () => undefined)
    const all = tasks(4)
    const here = createDiagnosticLog()
    const expected: unknown[] = []
    for (const task of all) {
      for await (const { content, ...artifact } of emitJob(task, { attack }, here.report)) expected.push([artifact, digest(await collectContent(await content()))])
    }
    const there = createDiagnosticLog()
    const found: unknown[] = []
    for await (const artifacts of open(2).emitAll(all, there.report)) {
      for (const { content, ...artifact } of artifacts) found.push([artifact, digest(await collectContent(await content()))])
    }
    expect(found.length).toBeGreaterThan(6)
    expect(found).toEqual(expected)
    expect(there.entries).toEqual(here.entries)
  }, 60_000)

  it('that fails makes the run fail, not the task before it', async () => {
    const [good, bad] = tasks(2)
    if (!good || !bad) throw new Error('no task')
    const broken: EmitTask = { ...bad, job: { ...bad.job, sets: JSON.parse('[{}]') } }
    const emitted = open(2).emitAll([good, broken], () => undefined)[Symbol.asyncIterator]()
    expect((await emitted.next()).value?.length).toBeGreaterThan(2)
    await expect(emitted.next()).rejects.toThrow(TypeError)
  }, 60_000)
})
