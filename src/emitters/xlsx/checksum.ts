type Crc32 = (bytes: Uint8Array, before: number) => number

/**
 * CRC-32 of further bytes, from the checksum of those before them (0 if there are none). Node.js takes a sixth of the time of a table; it is asked when
 * the first checksum is needed, without an import, since browsers have no such module.
 */
export const crc32: Crc32 = (bytes, before) => {
  fastest ??= crc32OfNode() ?? crc32ByTable
  return fastest(bytes, before)
}

let fastest: Crc32 | undefined

function crc32OfNode(): Crc32 | undefined {
  const process: Partial<NodeJS.Process> | undefined = Reflect.get(globalThis, 'process')
  return process?.getBuiltinModule?.('node:zlib').crc32
}

/** Four tables of 256 entries, one after the other, so that four bytes are taken at a time: more are hardly faster. */
const tables = createTables()

function createTables(): Int32Array {
  const all = new Int32Array(4 * 256)
  for (let byte = 0; byte < 256; byte++) {
    let value = byte
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
    all[byte] = value
  }
  for (let entry = 256; entry < all.length; entry++) {
    const before = all[entry - 256] ?? 0
    all[entry] = (before >>> 8) ^ (all[before & 0xff] ?? 0)
  }
  return all
}

/** The same without Node.js. */
export const crc32ByTable: Crc32 = (bytes, before) => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  let value = ~before
  let at = 0
  for (const end = bytes.length - 3; at < end; at += 4) {
    const word = value ^ view.getInt32(at, true)
    value = (tables[768 + (word & 0xff)] ?? 0) ^ (tables[512 + ((word >>> 8) & 0xff)] ?? 0)
      ^ (tables[256 + ((word >>> 16) & 0xff)] ?? 0) ^ (tables[word >>> 24] ?? 0)
  }
  for (; at < bytes.length; at++) value = (value >>> 8) ^ (tables[(value ^ (bytes[at] ?? 0)) & 0xff] ?? 0)
  return ~value >>> 0
}
