import { createReadStream } from 'node:fs'
import { createBundleReader, type ReadBundle } from '../attack/bundle/create-bundle-reader.js'

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
