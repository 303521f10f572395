import type { Report } from '../diagnostics/diagnostic.js'
import type { DocumentFile } from './decoded.js'

/** Whether a file begins as gzip does (RFC 1952, section 2.3.1), with the one compression method that exists. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8
}

/** The largest document that is unpacked, in bytes: a few kilobytes of gzip can hold gigabytes. */
const inflatedLimit = 256 * 1024 * 1024

/**
 * The file that a gzip file holds, under the name of the gzip file and with its digest: that is the document which the user gave.
 * Undefined, and reported, where the file is damaged or cut off (`read/malformed`) or holds more than the limit
 * (`read/too-large`).
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
          message: 'The gzip file holds more than is unpacked',
          origin,
          expected: `at most ${Math.floor(limit / 1024 / 1024)} MB`,
          hint: 'unpack it yourself if you trust it',
        })
        return undefined
      }
      chunks.push(chunk)
    }
  } catch {
    report('read/malformed', { message: 'The gzip file is damaged or breaks off', origin })
    return undefined
  }
  return { ...file, bytes: join(chunks, size) }
}

function join(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return bytes
}
