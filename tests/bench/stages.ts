/**
 * The stages of a conversion, each timed by itself in one process: `node stages.js EMITTERS FOLDER INPUT...`, with EMITTERS separated by
 * commas. Prints an object of CPU seconds as JSON: `read` (decode, parse, merge, normalise, check), then for each emitter `emit`, `verify`
 * (validate and render) and `write` (hash and write), also of artifacts in chunks.
 */
import { loadAttack } from '../../src/attack/load-attack.js'
import { createDiagnosticLog } from '../../src/diagnostics/diagnostic.js'
import { emitters as all } from '../../src/emitters/registry.js'
import { createDiskHost } from '../../src/io/disk-host.js'
import { understand } from '../../src/pipeline/convert.js'
import { emitArtifacts } from '../../src/pipeline/emit.js'
import type { ArtifactContent } from '../../src/emitters/artifact-parts.js'
import type { Host } from '../../src/pipeline/host.js'
import { writeArtifact } from '../../src/pipeline/write.js'

const [, , wanted = '', output = '', ...inputs] = process.argv
const seconds: Record<string, number> = {}
const log = createDiagnosticLog()
const disk = createDiskHost({ output, extensions: ['json', 'txt'], overwrite: true })
const host: Host = {
  ...disk,
  writeArtifact: (name, content) => timed('write', () => disk.writeArtifact(name, content instanceof Uint8Array ? content : timeChunks(content))),
}
let current = ''
/** What stages inside of the present one took: it is not counted twice. */
let within = 0

const attack = await loadAttack({}, log.report)
const understanding = await timed('read', () => understand({ inputs, attack }, host))
for (const { id } of all.filter((emitter) => wanted.split(',').includes(emitter.id))) {
  current = `${id} `
  const emitted = emitArtifacts(understanding, { inputs, emitters: [id] }, log, { host, former: { artifacts: [], sources: [] } })
  for (;;) {
    const next = await timed('emit', () => emitted.next())
    if (next.done === true) break
    const { artifact, folder } = next.value
    await timed('verify', () => writeArtifact(artifact, folder, host, log.report))
  }
}
process.stdout.write(`${JSON.stringify(seconds)}\n`)

async function* timeChunks(chunks: Exclude<ArtifactContent, Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]()
  for (;;) {
    const next = await timed('verify', () => iterator.next())
    if (next.done === true) return
    yield next.value
  }
}

async function timed<Result>(stage: string, action: () => Promise<Result>): Promise<Result> {
  const name = `${current}${stage}`
  const outside = within
  within = 0
  const before = cpuSeconds()
  const result = await action()
  const spent = cpuSeconds() - before
  seconds[name] = (seconds[name] ?? 0) + spent - within
  within = outside + spent
  return result
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}
