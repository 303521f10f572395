import { parentPort, workerData } from 'node:worker_threads'
import type { AttackIndex } from '../attack/attack-index.js'
import { type AttackSources, loadAttack } from '../attack/load-attack.js'
import type { DocumentFile } from '../formats/decoded.js'
import { createDiagnosticLog } from '../diagnostics/diagnostic.js'
import { emitJob, InvalidArtifactError } from '../pipeline/emit-job.js'
import type { EmitTask } from '../pipeline/emit-task.js'
import type { ArtifactContent } from '../pipeline/host.js'
import { understandApart } from '../pipeline/read-apart.js'
import type { Companions } from '../pipeline/requests.js'
import { openRasteriser } from './open-rasteriser.js'
import type { SentArtifact, WorkerMessage, WorkerRequest } from './worker-messages.js'

/**
 * The worker that reads documents or emits sets, one after the other: whole documents, which may ask for a companion meanwhile, or the sheets of a
 * workbook that hucre cannot read. ATT&CK is loaded once, from the releases that are `workerData`, before anything else:
 * a worker for workbooks has none.
 */
const sources: AttackSources | undefined = workerData
// Problems of the releases are reported by the thread that asks.
const attack: Promise<AttackIndex> | undefined = sources && loadAttack(sources, () => undefined)
let receiveCompanion: (companion: DocumentFile | boolean | undefined) => void = () => undefined

parentPort?.on('message', (request: WorkerRequest) => {
  if ('companion' in request) receiveCompanion(request.companion)
  else void answer(request)
})
void start()

async function start(): Promise<void> {
  await attack
  send({ ready: true })
}

async function answer(request: Exclude<WorkerRequest, { companion: unknown }>): Promise<void> {
  try {
    if ('foreign' in request) send({ workbook: await readForeign(request.foreign) })
    else if (!attack) send({ error: new Error('The worker has no ATT&CK') })
    else if ('task' in request) send({ document: await understandApart(request.task, await attack, { companions, readForeign }) })
    else await emitApart(request.emit, await attack)
  } catch (error) {
    send({ error })
  }
}

function send(message: WorkerMessage, transfer: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer)
}

async function emitApart(task: EmitTask, index: AttackIndex): Promise<void> {
  const log = createDiagnosticLog()
  const artifacts: SentArtifact[] = []
  const buffers = new Set<ArrayBuffer>()
  for await (const { content, ...artifact } of emitJob(task, { attack: index, openRasteriser }, log.report)) {
    try {
      const chunks = await listChunks(await content())
      for (const { buffer } of chunks) if (buffer instanceof ArrayBuffer) buffers.add(buffer)
      artifacts.push({ ...artifact, chunks })
    } catch (cause) {
      if (!(cause instanceof InvalidArtifactError)) throw cause
      const { instancePath, message = 'is invalid' } = cause.error
      artifacts.push({ ...artifact, invalid: { instancePath, message } })
    }
  }
  send({ emitted: { artifacts, diagnostics: log.entries } }, [...buffers])
}

async function listChunks(content: ArtifactContent): Promise<readonly Uint8Array[]> {
  if (content instanceof Uint8Array) return [new Uint8Array(content)]
  const chunks: Uint8Array[] = []
  for await (const chunk of content) chunks.push(chunk)
  return chunks
}

async function readForeign(bytes: Uint8Array) {
  const { readWithSheetjs } = await import('./read-sheetjs.js')
  return readWithSheetjs(bytes)
}

/** The other documents of the run, which the thread that asks has. A parser asks for one after the other. */
const companions: Companions = {
  has: async (name) => (await askFor(name, false)) === true,
  async find(name) {
    const found = await askFor(name, true)
    return typeof found === 'object' ? found : undefined
  },
}

function askFor(name: string, content: boolean): Promise<DocumentFile | boolean | undefined> {
  return new Promise((resolve) => {
    receiveCompanion = resolve
    send({ companion: name, content })
  })
}
