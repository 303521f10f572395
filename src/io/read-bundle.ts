import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createBundleReader, type ReadBundle } from '../attack/bundle/read-bundle.js'
import { createBundleReducer } from '../attack/bundle/reduce-bundle.js'
import { errorCode } from './files.js'

/** A reduced bundle, and the SHA-256 digest of the original file. */
interface AttackFile {
  readonly bytes: Uint8Array
  readonly sha256: string
}

/**
 * Reads and reduces an ATT&CK bundle as a stream, so that it is never in memory as a whole. Undefined if the file is not a bundle, larger
 * than `maxBytes`, or unreadable; the caller reads it again as a whole to report why.
 */
export async function readAttackFile(file: string, maxBytes: number): Promise<AttackFile | undefined> {
  const reducer = createBundleReducer()
  const hash = createHash('sha256')
  try {
    const entry = await stat(file)
    if (!entry.isFile() || entry.size > maxBytes) return undefined
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 18 })) {
      if (!(chunk instanceof Uint8Array) || !reducer.push(chunk)) return undefined
      hash.update(chunk)
    }
  } catch {
    return undefined
  }
  const bytes = reducer.finish()
  return bytes && { bytes, sha256: hash.digest('hex') }
}

/** Reads a STIX bundle as a stream, for `readAttackBundle`. */
export async function readBundle(path: string): Promise<ReadBundle> {
  const reader = createBundleReader()
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 })) {
      if (!(chunk instanceof Uint8Array) || !reader.push(chunk)) break
    }
  } catch (error) {
    const code = errorCode(error)
    return { problem: code === 'ENOENT' ? 'does not exist' : code === 'EISDIR' ? 'is a folder' : `could not be read (${code})` }
  }
  return reader.finish()
}
