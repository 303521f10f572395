import { cellAddress } from './cell-address.js'

/** What the records of an .xls tell before its cells are read. */
export interface BiffSurvey {
  /** 0x0600 since Excel 97, 0x0500 before. */
  readonly version: number
  readonly isProtected: boolean
  /** Addresses behind cells, by sheet in the workbook's order, then by their place in A1 style. */
  readonly links: readonly ReadonlyMap<string, string>[]
}

/** Record types ([MS-XLS], section 2.3.2). */
const bof = 0x0809
const filePass = 0x002f
const boundSheet = 0x0085
const hlink = 0x01b8

/** A rectangle of linked cells is rarely more than one; beyond this, only its first cells count. */
const cellLimit = 100

/** Walks the records of a workbook's stream once; `undefined` when it does not begin as one. */
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

/** A link ([MS-XLS], section 2.4.140, and [MS-OSHARED], section 2.3.7.1): the cells, then the address as a URL moniker. */
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
