import { memoryUsage } from 'node:process'
import { Worker } from 'node:worker_threads'
import type { ForeignLimits, ForeignResult, ReadForeignWorkbook } from '../formats/workbook/foreign-workbook.js'
import { loadWorkerScript, type WorkerScript } from './worker-script.js'

/** How often the memory of the process is measured, in milliseconds: V8 limits only the objects of a worker, not its buffers. */
const INTERVAL = 100

/**
 * Creates the reader of workbooks that hucre cannot read: SheetJS in a worker, which is stopped at the limits. `load` gives another script
 * in tests.
 */
export function createForeignReader(
  { seconds = 60, megabytes = 512 }: ForeignLimits = {}, load: () => Promise<WorkerScript> = loadWorkerScript,
): ReadForeignWorkbook {
  return async (bytes) => runWorker(await load(), bytes, seconds, megabytes)
}

function runWorker(script: WorkerScript, bytes: Uint8Array, seconds: number, megabytes: number): Promise<ForeignResult> {
  return new Promise((resolve) => {
    const before = memoryUsage.rss()
    const worker = new Worker(script, {
      eval: typeof script === 'string',
      workerData: bytes,
      resourceLimits: { maxOldGenerationSizeMb: megabytes },
      env: {},
      // SheetJS prints what it does not understand.
      stdout: true,
      stderr: true,
    })
    const finish = (result: ForeignResult): void => {
      clearTimeout(timer)
      clearInterval(meter)
      void worker.terminate()
      resolve(result)
    }
    const stop = (limit: string): void => finish({ because: 'stopped', limit })
    const timer = setTimeout(() => stop(`${seconds} seconds`), seconds * 1000)
    const meter = setInterval(() => {
      if (memoryUsage.rss() - before > megabytes * 1024 * 1024) stop(`${megabytes} MB of memory`)
    }, INTERVAL)
    worker.once('message', finish)
    worker.once('error', (error: Error & { readonly code?: string }) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') stop(`${megabytes} MB of memory`)
      else finish({ because: 'damaged', found: error.message })
    })
    worker.once('exit', () => finish({ because: 'damaged', found: 'its reader ended without an answer' }))
  })
}
