import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createBundleReader, type ReadBundle } from '../attack/bundle/read-bundle.js'
import { createBundleReducer } from '../attack/bundle/reduce-bundle.js'

/** A bundle's bytes, as far as the program needs them, and the digest of the whole file. */
interface AttackFile {
  readonly bytes: Uint8Array
  readonly sha256: string
}

/**
 * Reads the file of an ATT&CK bundle piece by piece, so that memory never holds it whole. Undefined when that can't be done: the
 * file is no bundle, too large (in bytes), or can't be read. Whoever then reads it whole finds out why.
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

/** Reads a STIX bundle's file piece by piece. What its JSON means is `readAttackBundle`'s affair. */
export async function readBundle(path: string): Promise<ReadBundle> {
  const reader = createBundleReader()
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 })) {
      if (!(chunk instanceof Uint8Array) || !reader.push(chunk)) break
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    return { problem: code === 'ENOENT' ? 'does not exist' : code === 'EISDIR' ? 'is a folder' : `could not be read (${code})` }
  }
  return reader.finish()
}
