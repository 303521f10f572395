import { type Excess, findExcess, type Limits } from '../limits.js'

/** A member of a ZIP archive, as its central directory declares it. */
export interface ZipEntry {
  readonly name: string
  readonly compressed: number
  readonly inflated: number
  /** Encrypted with a password of its own. */
  readonly encrypted: boolean
  /** Not compressed. */
  readonly stored: boolean
  /** CRC-32 of its content. */
  readonly checksum: number
  /** Offset of its local header; 0xffffffff if that is beyond 4 GB. */
  readonly offset: number
}

/** Signatures of records: APPNOTE 6.3.10, sections 4.3.12, 4.3.16, 4.3.14 and 4.3.15. */
const entrySignature = 0x02014b50
const endSignature = 0x06054b50
const end64Signature = 0x06064b50
const locator64Signature = 0x07064b50

/** Distance of the end record from the end of the file: 22 bytes, and a comment of at most 65,535. */
const furthestEnd = 22 + 65_535

/**
 * The members of a ZIP archive by its central directory; nothing is inflated. Undefined if there is no directory or it is
 * inconsistent: the archive is cut off or damaged. Stops after `most` members.
 */
export function surveyZip(bytes: Uint8Array, most: number): readonly ZipEntry[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const directory = findDirectory(view)
  if (!directory) return undefined
  const entries: ZipEntry[] = []
  let at = directory.offset
  for (let index = 0; index < directory.count && entries.length <= most; index += 1) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== entrySignature) return undefined
    const nameLength = view.getUint16(at + 28, true)
    const extraLength = view.getUint16(at + 30, true)
    if (at + 46 + nameLength > view.byteLength) return undefined
    const sizes = readSizes(view, at, at + 46 + nameLength, extraLength)
    if (!sizes) return undefined
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)),
      ...sizes,
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      stored: view.getUint16(at + 10, true) === 0,
      checksum: view.getUint32(at + 16, true),
      offset: view.getUint32(at + 42, true),
    })
    at += 46 + nameLength + extraLength + view.getUint16(at + 32, true)
  }
  return entries
}

/** Where the central directory of a ZIP archive begins, and the number of its members; undefined if there is none. */
export function findDirectory(view: DataView): { readonly offset: number; readonly count: number } | undefined {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - furthestEnd); at -= 1) {
    if (view.getUint32(at, true) !== endSignature) continue
    const count = view.getUint16(at + 10, true)
    const offset = view.getUint32(at + 16, true)
    return count === 0xffff || offset === 0xffffffff ? findDirectory64(view, at) : { offset, count }
  }
  return undefined
}

function findDirectory64(view: DataView, end: number): { readonly offset: number; readonly count: number } | undefined {
  const locator = end - 20
  if (locator < 0 || view.getUint32(locator, true) !== locator64Signature) return undefined
  const record = readUint64(view, locator + 8)
  if (record + 56 > view.byteLength || view.getUint32(record, true) !== end64Signature) return undefined
  return { offset: readUint64(view, record + 48), count: readUint64(view, record + 32) }
}

/** Sizes of 32 bits, or those of 64 bits in the extra field 1 (section 4.5.3). */
function readSizes(
  view: DataView, at: number, extra: number, extraLength: number,
): Pick<ZipEntry, 'compressed' | 'inflated'> | undefined {
  const sizes = { compressed: view.getUint32(at + 20, true), inflated: view.getUint32(at + 24, true) }
  if (sizes.compressed !== 0xffffffff && sizes.inflated !== 0xffffffff) return sizes
  const end = Math.min(extra + extraLength, view.byteLength)
  for (let field = extra; field + 4 <= end; field += 4 + view.getUint16(field + 2, true)) {
    if (view.getUint16(field, true) !== 1) continue
    let value = field + 4
    for (const name of ['inflated', 'compressed'] as const) {
      if (sizes[name] !== 0xffffffff) continue
      if (value + 8 > end) return undefined
      sizes[name] = readUint64(view, value)
      value += 8
    }
    return sizes
  }
  return undefined
}

/** Not exact above 2^53, which is beyond any file. */
function readUint64(view: DataView, at: number): number {
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32
}

/** Members below this size, in bytes, may have any ratio. */
const smallMember = 5_000_000

/** Why an archive must not be inflated: a limit that it exceeds, or a member without a size. Undefined if it may be. */
export function whyTooLarge(entries: readonly ZipEntry[], limits: Limits): Excess | string | undefined {
  if (entries.length > limits.members) return { limit: 'members', found: entries.length }
  let total = 0
  for (const { name, compressed, inflated, stored } of entries) {
    total += inflated
    // A reader stops inflating at the declared size, which it cannot if none is declared.
    if (inflated === 0 && compressed > 2) return `${name} without a declared size`
    const ratio = stored || inflated <= smallMember ? 0 : Math.ceil(inflated / Math.max(compressed, 1))
    if (ratio > limits.ratio) return { limit: 'ratio', found: ratio, part: `${name}, ${Math.round(inflated / 1_000_000)} MB` }
  }
  return findExcess({ inflated: total }, limits)
}

/** Bytes of a local header before its name: APPNOTE 6.3.10, section 4.3.7. */
const headerLength = 30

/**
 * The bytes of a member of a ZIP archive. Undefined if there is none, or if it is encrypted, cut off, or not of the declared size and
 * checksum. Throws errors of DecompressionStream at damaged data.
 */
export async function inflateMember(bytes: Uint8Array, entries: readonly ZipEntry[], name: string): Promise<Uint8Array | undefined> {
  const entry = entries.find((one) => one.name === name)
  if (!entry || entry.encrypted || entry.offset + headerLength > bytes.length) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const start = entry.offset + headerLength + view.getUint16(entry.offset + 26, true) + view.getUint16(entry.offset + 28, true)
  const packed = bytes.subarray(start, start + entry.compressed)
  if (packed.length !== entry.compressed) return undefined
  if (!entry.stored) return inflate(packed, entry.inflated, entry.checksum)
  return checksum(packed) === entry.checksum ? packed : undefined
}

/** Stops at the declared size, which `whyTooLarge` has checked. Read as gzip (RFC 1952), whose decompression compares the checksum. */
async function inflate(packed: Uint8Array, size: number, checked: number): Promise<Uint8Array | undefined> {
  const head = new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff])
  const end = new DataView(new ArrayBuffer(8))
  end.setUint32(0, checked, true)
  end.setUint32(4, size, true)
  const reader = new Blob([head, new Uint8Array(packed), end]).stream().pipeThrough(new DecompressionStream('gzip')).getReader()
  const inflated = new Uint8Array(size)
  let at = 0
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    const chunk: Uint8Array = next.value
    if (at + chunk.length > size) {
      await reader.cancel()
      return undefined
    }
    inflated.set(chunk, at)
    at += chunk.length
  }
  return at === size ? inflated : undefined
}

const checksums = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit += 1) value = (value >>> 1) ^ ((value & 1) === 1 ? 0xedb8_8320 : 0)
  return value
})

/** CRC-32 (section 4.4.7). */
export function checksum(content: Uint8Array): number {
  let value = 0xffff_ffff
  for (const byte of content) value = (value >>> 8) ^ (checksums[(value ^ byte) & 0xff] ?? 0)
  return (value ^ 0xffff_ffff) >>> 0
}
