import { Deflate } from 'fflate'

/** A zip archive that is written part by part; only the deflated bytes are kept. */
export interface ZipWriter {
  /** Adds a member; its content may come in pieces of any length. */
  readonly add: (path: string, content: string | Iterable<string>) => void
  /** The archive (APPNOTE.TXT 6.3.10). No member may be added after that. */
  readonly finish: () => Uint8Array
}

/** Measured on 24 workbooks: level 6 takes two to three times as long and saves 5 %; a larger table takes longer and saves nothing. */
const compression = { level: 4, mem: 4 } as const

/** The length of the pieces that are deflated: their borders do not depend on those of the content, so that bytes do not either. */
const pieceLength = 1 << 16

interface Member {
  readonly name: Uint8Array
  readonly crc: number
  readonly size: number
  readonly packed: readonly Uint8Array[]
  readonly packedSize: number
}

/**
 * Creates an archive. Its bytes are the same in every engine: they are deflated by fflate, which is plain JavaScript, while `zlib` differs
 * between releases of Node.js and between browsers; every member is dated 1980-01-01, the earliest date of the format.
 */
export function createZip(): ZipWriter {
  const members: Member[] = []
  const encoder = new TextEncoder()
  const piece = new Uint8Array(pieceLength)
  return {
    add(path, content) {
      members.push(packMember(encoder.encode(path), typeof content === 'string' ? [content] : content, piece))
    },
    finish: () => joinMembers(members),
  }
}

function packMember(name: Uint8Array, content: Iterable<string>, piece: Uint8Array): Member {
  const encoder = new TextEncoder()
  const packed: Uint8Array[] = []
  let [crc, size, packedSize, filled] = [-1, 0, 0, 0]
  const stream = new Deflate(compression, (bytes) => {
    packed.push(bytes)
    packedSize += bytes.length
  })
  for (const text of content) {
    let rest = text
    while (rest !== '') {
      const { read, written } = encoder.encodeInto(rest, piece.subarray(filled))
      filled += written
      if (read === rest.length) break
      rest = rest.slice(read)
      flush()
    }
  }
  flush()
  stream.push(new Uint8Array(0), true)
  return { name, crc: ~crc >>> 0, size, packed, packedSize }

  function flush(): void {
    const bytes = piece.subarray(0, filled)
    crc = updateCrc(crc, bytes)
    size += filled
    filled = 0
    stream.push(bytes)
  }
}

const dosDate = 0x21
const localLength = 30
const centralLength = 46
const endLength = 22
/** Sizes and offsets have 32 bits: without the extension Zip64, which few readers of workbooks know. */
const longest = 0xffffffff

function joinMembers(members: readonly Member[]): Uint8Array {
  const lengths = members.map(({ name, packedSize }) => localLength + centralLength + name.length * 2 + packedSize)
  const length = lengths.reduce((sum, own) => sum + own, endLength)
  if (Math.max(length, ...members.map(({ size }) => size)) > longest) throw new RangeError('The workbook is longer than 4 GB, which its format cannot say')
  const archive = new Uint8Array(length)
  const view = new DataView(archive.buffer)
  const starts: number[] = []
  let at = 0
  for (const { name, packed, ...member } of members) {
    starts.push(at)
    view.setUint32(at, 0x04034b50, true)
    writeFacts(view, at + 4, name, member)
    archive.set(name, at + localLength)
    at += localLength + name.length
    for (const bytes of packed) {
      archive.set(bytes, at)
      at += bytes.length
    }
  }
  const directory = at
  for (const [index, { name, ...member }] of members.entries()) {
    view.setUint32(at, 0x02014b50, true)
    view.setUint16(at + 4, 20, true)
    writeFacts(view, at + 6, name, member)
    view.setUint32(at + 42, starts[index] ?? 0, true)
    archive.set(name, at + centralLength)
    at += centralLength + name.length
  }
  view.setUint32(at, 0x06054b50, true)
  view.setUint16(at + 8, members.length, true)
  view.setUint16(at + 10, members.length, true)
  view.setUint32(at + 12, at - directory, true)
  view.setUint32(at + 16, directory, true)
  return archive
}

/** The facts that the local and the central header share, from "version needed to extract" to the length of the name. */
function writeFacts(view: DataView, at: number, name: Uint8Array, { crc, size, packedSize }: Omit<Member, 'name' | 'packed'>): void {
  const deflated = 8
  view.setUint16(at, 20, true)
  view.setUint16(at + 4, deflated, true)
  view.setUint16(at + 8, dosDate, true)
  view.setUint32(at + 10, crc, true)
  view.setUint32(at + 14, packedSize, true)
  view.setUint32(at + 18, size, true)
  view.setUint16(at + 22, name.length, true)
}

/** Four tables, so that four bytes are taken at a time ("slicing by four"). */
const crcTables = createCrcTables()

function createCrcTables(): readonly [Int32Array, Int32Array, Int32Array, Int32Array] {
  const tables = [new Int32Array(256), new Int32Array(256), new Int32Array(256), new Int32Array(256)] as const
  for (let byte = 0; byte < 256; byte++) {
    let value = byte
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
    tables[0][byte] = value
  }
  for (let byte = 0; byte < 256; byte++) {
    let value = tables[0][byte] ?? 0
    for (const table of tables.slice(1)) {
      value = (value >>> 8) ^ (tables[0][value & 0xff] ?? 0)
      table[byte] = value
    }
  }
  return tables
}

/** CRC-32 of further bytes; the first call gets -1, and the complement of the last result is the checksum. */
function updateCrc(crc: number, bytes: Uint8Array): number {
  const [first, second, third, fourth] = crcTables
  let value = crc
  let at = 0
  for (const end = bytes.length - 3; at < end; at += 4) {
    value ^= (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24)
    value = (fourth[value & 0xff] ?? 0) ^ (third[(value >>> 8) & 0xff] ?? 0) ^ (second[(value >>> 16) & 0xff] ?? 0) ^ (first[value >>> 24] ?? 0)
  }
  for (; at < bytes.length; at++) value = (value >>> 8) ^ (first[(value ^ (bytes[at] ?? 0)) & 0xff] ?? 0)
  return value
}
