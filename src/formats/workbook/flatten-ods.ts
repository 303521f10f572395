import { inflateMember } from './inflate-member.js'
import { storeZip } from './store-zip.js'

/** What may stand around rows: OpenDocument 1.3, part 3, sections 9.1.5 (repeated headers), 9.1.8 (outlines) and 9.1.11. */
const rowContainers = /<\/?table:table-(?:header-rows|row-group|rows)(?:\s[^<>]*)?\/?>/g

/**
 * An OpenDocument spreadsheet in which all rows stand directly in their tables: hucre reads no others, and LibreOffice puts those that are
 * printed on each page, and those of outlines, into elements of their own. The same bytes where there are none, or where the archive
 * is one that hucre will refuse.
 */
export async function flattenOds(bytes: Uint8Array): Promise<Uint8Array> {
  try {
    const [mimetype, content] = [await inflateMember(bytes, 'mimetype'), await inflateMember(bytes, 'content.xml')]
    if (!mimetype || !content) return bytes
    const xml = new TextDecoder().decode(content)
    const flat = xml.replaceAll(rowContainers, '')
    if (flat.length === xml.length) return bytes
    return storeZip([{ name: 'mimetype', content: mimetype }, { name: 'content.xml', content: new TextEncoder().encode(flat) }])
  } catch {
    return bytes
  }
}
