import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createBundleReducer } from '../attack/bundle/create-bundle-reducer.js'

/** A bundle's bytes, as far as the program needs them, and the digest of the whole file. */
export interface AttackFile {
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
