import { once } from 'node:events'
import { memoryUsage } from 'node:process'
import type { Worker } from 'node:worker_threads'
import type { AttackSources } from '../attack/load-attack.js'
import type { DocumentFile } from '../formats/decoded.js'
import { isPacked } from '../formats/decode-document.js'
import { decodeHead, detectContainer } from '../formats/detect-container.js'
import type { ReadForeignWorkbook } from '../formats/workbook/foreign-workbook.js'
import type { ApartReader, Companions } from '../pipeline/requests.js'
import type { WorkerMessage, WorkerRequest } from './worker-messages.js'
import { loadWorkerScript, type WorkerScript } from './worker-script.js'

/** Limits of reading one document in a worker. If one is given, documents are read there from a much smaller size on. */
export interface StopLimits {
  /** 60 by default. */
  readonly seconds?: number
  /** Growth of the memory of the process, in megabytes; 512 by default. */
  readonly megabytes?: number
}

const usualSeconds = 60
const usualMegabytes = 512
const megabyte = 1024 * 1024
/**
 * How many times its size a large document may take that is read step by step, and a second for each megabyte, if that is more: its rows are
 * counted, and in proportion to it.
 */
const growth = 6

/** How often the memory of the process is measured, in milliseconds: V8 limits only the objects of a worker, not its buffers. */
const INTERVAL = 100

/**
 * Documents from this size on, in bytes, are read in a worker: packed ones, JSON, and others. A worker compiles all code again and sends
 * copies of all rows, which takes longer than reading JSON of a megabyte. JSON can neither repeat nor refer to anything, and its values are
 * counted before it is parsed. `stated`: if the user gives a limit, so that it counts for all but the smallest.
 */
const sizes = {
  usual: { packed: 100_000, json: 8_000_000, other: 1_000_000 },
  stated: { packed: 0, json: 20_000, other: 20_000 },
} as const

function kindOf(file: DocumentFile): keyof (typeof sizes)['usual'] {
  if (isPacked(file.bytes)) return 'packed'
  return detectContainer(file, decodeHead(file.bytes)).container === 'json' ? 'json' : 'other'
}

/** Milliseconds within which a worker has loaded, on the slowest machine. Its tasks are timed from then on. */
const STARTUP = 60_000

/**
 * Creates a reader of documents in workers, for a run with these ATT&CK releases. A worker is used again, and loads ATT&CK once; it ends
 * where a document is stopped. `load` gives another script in tests.
 */
export function createApartReader(sources: AttackSources, stop: StopLimits = {}, load: LoadScript = loadWorkerScript): ApartReader {
  const idle: Worker[] = []
  const large = sizes[stop.seconds === undefined && stop.megabytes === undefined ? 'usual' : 'stated']
  return {
    wants: (file) => file.bytes.byteLength >= large[kindOf(file)],
    async read(task, companions) {
      const worker = idle.pop() ?? await startWorker(await load(), sources, stop)
      const outcome = await runTask(worker, { task }, stop, companions)
      if ('limit' in outcome) return { because: 'stopped', ...outcome }
      if ('error' in outcome) throw outcome.error
      idle.push(worker)
      if (!('document' in outcome)) throw new TypeError('The worker sent no document')
      return outcome.document
    },
    watch({ bytes }) {
      const size = Math.ceil(bytes.byteLength / megabyte)
      const { seconds = Math.max(usualSeconds, size), megabytes = Math.max(usualMegabytes, size * growth) } = stop
      const limits = { seconds, megabytes }
      const reached = measure(limits)
      const start = performance.now()
      let measured = start
      return () => {
        const now = performance.now()
        if (now - start > seconds * 1000) return { because: 'stopped', ...timeLimit(limits) }
        if (now - measured < INTERVAL) return undefined
        measured = now
        const limit = reached()
        return limit && { because: 'stopped', ...limit }
      }
    },
    close() {
      for (const worker of idle.splice(0)) void worker.terminate()
    },
  }
}

