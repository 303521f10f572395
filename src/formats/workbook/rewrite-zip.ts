import { checksum, findDirectory, surveyZip, type ZipEntry } from './survey-zip.js'

/** Bytes of a record of the central directory before its name: APPNOTE 6.3.10, section 4.3.12. */
const recordLength = 46
/** Bytes of a local header before its name: section 4.3.7. */
const headerLength = 30
/** The bit of the flags for sizes that follow the data. */
const sizesFollow = 0x0008

/**
 * A ZIP archive with other content for some of its members. All else stays byte for byte: other members with their headers, what is
 * between them, and the order, names, dates and attributes of all. Undefined if the archive is larger than 4 GB, encrypted, or its
 * directory is inconsistent.
 */
export async function rewriteZip(bytes: Uint8Array, changes: ReadonlyMap<string, Uint8Array>): Promise<Uint8Array | undefined> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const directory = findDirectory(view)
  const entries = directory && surveyZip(bytes, directory.count)
  if (!directory || !entries || entries.some(({ offset, encrypted }) => offset === 0xffffffff || encrypted)) return undefined
  const starts = entries.map(({ offset }) => offset).toSorted((a, b) => a - b)
  if (starts.some((start, index) => start >= directory.offset || start === starts[index - 1])) return undefined

  const parts: Uint8Array[] = [bytes.subarray(0, starts[0] ?? directory.offset)]
  let length = parts[0]?.length ?? 0
  const written = new Map<number, Written>()
  const byOffset = new Map(entries.map((entry) => [entry.offset, entry]))
  for (const [index, start] of starts.entries()) {
    const entry = byOffset.get(start)
    const end = starts[index + 1] ?? directory.offset
    const content = entry && changes.get(entry.name)
    const member = entry && content ? await packMember(bytes, entry, content) : { bytes: bytes.subarray(start, end) }
    written.set(start, { ...member, offset: length })
    parts.push(member.bytes)
    length += member.bytes.length
  }
  return joinParts([...parts, ...rewriteDirectory(bytes, directory, written, length)])
}

/** A member as it is written; sizes are absent if it did not change. */
interface Packed {
  readonly bytes: Uint8Array
  readonly sizes?: readonly [checksum: number, compressed: number, inflated: number]
}

interface Written extends Packed {
  readonly offset: number
}

/** The local header with new sizes, and the deflated content. */
async function packMember(bytes: Uint8Array, entry: ZipEntry, content: Uint8Array): Promise<Packed> {
  const old = new DataView(bytes.buffer, bytes.byteOffset + entry.offset)
  const nameLength = old.getUint16(26, true)
  const packed = entry.stored ? content : await deflate(content)
  const sizes = [checksum(content), packed.length, content.length] as const
  // The extra fields are in the directory too; here they may repeat sizes.
  const header = bytes.slice(entry.offset, entry.offset + headerLength + nameLength)
  const view = new DataView(header.buffer)
  view.setUint16(6, view.getUint16(6, true) & ~sizesFollow, true)
  view.setUint16(28, 0, true)
  for (const [index, size] of sizes.entries()) view.setUint32(14 + 4 * index, size, true)
  return { bytes: joinParts([header, packed]), sizes }
}

async function deflate(content: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([new Uint8Array(content)]).stream().pipeThrough(new CompressionStream('deflate-raw'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

/** The directory with new offsets and sizes, and what follows it. */
function rewriteDirectory(
  bytes: Uint8Array, { offset, count }: { readonly offset: number; readonly count: number }, written: ReadonlyMap<number, Written>, at: number,
): readonly Uint8Array[] {
  const copy = bytes.slice(offset)
  const view = new DataView(copy.buffer)
  let record = 0
  for (let index = 0; index < count; index += 1) {
    const member = written.get(view.getUint32(record + 42, true))
    const { sizes } = member ?? {}
    if (member) view.setUint32(record + 42, member.offset, true)
    if (sizes) {
      view.setUint16(record + 8, view.getUint16(record + 8, true) & ~sizesFollow, true)
      for (const [position, size] of sizes.entries()) view.setUint32(record + 16 + 4 * position, size, true)
    }
    record += recordLength + view.getUint16(record + 28, true) + view.getUint16(record + 30, true) + view.getUint16(record + 32, true)
  }
  // The directory is followed by the end record, which states its offset; a comment may follow that.
  for (let end = record; end + 22 <= copy.length; end += 1) {
    if (view.getUint32(end, true) !== 0x06054b50) continue
    view.setUint32(end + 16, at, true)
    break
  }
  return [copy]
}

function joinParts(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}
