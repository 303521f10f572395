import { joinBytes } from '../join-bytes.js'

/** A member of an archive. */
export interface StoredMember {
  readonly name: string
  readonly content: Uint8Array
}

/** A ZIP archive of members that are stored as they are (APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16), without dates. */
export function storeZip(members: readonly StoredMember[]): Uint8Array {
  const parts: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  for (const { name, content } of members) {
    const bytes = new TextEncoder().encode(name)
    const sizes = [checksum(content), content.length, content.length]
    const local = record([0x0403_4b50], [20, 0, 0, 0, 0], sizes, [bytes.length, 0])
    directory.push(record([0x0201_4b50], [20, 20, 0, 0, 0, 0], sizes, [bytes.length, 0, 0, 0, 0], [0, offset]), bytes)
    parts.push(local, bytes, content)
    offset += local.length + bytes.length + content.length
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0)
  const end = record([0x0605_4b50], [0, 0, members.length, members.length], [size, offset], [0])
  return joinBytes([...parts, ...directory, end])
}

/** Groups of numbers in turn of 32 and of 16 bits, little end first. */
function record(...groups: readonly (readonly number[])[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(groups.reduce((sum, group, index) => sum + group.length * widthOf(index), 0)))
  let at = 0
  for (const [index, group] of groups.entries()) {
    for (const value of group) {
      if (widthOf(index) === 4) view.setUint32(at, value, true)
      else view.setUint16(at, value, true)
      at += widthOf(index)
    }
  }
  return new Uint8Array(view.buffer)
}

function widthOf(group: number): 2 | 4 {
  return group % 2 === 0 ? 4 : 2
}

const checksums = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit += 1) value = (value >>> 1) ^ ((value & 1) === 1 ? 0xedb8_8320 : 0)
  return value
})

/** CRC-32 (ISO 3309, as section 4.4.7 has it). */
function checksum(content: Uint8Array): number {
  let value = 0xffff_ffff
  for (const byte of content) value = (value >>> 8) ^ (checksums[(value ^ byte) & 0xff] ?? 0)
  return (value ^ 0xffff_ffff) >>> 0
}
