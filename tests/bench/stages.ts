/**
 * The stages of a conversion, each timed by itself in one process: `node stages.js EMITTERS FOLDER INPUT...`, with EMITTERS separated by
 * commas. Prints an object of CPU seconds as JSON: `read` (decode, parse, merge, normalise, check), then for each emitter `emit`, `verify`
 * (validate and render) and `write` (hash and write).
 */
import { loadAttack } from '../../src/attack/load-attack.js'
import { createDiagnosticLog } from '../../src/diagnostics/diagnostic.js'
import { emitters as all } from '../../src/emitters/registry.js'
import { createDiskHost } from '../../src/io/disk-host.js'
import { understand } from '../../src/pipeline/convert.js'
import { emitArtifacts } from '../../src/pipeline/emit.js'
import type { Host } from '../../src/pipeline/host.js'
import { writeArtifact } from '../../src/pipeline/write.js'

const [, , wanted = '', output = '', ...inputs] = process.argv
const seconds: Record<string, number> = {}
const log = createDiagnosticLog()
const disk = createDiskHost({ output, extensions: ['json', 'txt'], overwrite: true })
const host: Host = { ...disk, writeArtifact: (...args) => timed('write', () => disk.writeArtifact(...args)) }
let current = ''

const attack = await loadAttack({}, log.report)
const understanding = await timed('read', () => understand({ inputs, attack }, host))
for (const { id } of all.filter((emitter) => wanted.split(',').includes(emitter.id))) {
  current = `${id} `
  const emitted = emitArtifacts(understanding, { inputs, emitters: [id] }, log, { former: { artifacts: [], sources: [] } })
  for (;;) {
    const next = await timed('emit', () => emitted.next())
    if (next.done === true) break
    const { artifact, folder, options } = next.value
    const before = seconds[`${current}write`] ?? 0
    await timed('verify', () => writeArtifact(artifact, folder, options, host, log.report))
    // What the host did is not counted twice.
    seconds[`${current}verify`] = (seconds[`${current}verify`] ?? 0) - ((seconds[`${current}write`] ?? 0) - before)
  }
}
process.stdout.write(`${JSON.stringify(seconds)}\n`)

async function timed<Result>(stage: string, action: () => Promise<Result>): Promise<Result> {
  const name = `${current}${stage}`
  const before = cpuSeconds()
  const result = await action()
  seconds[name] = (seconds[name] ?? 0) + cpuSeconds() - before
  return result
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}
