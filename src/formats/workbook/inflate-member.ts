import { surveyZip } from './survey-zip.js'

/** More members than this has no spreadsheet. */
const mostMembers = 10_000

/** Local headers: APPNOTE 6.3.10, section 4.3.7. */
const headerLength = 30

/**
 * The bytes of a member of a ZIP archive. Undefined where there is none, or where it is not what the directory says: encrypted, cut off, or
 * larger than declared. Throws what DecompressionStream throws at damaged data.
 */
export async function inflateMember(bytes: Uint8Array, name: string): Promise<Uint8Array | undefined> {
  const entry = surveyZip(bytes, mostMembers)?.find((one) => one.name === name)
  if (!entry || entry.encrypted || entry.offset + headerLength > bytes.length) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const start = entry.offset + headerLength + view.getUint16(entry.offset + 26, true) + view.getUint16(entry.offset + 28, true)
  const packed = bytes.subarray(start, start + entry.compressed)
  if (packed.length !== entry.compressed) return undefined
  return entry.stored ? packed : inflate(packed, entry.inflated)
}

/** Stops where more comes than the directory declares, which was judged before. */
async function inflate(packed: Uint8Array, size: number): Promise<Uint8Array | undefined> {
  const reader = new Blob([new Uint8Array(packed)]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader()
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
