import type { Report } from '../diagnostics/diagnostic.js'
import type { DocumentFile } from './decoded.js'
import { joinBytes } from './join-bytes.js'

/** Whether a file has the signature of gzip (RFC 1952, section 2.3.1) and its only compression method, deflate. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8
}

/** Size limit of an unpacked document, in bytes: a few kilobytes of gzip may contain gigabytes. */
const inflatedLimit = 256 * 1024 * 1024

/**
 * The document in a gzip file. It keeps the name and the digest of the gzip file, which is what the user gave. Undefined and
 * reported if the gzip file is damaged or cut off (`read/malformed`), or contains more than the limit (`read/too-large`).
 */
export async function inflateFile(file: DocumentFile, report: Report, limit = inflatedLimit): Promise<DocumentFile | undefined> {
  const origin = { document: file.name, place: { kind: 'file' } } as const
  const reader = new Blob([new Uint8Array(file.bytes)]).stream().pipeThrough(new DecompressionStream('gzip')).getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      const chunk: Uint8Array = next.value
      size += chunk.length
      if (size > limit) {
        await reader.cancel()
        report('read/too-large', {
          message: 'The gzip file is larger than the limit when unpacked',
          origin,
          expected: `at most ${Math.floor(limit / 1024 / 1024)} MB`,
          hint: 'Unpack it yourself if you trust it.',
        })
        return undefined
      }
      chunks.push(chunk)
    }
  } catch {
    report('read/malformed', { message: 'The gzip file is damaged or cut off', origin })
    return undefined
  }
  return { ...file, bytes: joinBytes(chunks) }
}
