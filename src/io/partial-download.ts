import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, open, readFile, rm, stat, writeFile } from 'node:fs/promises'
import type { OfferedRelease } from '../attack/collection-index.js'

/** A partially downloaded file, and the entity tag of the complete file. */
export interface PartialDownload {
  /** In bytes; 0 if nothing can be resumed. */
  readonly size: number
  readonly etag: string
}

/** Nothing to resume. */
export const nothing: PartialDownload = { size: 0, etag: '' }

/** Finds what an earlier attempt downloaded; nothing without a tag for this address, since it may be part of another file. */
export async function findPartial(file: string, address: string): Promise<PartialDownload> {
  try {
    const [etag = '', notedAddress] = (await readFile(noteOf(file), 'utf8')).split('\n')
    const { size } = await stat(file)
    return notedAddress === address && isStrong(etag) ? { size, etag } : nothing
  } catch {
    return nothing
  }
}

/** Starts over, and stores the tag that a later attempt needs to resume. */
export async function startPartial(file: string, address: string, etag: string | undefined): Promise<FileHandle> {
  await removePartial(file)
  if (etag !== undefined && isStrong(etag)) await writeFile(noteOf(file), `${etag}\n${address}`)
  return open(file, 'w')
}

/** Removes a partial file and its tag. */
export async function removePartial(file: string): Promise<void> {
  await rm(noteOf(file), { force: true })
  await rm(file, { force: true })
}

/** Whether a tag is strong: weak ones do not guarantee the same bytes (RFC 9110, section 8.8.1). */
function isStrong(etag: string): boolean {
  return /^"[\x21\x23-\x7E]{1,200}"$/.test(etag)
}

function noteOf(file: string): string {
  return `${file}.etag`
}

/** How a file differs from the size or the digest that an index states, as a predicate; undefined if it states none or they agree. */
export async function compareFile(file: string, { size, digest }: Pick<OfferedRelease, 'size' | 'digest'>): Promise<string | undefined> {
  if (size !== undefined) {
    const found = (await stat(file)).size
    if (found !== size) return `has ${found} bytes, not ${size} as the index states`
  }
  if (!digest) return undefined
  const hash = createHash(digest.algorithm)
  for await (const chunk of createReadStream(file)) if (chunk instanceof Uint8Array) hash.update(chunk)
  const found = hash.digest('hex')
  return found === digest.hex ? undefined : `has the ${digest.algorithm} digest ${found}, not ${digest.hex} as the index states`
}
