/** The first bytes of a compound file. */
export const oleSignature = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1] as const

/** More directory sectors than any document has. */
const sectorLimit = 4096

/**
 * The names of the streams and storages of a compound file ([MS-CFB], sections 2.2, 2.3 and 2.6): what tells an Excel 97 workbook from a
 * Word document or an encrypted one. Undefined when the file is cut off or damaged. Reads the header and the directory only.
 */
export function listOleStreams(bytes: Uint8Array): readonly string[] | undefined {
  if (bytes.length < 512 || oleSignature.some((byte, index) => bytes[index] !== byte)) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const shift = view.getUint16(30, true)
  if (shift !== 9 && shift !== 12) return undefined
  const size = 1 << shift
  const names: string[] = []
  let sector = view.getUint32(48, true)
  for (let read = 0; sector <= 0xfffffffa; read += 1) {
    const start = (sector + 1) * size
    if (read > sectorLimit || start + size > bytes.length) return undefined
    for (let entry = start; entry < start + size; entry += 128) {
      const length = view.getUint16(entry + 64, true)
      if (length >= 2 && length <= 64) names.push(new TextDecoder('utf-16le').decode(bytes.subarray(entry, entry + length - 2)))
    }
    const next = nextSector(view, sector, size)
    if (next === undefined) return undefined
    sector = next
  }
  return names
}

/** The next sector of a chain, by the allocation table; its first 109 sectors are listed in the header, which is enough for directories. */
function nextSector(view: DataView, sector: number, size: number): number | undefined {
  const perSector = size / 4
  const table = Math.floor(sector / perSector)
  if (table >= 109) return undefined
  const tableSector = view.getUint32(76 + table * 4, true)
  const at = (tableSector + 1) * size + (sector % perSector) * 4
  return at + 4 > view.byteLength ? undefined : view.getUint32(at, true)
}
