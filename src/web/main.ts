import { create, find, toggleHidden } from '../emitters/html/browser/elements.js'
import { type ChoicesForm, createChoicesForm } from './choices-form.js'
import type { Order, RasteriserParts, Registry, Reply } from './messages.js'
import { showResult } from './results.js'
import { createWatch, describeStopped } from './watch.js'
import { type Chosen, listChosen, listDropped, readUploads, selectChosen } from './uploads.js'

/** Parts of the page: base64 of gzip. Unpacked when they are needed. */
type PartName = 'licences' | 'worker' | 'wasm' | 'regular' | 'bold'

let workerAddress = ''
let worker: Worker | undefined
let registry: Registry | undefined
let form: ChoicesForm | undefined
let chosen: readonly Chosen[] = []
let parts: RasteriserParts | undefined
let isRunning = false
/** Names of documents that took too long: they are left out until others are chosen. */
let stopped: readonly string[] = []
const maxSeconds = Number(document.body.dataset.maxSeconds)
const watch = createWatch(maxSeconds, (name) => void leaveOut(name))

async function start(): Promise<void> {
  workerAddress = URL.createObjectURL(new Blob([await unpack('worker')], { type: 'text/javascript' }))
  worker = openWorker()
  find('files').addEventListener('change', (event) => choose(event))
  find('folder').addEventListener('change', (event) => choose(event))
  find('convert').addEventListener('click', () => void convert())
  find('stop').addEventListener('click', stop)
  find('forget').addEventListener('click', () => void take([], false))
  find('licences').addEventListener('toggle', () => void showLicences(), { once: true })
  addEventListener('dragover', (event) => {
    event.preventDefault()
    document.body.classList.add('over')
  })
  addEventListener('dragleave', ({ relatedTarget }) => {
    if (relatedTarget === null) document.body.classList.remove('over')
  })
  addEventListener('drop', (event) => {
    event.preventDefault()
    document.body.classList.remove('over')
    if (event.dataTransfer) void listDropped(event.dataTransfer).then((files) => take(files, true))
  })
}

function choose({ target }: Event): void {
  if (!(target instanceof HTMLInputElement)) return
  const files = listChosen(target.files)
  target.value = ''
  void take(files, true)
}

/** Takes these files in place of the former ones, and converts them at once. */
async function take(files: readonly Chosen[], isAdded: boolean): Promise<void> {
  const { kept, skipped } = selectChosen(files, registry?.readable ?? [])
  chosen = kept
  stopped = []
  const names = kept.slice(0, 6).map(({ path }) => path).join(', ')
  find('chosen').textContent = kept.length === 0 ? 'No files yet.' : `${names}${kept.length > 6 ? ` and ${kept.length - 6} more` : ''}`
  find('skipped').replaceChildren(...skipped.slice(0, 50).map((text) => create('li', {}, text)))
  toggleHidden(find('forget'), kept.length === 0)
  update()
  if (kept.length > 0) await convert()
  else if (!isAdded) find('result').replaceChildren()
}

async function convert(): Promise<void> {
  if (!form || !worker || isRunning || chosen.length === 0) return
  const choices = form.read()
  if (Object.keys(choices.emitters).length === 0) {
    say('Choose at least one format.')
    return
  }
  isRunning = true
  update()
  say('Reading the files')
  try {
    const uploads = await readUploads(chosen.filter(({ path }) => !stopped.includes(path)))
    if (choices.emitters.png !== undefined) parts ??= await loadParts()
    send({ kind: 'convert', uploads, choices, ...(parts && { parts }) }, uploads.map(({ bytes }) => bytes.buffer))
  } catch (error) {
    finish(`A file could not be read: ${error instanceof Error ? error.message : String(error)}. If it was changed meanwhile, choose it again.`)
  }
}

/** Ends the worker, whatever it does, and starts another. */
function stop(): void {
  worker?.terminate()
  worker = openWorker()
  finish('Stopped. Nothing was made.')
}

/** Ends the worker, which has read a document for too long, and converts the others. */
async function leaveOut(name: string): Promise<void> {
  stop()
  stopped = [...stopped, name]
  if (chosen.some(({ path }) => path === name)) await convert()
  else say(describeStopped(name, maxSeconds).message)
}

function openWorker(): Worker {
  const opened = new Worker(workerAddress, { name: 'crosswalk' })
  opened.addEventListener('message', ({ data }: MessageEvent<Reply>) => receive(data))
  opened.addEventListener('error', (event) => {
    event.preventDefault()
    if (!registry) {
      say(`This browser cannot run the program: ${event.message || 'it does not allow workers here'}.`)
      return
    }
    stop()
    say(`The conversion ended: ${event.message || 'the browser has no more memory for it'}. Convert fewer or smaller files at once.`)
  })
  return opened
}

function receive(reply: Reply): void {
  if (reply.kind === 'ready') begin(reply.registry)
  else if (reply.kind === 'progress') {
    // A format may make more files than one.
    const total = Math.max(reply.done, reply.total)
    say(`${reply.stage}: ${reply.done} of ${total}`)
    const bar = find('bar')
    if (bar instanceof HTMLProgressElement) [bar.max, bar.value] = [total, reply.done]
  } else if (reply.kind === 'reading') watch.reading(reply.name)
  else if (reply.kind === 'zipped') download(new Blob([reply.bytes]), 'crosswalk.zip')
  else if (reply.kind === 'failed') finish(reply.isBug ? `An error of Crosswalk, please report it: ${reply.problem}` : reply.problem)
  else {
    const messages = [...stopped.map((name) => describeStopped(name, maxSeconds)), ...reply.result.messages]
    find('result').replaceChildren(...showResult({ ...reply.result, messages }, { downloadAll: () => send({ kind: 'zip' }) }))
    finish('Done.')
  }
}

/** Builds the forms once: a worker that replaces a stopped one offers the same. */
function begin(offered: Registry): void {
  if (registry) return
  registry = offered
  form = createChoicesForm(offered, update)
  find('formats').replaceChildren(form.formats)
  find('settings').replaceChildren(form.settings)
  find('version').textContent = `Crosswalk ${offered.version}`
  document.body.classList.add('ready')
  say('')
  update()
}

function finish(text: string): void {
  isRunning = false
  watch.end()
  say(text)
  update()
}

function say(text: string): void {
  find('status').textContent = text
}

function update(): void {
  const button = find('convert')
  if (button instanceof HTMLButtonElement) button.disabled = isRunning || chosen.length === 0 || !form
  toggleHidden(find('stop'), !isRunning)
  toggleHidden(find('bar'), !isRunning)
}

function send(order: Order, transfer: readonly Transferable[] = []): void {
  worker?.postMessage(order, [...transfer])
}

function download(blob: Blob, name: string): void {
  const href = URL.createObjectURL(blob)
  create('a', { href, download: name }).click()
  // The browser has taken the file by then.
  setTimeout(() => URL.revokeObjectURL(href), 60_000)
}

async function loadParts(): Promise<RasteriserParts> {
  const [wasm, regular, bold] = await Promise.all([unpack('wasm'), unpack('regular'), unpack('bold')])
  return { wasm, fonts: [regular, bold] }
}

async function showLicences(): Promise<void> {
  const text = document.querySelector('#licences pre')
  if (text) text.textContent = new TextDecoder().decode(await unpack('licences'))
}

async function unpack(name: PartName): Promise<Uint8Array<ArrayBuffer>> {
  const packed = Uint8Array.from(atob(find(`part-${name}`).textContent), (character) => character.charCodeAt(0))
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

void start()
