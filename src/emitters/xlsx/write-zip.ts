import { joinBytes } from '../../formats/decode-characters.js'
import { crc32 } from './checksum.js'
import { createDeflate, endText, mostPushed, pushBytes } from './deflate.js'

/** Texts are gathered to about as many UTF-16 units before they are encoded: most are short, and a call takes as long as a short text. */
const encodedLength = 1 << 14

/** A zip archive that is written member by member; only the deflated bytes are kept. */
export interface ZipWriter {
  /** Begins a member. */
  readonly open: (path: string) => void
  /** Adds text, or bytes of whole characters, to the content of the open member. */
  readonly write: (content: string | Uint8Array) => void
  /** Ends the open member. */
  readonly close: () => void
  /** Adds a whole member; its content may come in pieces of any length. */
  readonly add: (path: string, content: string | Iterable<string | Uint8Array>) => void
  /** The bytes of the members that ended since the last call, or none if they are few. */
  readonly take: () => Iterable<Uint8Array>
  /** The rest of the archive (APPNOTE.TXT 6.3.10), or all of it if nothing was taken. No member may be added after that. */
  readonly finish: () => Uint8Array
}

interface Member {
  readonly name: Uint8Array
  /** Where it is in the archive. */
  readonly start: number
  readonly crc: number
  readonly size: number
  readonly packedSize: number
}

/** Bytes that are given out together. */
const chunkSize = 1 << 20

/**
 * Creates an archive. Its bytes are the same in every engine: what `zlib` makes differs between releases of Node.js and between browsers, and every member
 * is dated 1980-01-01, the earliest date of the format. Its content is deflated in pieces whose borders do not depend on those of the texts.
 * A member's sizes are before its content, so its deflated bytes are kept until it ends.
 */
export function createZip(): ZipWriter {
  const members: Member[] = []
  const encoder = new TextEncoder()
  const piece = new Uint8Array(mostPushed)
  let name: Uint8Array = new Uint8Array(0)
  let gathered = ''
  let [crc, size, filled, packedSize] = [0, 0, 0, 0]
  let packed: Uint8Array[] = []
  let ended: Uint8Array[] = []
  /** The length of the archive so far, and of what was taken of it. */
  let [length, taken] = [0, 0]
  const deflate = createDeflate((bytes) => {
    packed.push(bytes)
    packedSize += bytes.length
  })
  return { open, write, close, add, take, finish }

  function open(path: string): void {
    name = encoder.encode(path)
  }

  function write(content: string | Uint8Array): void {
    if (typeof content === 'string') gathered += content
    if (typeof content === 'string' && gathered.length < encodedLength) return
    encode(gathered)
    gathered = ''
    if (typeof content !== 'string') copy(content)
  }

  function close(): void {
    encode(gathered)
    flush()
    endText(deflate)
    const member: Member = { name, start: length, crc, size, packedSize }
    members.push(member)
    ended.push(localHeader(member))
    for (const bytes of packed) ended.push(bytes)
    length += localLength + name.length + packedSize
    if (Math.max(length, size) > longest) throw tooLong()
    gathered = ''
    packed = []
    crc = 0
    size = 0
    packedSize = 0
  }

  function add(path: string, content: string | Iterable<string | Uint8Array>): void {
    open(path)
    for (const one of typeof content === 'string' ? [content] : content) write(one)
    close()
  }

  function* take(): Iterable<Uint8Array> {
    if (length - taken < chunkSize) return
    const all = ended
    ended = []
    taken = length
    yield* joinTogether(all)
  }

  function finish(): Uint8Array {
    return joinBytes([...ended, directory(members, length)])
  }

  function encode(text: string): void {
    for (let rest = text; rest !== '';) {
      const { read, written } = encoder.encodeInto(rest, piece.subarray(filled))
      filled += written
      rest = rest.slice(read)
      if (rest !== '') flush()
    }
  }

  /** Adds bytes as `encode` would add their text: no piece ends within a character. */
  function copy(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) {
      let end = Math.min(bytes.length, at + piece.length - filled)
      while (end > at && isWithinCharacter(bytes[end])) end--
      piece.set(bytes.subarray(at, end), filled)
      filled += end - at
      at = end
      if (at < bytes.length) flush()
    }
  }

  function flush(): void {
    const bytes = piece.subarray(0, filled)
    crc = crc32(bytes, crc)
    size += filled
    filled = 0
    pushBytes(deflate, bytes)
  }
}

/** Whether a byte of UTF-8 is not the first of its character. */
function isWithinCharacter(byte = 0): boolean {
  return (byte & 0xc0) === 0x80
}

/** Joins parts to chunks. */
function* joinTogether(parts: readonly Uint8Array[]): Iterable<Uint8Array> {
  let [together, size]: [Uint8Array[], number] = [[], 0]
  for (const part of parts) {
    together.push(part)
    size += part.length
    if (size < chunkSize) continue
    yield joinBytes(together)
    together = []
    size = 0
  }
  if (size > 0) yield joinBytes(together)
}

const dosDate = 0x21
const localLength = 30
const centralLength = 46
const endLength = 22
/** Sizes and offsets have 32 bits: without the extension Zip64, which few readers of workbooks know. */
const longest = 0xffffffff

function tooLong(): RangeError {
  return new RangeError('The workbook is longer than 4 GB, which its format cannot say')
}

/** What is before the content of a member. */
function localHeader(member: Member): Uint8Array {
  const header = new Uint8Array(localLength + member.name.length)
  const view = new DataView(header.buffer)
  view.setUint32(0, 0x04034b50, true)
  writeFacts(view, 4, member)
  header.set(member.name, localLength)
  return header
}

/** The central directory, which begins at `start`, and the end of the archive. */
function directory(members: readonly Member[], start: number): Uint8Array {
  const size = members.reduce((sum, { name }) => sum + centralLength + name.length, 0)
  if (start + size + endLength > longest) throw tooLong()
  const bytes = new Uint8Array(size + endLength)
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const member of members) {
    view.setUint32(at, 0x02014b50, true)
    view.setUint16(at + 4, 20, true)
    writeFacts(view, at + 6, member)
    view.setUint32(at + 42, member.start, true)
    bytes.set(member.name, at + centralLength)
    at += centralLength + member.name.length
  }
  view.setUint32(at, 0x06054b50, true)
  view.setUint16(at + 8, members.length, true)
  view.setUint16(at + 10, members.length, true)
  view.setUint32(at + 12, size, true)
  view.setUint32(at + 16, start, true)
  return bytes
}

/** The facts that the local and the central header share, from "version needed to extract" to the length of the name. */
function writeFacts(view: DataView, at: number, { name, crc, size, packedSize }: Member): void {
  const deflated = 8
  view.setUint16(at, 20, true)
  view.setUint16(at + 4, deflated, true)
  view.setUint16(at + 8, dosDate, true)
  view.setUint32(at + 10, crc, true)
  view.setUint32(at + 14, packedSize, true)
  view.setUint32(at + 18, size, true)
  view.setUint16(at + 22, name.length, true)
}