/** Creates the reader of workbooks that hucre cannot read: SheetJS in a worker of its own, for workbooks that are not read apart anyway. */
export function createForeignReader(stop: StopLimits = {}, load: LoadScript = loadWorkerScript): ReadForeignWorkbook {
  return async (bytes) => {
    const outcome = await runTask(await startWorker(await load(), undefined, stop), { foreign: bytes }, stop)
    if ('workbook' in outcome) return outcome.workbook
    if ('limit' in outcome) return { because: 'stopped', limit: outcome.limit }
    const { error } = 'error' in outcome ? outcome : { error: undefined }
    return { because: 'damaged', found: error instanceof Error ? error.message : 'its reader sent no workbook' }
  }
}

/** A limit in words, and the option that raises it. */
interface Reached {
  readonly limit: string
  readonly flag: string
}

function timeLimit({ seconds = usualSeconds }: StopLimits): Reached {
  return { limit: `${seconds} seconds`, flag: `--max-seconds ${seconds * 2}` }
}

function memoryLimit({ megabytes = usualMegabytes }: StopLimits): Reached {
  return { limit: `${megabytes} MB of memory`, flag: `--max-memory ${megabytes * 2}` }
}

/** Measures from now on: returns what says whether the process has grown beyond the limit. */
function measure(stop: StopLimits): () => Reached | undefined {
  const before = memoryUsage.rss()
  return () => (memoryUsage.rss() - before > (stop.megabytes ?? usualMegabytes) * megabyte ? memoryLimit(stop) : undefined)
}

type LoadScript = () => Promise<WorkerScript>

/** Starts a worker, with ATT&CK if there are sources. Rejects if it does not load. */
export async function startWorker(script: WorkerScript, sources: AttackSources | undefined, { megabytes = usualMegabytes }: StopLimits): Promise<Worker> {
  // Node.js takes some milliseconds to load it, and most runs have no worker.
  const threads = await import('node:worker_threads')
  const worker = new threads.Worker(script, {
    eval: typeof script === 'string',
    workerData: sources,
    // Where one value is larger than what is left of the heap, V8 ends the whole process: the memory is measured, and this is beyond it.
    resourceLimits: { maxOldGenerationSizeMb: 2 * megabytes + 1024 },
    env: {},
    // SheetJS prints what it does not understand.
    stdout: true,
    stderr: true,
  })
  await once(worker, 'message', { signal: AbortSignal.timeout(STARTUP) })
  // The timer of a task keeps the process alive.
  worker.unref()
  return worker
}

/** How a task ended: by a result, an error, or a limit in words, with the option that raises it. */
type Outcome = Exclude<WorkerMessage, { companion: unknown } | { ready: true }> | Reached

function runTask(
  worker: Worker, request: WorkerRequest, stop: StopLimits, companions?: Companions,
): Promise<Outcome> {
  return new Promise((resolve) => {
    const reached = measure(stop)
    const finish = (outcome: Outcome): void => {
      clearTimeout(timer)
      clearInterval(meter)
      for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event)
      // A worker that was stopped may still report an error.
      worker.on('error', () => undefined)
      if (!('document' in outcome)) void worker.terminate()
      resolve(outcome)
    }
    const timer = setTimeout(() => finish(timeLimit(stop)), (stop.seconds ?? usualSeconds) * 1000)
    const meter = setInterval(() => {
      const limit = reached()
      if (limit) finish(limit)
    }, INTERVAL)
    worker.on('message', (message: WorkerMessage) => {
      if ('companion' in message) void answer(message)
      else if (!('ready' in message)) finish(message)
    })
    worker.once('error', (error: Error & { readonly code?: string }) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') finish(memoryLimit(stop))
      else finish({ error })
    })
    worker.once('exit', () => finish({ error: new Error('its reader ended without an answer') }))
    // Transferred copies: bytes that are cloned are in memory three times meanwhile.
    if ('task' in request) {
      const { file } = request.task
      const bytes = new Uint8Array(file.bytes)
      worker.postMessage({ task: { ...request.task, file: { ...file, bytes } } } satisfies WorkerRequest, [bytes.buffer])
    } else send(request)
  })

  async function answer({ companion, content }: Extract<WorkerMessage, { companion: unknown }>): Promise<void> {
    send({ companion: await (content ? companions?.find(companion) : companions?.has(companion)) })
  }

  function send(message: WorkerRequest): void {
    worker.postMessage(message, [])
  }
}
