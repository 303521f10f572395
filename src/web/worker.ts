import { type ZipOptions, zipSync } from 'fflate'
import {
  convert, type ConvertReport, createMemoryHost, type Diagnostic, emitters, openAttack, type ParserId, parsers, type Rasterise,
  RequestError,
} from '../index.js'
import { domainNames } from '../attack/attack-index.js'
import { describePlace } from '../model/origin.js'
import { tool } from '../model/tool.js'
import type { Choices, Format, MadeFile, Message, Order, RasteriserParts, Reply, Result, Upload } from './messages.js'

/** Converts in a thread of its own, so that the page stays usable and can stop it: by ending this worker. */

const attack = openAttack()
let made: readonly MadeFile[] = []

addEventListener('message', ({ data }: MessageEvent<Order>) => void obey(data))
void attack.then(({ releases }) => reply({
  kind: 'ready',
  registry: {
    version: tool.version,
    formats: emitters.map(describeFormat),
    readable: [...new Set(parsers.flatMap(({ extensions }: { readonly extensions: readonly string[] }) => extensions))],
    parsers: parsers.map(({ id, title }) => ({ id, title })),
    releases: releases.map(({ domain, version }) => ({ domain, version })),
  },
}))

async function obey(order: Order): Promise<void> {
  try {
    if (order.kind === 'zip') {
      const bytes = pack(made)
      reply({ kind: 'zipped', bytes }, [bytes.buffer])
    } else {
      const result = await run(order.uploads, order.choices, order.parts)
      made = result.files
      reply({ kind: 'done', result })
    }
  } catch (error) {
    reply({ kind: 'failed', problem: error instanceof Error ? error.message : String(error), isBug: !(error instanceof RequestError) })
  }
}

async function run(uploads: readonly Upload[], choices: Choices, parts: RasteriserParts | undefined): Promise<Result> {
  const { from, limits, ...rest } = choices
  const host = createMemoryHost(Object.fromEntries(uploads.map(({ name, bytes }) => [name, bytes])), {
    ...(parts && { openRasteriser: () => openRasteriser(parts) }),
    ...(limits !== undefined && { limits: readLimits(limits) }),
  })
  let names: readonly string[] = []
  const tell = (index: number): void => reply({ kind: 'reading', name: names[index] })
  const report = await convert({ ...rest, ...(isParser(from) && { from }), attack: (await attack).index }, {
    ...host,
    async readDocuments(inputs, problems) {
      const files = await host.readDocuments(inputs, problems)
      names = files.map(({ name }) => name)
      tell(0)
      return files
    },
    progress(stage, done, total) {
      reply({ kind: 'progress', stage, done, total })
      if (stage === 'Reading') tell(done)
    },
  })
  return describe(report, host.written)
}

/** "rows=200000, --max cells=9" as an object. The library says what is wrong with it. */
function readLimits(typed: string): Readonly<Record<string, number>> {
  const parts = typed.replaceAll('--max', '').split(/[,\s]+/).filter((part) => part !== '')
  return Object.fromEntries(parts.map((part) => {
    const [name = '', number = ''] = part.split('=')
    return [name, Number(number)]
  }))
}

function isParser(id: string | undefined): id is ParserId {
  return parsers.some((parser) => parser.id === id)
}

function titleOf(id: string): string {
  return parsers.find((parser) => parser.id === id)?.title ?? id
}

function describe({ documents, sets, artifacts, diagnostics }: ConvertReport, written: ReadonlyMap<string, Uint8Array>): Result {
  const digests = new Map(artifacts.map(({ name, sha256, emitter }) => [name, { sha256, emitter }]))
  return {
    documents: documents.map(({ file, parser, sniff, rows, sets: own }) => ({
      name: file.name, rows,
      sets: own.map(describeSet),
      ...(parser !== undefined && { how: `${titleOf(parser)}${sniff ? `: ${sniff.reason}` : ''}` }),
    })),
    rows: sets.reduce((sum, { set }) => sum + set.mappings.length, 0),
    capabilities: new Set(sets.flatMap(({ set }) => [...set.capabilities.keys()].map((id) => `${set.framework.id} ${id}`))).size,
    messages: diagnostics.map(describeMessage),
    files: [...written].map(([name, bytes]) => ({
      name, bytes: new Uint8Array(bytes), emitter: digests.get(name)?.emitter ?? '', sha256: digests.get(name)?.sha256 ?? '',
    })),
  }
}

/** "NIST 800-53 rev5, Enterprise ATT&CK 16.1". */
function describeSet({ framework, attack: { domain, version } }: ConvertReport['documents'][number]['sets'][number]): string {
  const name = framework.version === undefined ? framework.name : `${framework.name} ${framework.version}`
  return `${name}, ${domainNames[domain]} ATT&CK${version === undefined ? '' : ` ${version}`}`
}

function describeMessage({ origin, ...diagnostic }: Diagnostic): Message {
  const { severity, code, message, found, expected, hint, excerpt, count } = diagnostic
  return {
    severity, code, message,
    ...(found !== undefined && { found }), ...(expected !== undefined && { expected }), ...(hint !== undefined && { hint }),
    ...(excerpt !== undefined && { excerpt }), ...(count !== undefined && { count }), ...(origin && { place: describePlace(origin.document, origin.place) }),
  }
}

function describeFormat({ id, title, extension, loses, options }: (typeof emitters)[number]): Format {
  return { id, title, extension, loses, options: Object.entries(options).map(([name, spec]) => ({ name, ...spec })) }
}

let opened: Promise<Rasterise> | undefined

/** The rasteriser, as the command line has it: resvg and DejaVu Sans. */
function openRasteriser({ wasm, fonts }: RasteriserParts): Promise<Rasterise> {
  opened ??= import('@resvg/resvg-wasm').then(async ({ initWasm, Resvg }) => {
    await initWasm(wasm)
    const font = { fontBuffers: [...fonts], defaultFontFamily: 'DejaVu Sans', loadSystemFonts: false }
    return (svg, width) => {
      const drawing = new Resvg(svg, { fitTo: { mode: 'width', value: width }, font })
      const image = drawing.render()
      const bytes = image.asPng()
      // WebAssembly memory is not garbage-collected with its JavaScript wrappers.
      image.free()
      drawing.free()
      return bytes
    }
  })
  return opened
}

/** A zip file of artifacts: the same bytes for the same files. */
function pack(files: readonly MadeFile[]): Uint8Array<ArrayBuffer> {
  // fflate writes the parts of local time.
  const mtime = new Date(1980, 0, 1)
  const entries = files.map(({ name, bytes }): [string, [Uint8Array, ZipOptions]] => [name, [bytes, { level: /\.(?:xlsx|png)$/.test(name) ? 0 : 6, mtime }]])
  return new Uint8Array(zipSync(Object.fromEntries(entries)))
}

function reply(message: Reply, transfer: readonly Transferable[] = []): void {
  postMessage(message, { transfer: [...transfer] })
}
