/**
 * The floor: what no converter can avoid. Parses the same inputs as JSON, then makes as many bytes as the artifacts have by `JSON.stringify`,
 * UTF-8 encoding and, for workbooks, deflate of the same sheets. It looks nothing up, validates nothing and writes nothing.
 *
 * `node floor.js FOLDER INPUT...`: FOLDER has the artifacts. Prints CPU seconds as a number, those of the start of Node.js included.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { deflateRawSync, inflateRawSync } from 'node:zlib'

const [, , artifacts = '', ...inputs] = process.argv
let seconds = cpuSeconds()
for (const file of inputs.flatMap(listFiles)) timed(() => parse(readFileSync(file)))
for (const file of listFiles(artifacts)) {
  if (path.basename(file) === 'manifest.json') continue
  const bytes = readFileSync(file)
  if (file.endsWith('.xlsx')) for (const part of unzip(bytes)) timed(() => deflateRawSync(part, { level: 6 }))
  else timedText(file, bytes.toString('utf8'))
}
process.stdout.write(`${seconds}\n`)

function timedText(file: string, text: string): void {
  if (file.endsWith('.json')) {
    const value: unknown = JSON.parse(text)
    const indent = /^[[{]\n( +)/.exec(text)?.[1]?.length
    timed(() => Buffer.from(JSON.stringify(value, undefined, indent)))
    return
  }
  // A table or a page: its lines, each as a string.
  const lines = text.split('\n')
  timed(() => Buffer.from(JSON.stringify(lines)))
}

/** Documents that are no JSON are decoded only. */
function parse(bytes: Buffer): unknown {
  const text = bytes.toString('utf8')
  return /^\s{0,10}[[{]/.test(text) ? JSON.parse(text) : text
}

function timed(action: () => unknown): void {
  const before = cpuSeconds()
  action()
  seconds += cpuSeconds() - before
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

function listFiles(place: string): readonly string[] {
  if (!statSync(place).isDirectory()) return [place]
  return readdirSync(place, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name)).toSorted()
}

/** The uncompressed parts of a ZIP file with a central directory. */
function unzip(bytes: Buffer): readonly Buffer[] {
  const end = bytes.lastIndexOf(Buffer.from('PK\u0005\u0006'))
  const parts: Buffer[] = []
  let at = bytes.readUInt32LE(end + 16)
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const packed = bytes.readUInt32LE(at + 20)
    const local = bytes.readUInt32LE(at + 42)
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
    const data = bytes.subarray(start, start + packed)
    parts.push(bytes.readUInt16LE(at + 10) === 0 ? data : inflateRawSync(data))
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return parts
}
