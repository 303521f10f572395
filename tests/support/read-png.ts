import { crc32, inflateSync } from 'node:zlib'

/** What a PNG file holds; throws where it breaks off or its sums are wrong (PNG, third edition, section 5). */
export interface ReadPng {
  readonly width: number
  readonly height: number
  /** The types of its chunks, in order, each once in a row. */
  readonly chunks: readonly string[]
  /** The bytes of its pixels, with the filter of each row before it. */
  readonly rows: Uint8Array
}

const signature = '89504e470d0a1a0a'

/** Reads a PNG file. */
export function readPng(bytes: Uint8Array): ReadPng {
  const data = Buffer.from(bytes)
  if (data.subarray(0, 8).toString('hex') !== signature) throw new Error('Not PNG')
  const chunks: string[] = []
  const parts: Buffer[] = []
  for (let at = 8; at < data.length;) {
    const length = data.readUInt32BE(at)
    const body = data.subarray(at + 4, at + 8 + length)
    const type = body.subarray(0, 4).toString('latin1')
    if (crc32(body) !== data.readUInt32BE(at + 8 + length)) throw new Error(`The sum of ${type} is wrong`)
    if (chunks.at(-1) !== type) chunks.push(type)
    if (type === 'IDAT') parts.push(body.subarray(4))
    at += 12 + length
  }
  if (chunks[0] !== 'IHDR' || chunks.at(-1) !== 'IEND') throw new Error('The file breaks off')
  return { width: data.readUInt32BE(16), height: data.readUInt32BE(20), chunks, rows: inflateSync(Buffer.concat(parts)) }
}
