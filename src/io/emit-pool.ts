import { once } from 'node:events'
import type { Worker } from 'node:worker_threads'
import type { AttackSources } from '../attack/load-attack.js'
import type { Report } from '../diagnostics/diagnostic.js'
import { InvalidArtifactError } from '../pipeline/emit-job.js'
import type { ApartEmitter, EmitTask, MadeArtifact } from '../pipeline/emit-task.js'
import type { EmittedApart, SentArtifact, WorkerMessage, WorkerRequest } from './worker-messages.js'
import { startWorker } from './worker-pool.js'
import { loadWorkerScript } from './worker-script.js'

/**
 * Creates an emitter of up to `jobs` tasks at once, each in a worker of its own with ATT&CK from these sources. No more tasks are begun than
 * that before their artifacts are taken: each has all of its artifacts in memory.
 */
export function createApartEmitter(sources: AttackSources, jobs: number): ApartEmitter {
  const workers: Worker[] = []
  const idle: Worker[] = []

  async function emit(task: EmitTask): Promise<EmittedApart> {
    const worker = idle.pop() ?? await startWorker(await loadWorkerScript(), sources, {})
    if (!workers.includes(worker)) workers.push(worker)
    const answer = await ask(worker, { emit: task })
    idle.push(worker)
    return answer
  }

  return {
    async *emitAll(tasks, report) {
      const begun: Promise<EmittedApart>[] = []
      let next = 0
      for (let taken = 0; taken < tasks.length; taken += 1) {
        for (const task of tasks.slice(next, taken + jobs)) {
          const result = emit(task)
          // A failure is thrown where its artifacts are taken.
          result.catch(() => undefined)
          begun.push(result)
          next += 1
        }
        // Not kept: artifacts that were written are not needed any more.
        const result = await begun.shift()
        if (result) yield unpack(result, report)
      }
    },
    close() {
      for (const worker of workers.splice(0)) void worker.terminate()
    },
  }
}

async function ask(worker: Worker, request: WorkerRequest): Promise<EmittedApart> {
  worker.ref()
  worker.postMessage(request, [])
  const ended = new AbortController()
  try {
    const [message]: WorkerMessage[] = await Promise.race([
      once(worker, 'message', { signal: ended.signal }),
      once(worker, 'exit', { signal: ended.signal }).then(() => {
        throw new Error('its worker ended without an answer')
      }),
    ])
    if (message && 'error' in message) throw message.error
    if (!message || !('emitted' in message)) throw new TypeError('The worker sent no artifacts')
    return message.emitted
  } finally {
    ended.abort()
    worker.unref()
  }
}

function unpack({ artifacts, diagnostics }: EmittedApart, report: Report): readonly MadeArtifact[] {
  for (const diagnostic of diagnostics) report(diagnostic.code, diagnostic)
  return artifacts.map((sent) => {
    const { name, emitter, schema, counts, options } = sent
    return { name, emitter, schema, counts, options, content: async () => contentOf(sent) }
  })
}

function contentOf(sent: SentArtifact): AsyncIterable<Uint8Array> {
  if ('chunks' in sent) return each(sent.chunks)
  throw new InvalidArtifactError({ ...sent.invalid, schemaPath: '', keyword: '', params: {} })
}

async function* each(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks
}
