import { mkdirSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { loadAttack } from '../../src/attack/load-attack.js'
import { collectDocuments } from './corpus.js'
import { fuzz, type FuzzResult } from './fuzz.js'
import { createReader } from './oracle.js'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    runs: { type: 'string' },
    out: { type: 'string', default: 'output/fuzz' },
  },
})

const root = new URL('../..', import.meta.url).pathname
const start = process.cpuUsage()
const documents = collectDocuments(root)
const attack = await loadAttack({}, () => undefined)
const deadline = Date.now() + Number(values.minutes) * 60_000
const most = values.runs === undefined ? Infinity : Number(values.runs)
process.stdout.write(`${documents.length} documents\n`)

const { runs, counts } = await fuzz(documents, {
  seed: Number(values.seed),
  read: createReader(attack),
  attack,
  isDone: (done) => done >= most || (values.runs === undefined && Date.now() > deadline),
  onFinding: save,
})
const { user, system } = process.cpuUsage(start)
const seconds = (user + system) / 1e6
process.stdout.write(`seed ${values.seed}: ${runs} mutated documents, ${Math.round(runs / seconds)} a second of processor time, ${counts.size} findings\n`)
for (const [key, count] of counts) process.stdout.write(`${count} times: ${key}\n`)
process.exitCode = counts.size > 0 ? 1 : 0

/** Writes a finding to a folder of its own. */
function save({ file, before, ...finding }: FuzzResult['findings'][number]): void {
  const folder = `${values.out}/${finding.seed}-${finding.run}-${finding.kind}`
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${folder}/${file.name}`, file.bytes)
  if (before) writeFileSync(`${folder}/before-${before.name}`, before.bytes)
  writeFileSync(`${folder}/finding.json`, `${JSON.stringify(finding, null, 2)}\n`)
  process.stdout.write(`run ${finding.run}: ${finding.message}\n  saved in ${folder}\n`)
}
