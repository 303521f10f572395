import type { ZipEntry } from './survey-zip.js'

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
