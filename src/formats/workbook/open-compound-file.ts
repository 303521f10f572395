/** A compound file: the names of its streams and storages, and what its streams hold. */
export interface CompoundFile {
  readonly names: readonly string[]
  /** The bytes of a stream; undefined when there is none of this name, or its chain of sectors is broken. */
  stream(name: string): Uint8Array | undefined
}

interface Entry {
  readonly name: string
  readonly start: number
  readonly size: number
}

/** The first bytes of a compound file. */
const signature = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]
/** Greater numbers stand for the end of a chain, or none ([MS-CFB], section 2.1). */
const lastSector = 0xfffffffa
/** Streams below this size stand in the mini stream, in sectors of 64 bytes. */
const miniCutoff = 4096
const miniSize = 64

/**
 * Opens a compound file ([MS-CFB], sections 2.2 to 2.6). Undefined when it is cut off or damaged. Every chain is
 * followed for at most as many sectors as the file has, so that none can go in circles.
 */
export function openCompoundFile(bytes: Uint8Array): CompoundFile | undefined {
  if (bytes.length < 512 || signature.some((byte, index) => bytes[index] !== byte)) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const shift = view.getUint16(30, true)
  if (shift !== 9 && shift !== 12) return undefined
  const size = 1 << shift
  const table = readTable(view, size)
  if (!table) return undefined
  const chain = (start: number): Uint8Array | undefined => joinSectors(bytes, table, start, size, size)

  const directory = chain(view.getUint32(48, true))
  const entries = directory && readEntries(directory)
  if (!entries) return undefined
  const root = entries[0]
  return {
    names: entries.map(({ name }) => name),
    stream(name) {
      const entry = entries.find((candidate) => candidate.name === name)
      if (!entry) return undefined
      if (entry.size >= miniCutoff) return chain(entry.start)?.subarray(0, entry.size)
      const mini = root && chain(root.start)
      const miniTable = chain(view.getUint32(60, true))
      return mini && miniTable && joinSectors(mini, toNumbers(miniTable), entry.start, miniSize, 0)?.subarray(0, entry.size)
    },
  }
}

/** The allocation table: the header lists its first 109 sectors, further sectors list the rest. */
function readTable(view: DataView, size: number): Uint32Array | undefined {
  const listed: number[] = []
  for (let index = 0; index < 109; index += 1) listed.push(view.getUint32(76 + index * 4, true))
  let next = view.getUint32(68, true)
  for (let read = 0; next <= lastSector; read += 1) {
    const at = (next + 1) * size
    if (at + size > view.byteLength || read * size > view.byteLength) return undefined
    for (let index = 0; index < size / 4 - 1; index += 1) listed.push(view.getUint32(at + index * 4, true))
    next = view.getUint32(at + size - 4, true)
  }
  const sectors = listed.filter((sector) => sector <= lastSector)
  const table = new Uint32Array(Math.min(sectors.length, Math.ceil(view.byteLength / size)) * (size / 4)).fill(0xffffffff)
  for (const [index, sector] of sectors.entries()) {
    const at = (sector + 1) * size
    if (at + size > view.byteLength || (index + 1) * (size / 4) > table.length) return undefined
    for (let entry = 0; entry < size / 4; entry += 1) table[index * (size / 4) + entry] = view.getUint32(at + entry * 4, true)
  }
  return table
}

function joinSectors(bytes: Uint8Array, table: Uint32Array, start: number, size: number, header: number): Uint8Array | undefined {
  const sectors: number[] = []
  for (let sector = start; sector <= lastSector; sector = table[sector] ?? 0xffffffff) {
    const at = header + sector * size
    if (at >= bytes.length || sectors.length > bytes.length / size) return undefined
    sectors.push(at)
  }
  const joined = new Uint8Array(sectors.length * size)
  for (const [index, at] of sectors.entries()) joined.set(bytes.subarray(at, at + size), index * size)
  return joined
}

function toNumbers(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Uint32Array.from({ length: bytes.length >>> 2 }, (_, index) => view.getUint32(index * 4, true))
}

function readEntries(directory: Uint8Array): readonly Entry[] {
  const view = new DataView(directory.buffer, directory.byteOffset, directory.byteLength)
  const entries: Entry[] = []
  for (let at = 0; at + 128 <= directory.length; at += 128) {
    const length = view.getUint16(at + 64, true)
    if (length < 2 || length > 64) continue
    entries.push({
      name: new TextDecoder('utf-16le').decode(directory.subarray(at, at + length - 2)),
      start: view.getUint32(at + 116, true),
      size: view.getUint32(at + 120, true),
    })
  }
  return entries
}
