import { crc32, deflateRawSync } from 'node:zlib'

/** A member of an archive, and the size that the archive declares for it where that is not the truth. */
export interface ZipMember {
  readonly name: string
  readonly content: Uint8Array
  readonly declared?: number
}

/** Makes a ZIP archive by hand, so that its directory may lie (APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16). */
export function makeZip(members: readonly ZipMember[]): Uint8Array {
  const parts: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  for (const { name, content, declared = content.length } of members) {
    const packed = deflateRawSync(content, { level: 9 })
    const bytes = new TextEncoder().encode(name)
    const sizes = [crc32(Buffer.from(content)), packed.length, declared]
    const local = record(0x04034b50, [20, 0, 8, 0, 0], sizes, [bytes.length, 0])
    directory.push(
      record(0x02014b50, [20, 20, 0, 8, 0, 0], sizes, [bytes.length, 0, 0, 0, 0, 0, 0, offset & 0xffff, offset >>> 16]), bytes
    )
    parts.push(local, bytes, packed)
    offset += local.length + bytes.length + packed.length
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0)
  const end = record(0x06054b50, [0, 0, members.length, members.length], [size, offset], [0])
  return new Uint8Array(Buffer.concat([...parts, ...directory, end]))
}

/** A signature, numbers of 16 bits, numbers of 32 bits, and numbers of 16 bits, little end first. */
function record(signature: number, before: readonly number[], middle: readonly number[], after: readonly number[]): Uint8Array {
  const bytes = Buffer.alloc(4 + before.length * 2 + middle.length * 4 + after.length * 2)
  let at = bytes.writeUInt32LE(signature, 0)
  for (const value of before) at = bytes.writeUInt16LE(value, at)
  for (const value of middle) at = bytes.writeUInt32LE(value >>> 0, at)
  for (const value of after) at = bytes.writeUInt16LE(value, at)
  return bytes
}
