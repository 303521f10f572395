import { joinBytes } from '../decode-characters.js'
import { displayValue, type RawSheet, toRawSheet } from './read-xlsx.js'
import { checksum, inflateMember, type ZipEntry } from './survey-zip.js'

/**
 * Reads OpenDocument spreadsheets with hucre. `entries` are the members of the archive. Throws errors of hucre: the file is
 * damaged, or protected.
 */
export async function readOds(bytes: Uint8Array, entries: readonly ZipEntry[]): Promise<readonly RawSheet[]> {
  const hucre = await import('hucre/ods')
  const { sheets } = await hucre.readOds(await flattenOds(bytes, entries))
  return sheets.map((sheet) => toRawSheet(sheet, displayValue))
}

/** Elements that may contain rows: OpenDocument 1.3, part 3, sections 9.1.5 (repeated headers), 9.1.8 (outlines) and 9.1.11. */
const rowContainers = /<\/?table:table-(?:header-rows|row-group|rows)(?:\s[^<>]*)?\/?>/g

/**
 * An OpenDocument spreadsheet in which all rows are children of their tables: hucre reads no others, and LibreOffice puts rows that are
 * repeated on each page, and those of outlines, into elements of their own. The same bytes if there are none of these, or if the archive
 * is one that hucre will refuse.
 */
async function flattenOds(bytes: Uint8Array, entries: readonly ZipEntry[]): Promise<Uint8Array> {
  try {
    const [mimetype, content] = [await inflateMember(bytes, entries, 'mimetype'), await inflateMember(bytes, entries, 'content.xml')]
    if (!mimetype || !content) return bytes
    const xml = new TextDecoder().decode(content)
    const flat = xml.replaceAll(rowContainers, '')
    if (flat.length === xml.length) return bytes
    return storeZip([{ name: 'mimetype', content: mimetype }, { name: 'content.xml', content: new TextEncoder().encode(flat) }])
  } catch {
    return bytes
  }
}

/** A member of an archive. */
interface StoredMember {
  readonly name: string
  readonly content: Uint8Array
}

/** A ZIP archive of uncompressed members (APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16), without dates. */
function storeZip(members: readonly StoredMember[]): Uint8Array {
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

/** Groups of numbers, alternately of 32 and of 16 bits, little-endian. */
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
