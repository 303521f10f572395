import { createDeflate, mostPushed } from './deflate.js'

/** Texts are gathered to about as many UTF-16 units before they are encoded: most are short, and a call takes as long as a short text. */
const encodedLength = 1 << 14

/** A zip archive that is written part by part; only the deflated bytes are kept. */
export interface ZipWriter {
  /** Adds a member; its content may come in pieces of any length. */
  readonly add: (path: string, content: string | Iterable<string>) => void
  /** The archive (APPNOTE.TXT 6.3.10). No member may be added after that. */
  readonly finish: () => Uint8Array
}

interface Member {
  readonly name: Uint8Array
  readonly crc: number
  readonly size: number
  readonly packed: readonly Uint8Array[]
  readonly packedSize: number
}

/**
 * Creates an archive. Its bytes are the same in every engine: `zlib` differs between releases of Node.js and between browsers, and every member
 * is dated 1980-01-01, the earliest date of the format. Its content is deflated in pieces whose borders do not depend on those of the texts.
 */
export function createZip(): ZipWriter {
  const members: Member[] = []
  const encoder = new TextEncoder()
  const piece = new Uint8Array(mostPushed)
  let packed: Uint8Array[] = []
  const deflate = createDeflate((bytes) => packed.push(bytes))
  return {
    add(path, content) {
      const { crc, size } = pack(typeof content === 'string' ? [content] : content)
      members.push({ name: encoder.encode(path), crc, size, packed, packedSize: packed.reduce((sum, { length }) => sum + length, 0) })
      packed = []
    },
    finish: () => joinMembers(members),
  }

  function pack(content: Iterable<string>): Pick<Member, 'crc' | 'size'> {
    let [crc, size, filled] = [-1, 0, 0]
    const flush = (): void => {
      const bytes = piece.subarray(0, filled)
      crc = updateCrc(crc, bytes)
      size += filled
      filled = 0
      deflate.push(bytes)
    }
    const encode = (text: string): void => {
      for (let rest = text; rest !== '';) {
        const { read, written } = encoder.encodeInto(rest, piece.subarray(filled))
        filled += written
        rest = rest.slice(read)
        if (rest !== '') flush()
      }
    }
    let gathered = ''
    for (const text of content) {
      gathered += text
      if (gathered.length < encodedLength) continue
      encode(gathered)
      gathered = ''
    }
    encode(gathered)
    flush()
    deflate.end()
    return { crc: ~crc >>> 0, size }
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

/** Sixteen tables of 256 entries, one after the other, so that sixteen bytes are taken at a time ("slicing by sixteen"). */
const crcTables = createCrcTables()

function createCrcTables(): Int32Array {
  const tables = new Int32Array(16 * 256)
  for (let byte = 0; byte < 256; byte++) {
    let value = byte
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
    tables[byte] = value
  }
  for (let entry = 256; entry < tables.length; entry++) {
    const before = tables[entry - 256] ?? 0
    tables[entry] = (before >>> 8) ^ (tables[before & 0xff] ?? 0)
  }
  return tables
}

/** CRC-32 of further bytes; the first call gets -1, and the complement of the last result is the checksum. */
function updateCrc(crc: number, bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  let value = crc
  let at = 0
  for (const end = bytes.length - 15; at < end; at += 16) {
    value = crcOfWord(value ^ view.getInt32(at, true), 12) ^ crcOfWord(view.getInt32(at + 4, true), 8)
      ^ crcOfWord(view.getInt32(at + 8, true), 4) ^ crcOfWord(view.getInt32(at + 12, true), 0)
  }
  for (; at < bytes.length; at++) value = (value >>> 8) ^ (crcTables[(value ^ (bytes[at] ?? 0)) & 0xff] ?? 0)
  return value
}

/** The part of four bytes in a checksum, as many bytes before the end. */
function crcOfWord(word: number, after: number): number {
  const start = after * 256
  return (crcTables[start + 768 + (word & 0xff)] ?? 0) ^ (crcTables[start + 512 + ((word >>> 8) & 0xff)] ?? 0)
    ^ (crcTables[start + 256 + ((word >>> 16) & 0xff)] ?? 0) ^ (crcTables[start + (word >>> 24)] ?? 0)
}
