import { cellAddress } from '../places.js'

/** A compound file: the names of its streams and storages, and the contents of its streams. */
interface CompoundFile {
  readonly names: readonly string[]
  /** The bytes of a stream; undefined if there is none of this name, or its chain of sectors is broken. */
  stream(name: string): Uint8Array | undefined
}

interface Entry {
  readonly name: string
  readonly start: number
  readonly size: number
}

/** The first bytes of a compound file. */
const signature = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]
/** Greater numbers mark the end of a chain, or a free sector ([MS-CFB], section 2.1). */
const lastSector = 0xfffffffa
/** Streams below this size are in the mini stream, in sectors of 64 bytes. */
const miniCutoff = 4096
const miniSize = 64

/**
 * Opens a compound file ([MS-CFB], sections 2.2 to 2.6). Undefined if it is cut off or damaged. A chain is followed for at most
 * as many sectors as the file has, since it may be circular.
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

/** The allocation table: the header lists its first 109 sectors, and further sectors the rest. */
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

/** Facts of an .xls that are read before its cells. */
interface BiffSurvey {
  /** 0x0600 since Excel 97, 0x0500 before it. */
  readonly version: number
  readonly isProtected: boolean
  /** Targets of hyperlinks for each sheet, in the order of the workbook, by the address of the cell in A1 style. */
  readonly links: readonly ReadonlyMap<string, string>[]
}

/** Record types ([MS-XLS], section 2.3.2). */
const bof = 0x0809
const filePass = 0x002f
const boundSheet = 0x0085
const hlink = 0x01b8

/** Limit of cells in a linked rectangle, which is rarely more than one cell; only the first cells are linked. */
const cellLimit = 100

/** Reads the records of a workbook's stream once; undefined if it does not begin as one. */
export function surveyBiff(stream: Uint8Array): BiffSurvey | undefined {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength)
  if (stream.length < 8 || view.getUint16(0, true) !== bof) return undefined
  const sheets: number[] = []
  const links = new Map<number, Map<string, string>>()
  let isProtected = false
  let current = 0
  for (let at = 0; at + 4 <= stream.length;) {
    const type = view.getUint16(at, true)
    const length = view.getUint16(at + 2, true)
    const data = stream.subarray(at + 4, at + 4 + length)
    if (type === 0 && length === 0) break
    if (type === bof) current = at
    else if (type === filePass) isProtected = true
    else if (type === boundSheet && data.length >= 4) sheets.push(view.getUint32(at + 4, true))
    else if (type === hlink) addLink(data, links.get(current) ?? links.set(current, new Map()).get(current))
    at += 4 + length
  }
  return { version: view.getUint16(4, true), isProtected, links: sheets.map((start) => links.get(start) ?? new Map()) }
}

/** A link ([MS-XLS], section 2.4.140, and [MS-OSHARED], section 2.3.7.1): the cells, then the target as a URL moniker. */
function addLink(data: Uint8Array, links: Map<string, string> | undefined): void {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  if (data.length < 32 || !links) return
  const [firstRow = 0, lastRow = 0, firstColumn = 0, lastColumn = 0] = [0, 2, 4, 6].map((at) => view.getUint16(at, true))
  const target = readTarget(data, view)
  if (target === undefined) return
  let left = cellLimit
  for (let row = firstRow; row <= lastRow && left > 0; row += 1) {
    for (let column = firstColumn; column <= lastColumn && left > 0; column += 1, left -= 1) {
      links.set(cellAddress(row, column), target)
    }
  }
}

function readTarget(data: Uint8Array, view: DataView): string | undefined {
  const flags = view.getUint32(28, true)
  let at = 32
  // A display name and a frame's name may come first, each with its length in characters.
  for (const flag of [0x10, 0x80]) {
    if ((flags & flag) === 0) continue
    if (at + 4 > data.length) return undefined
    at += 4 + view.getUint32(at, true) * 2
  }
  const hasMoniker = (flags & 0x01) !== 0
  const isText = (flags & 0x100) !== 0
  const isUrl = at + 20 <= data.length && view.getUint32(at, true) === 0x79eac9e0
  if (!hasMoniker || (!isText && !isUrl)) return undefined
  const start = isText ? at + 4 : at + 20
  if (start > data.length) return undefined
  const length = isText ? view.getUint32(at, true) * 2 : view.getUint32(at + 16, true)
  const text = new TextDecoder('utf-16le').decode(data.subarray(start, Math.min(start + length, data.length)))
  const end = text.indexOf('\0')
  return (end < 0 ? text : text.slice(0, end)) || undefined
}
