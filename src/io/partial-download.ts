import { open, readFile, rm, stat, writeFile, type FileHandle } from 'node:fs/promises'

/** What there is of a file, and the entity tag that the server gave to the whole. */
export interface PartialDownload {
  /** In bytes; 0 when nothing can be resumed. */
  readonly size: number
  readonly etag: string
}

const nothing: PartialDownload = { size: 0, etag: '' }

/** What an earlier attempt left. Without a tag for this address nothing does: it may be a piece of something else. */
export async function findPartial(file: string, address: string): Promise<PartialDownload> {
  try {
    const noted = await readFile(noteOf(file), 'utf8')
    const [etag = '', notedAddress] = noted.split('\n')
    const { size } = await stat(file)
    return notedAddress === address && isStrong(etag) ? { size, etag } : nothing
  } catch {
    return nothing
  }
}

/** Begins anew, and notes the tag under which the rest can be asked for later. */
export async function startPartial(file: string, address: string, etag: string | null): Promise<FileHandle> {
  await removePartial(file)
  if (etag !== null && isStrong(etag)) await writeFile(noteOf(file), `${etag}\n${address}`)
  return open(file, 'w')
}

/** Deletes what there is. */
export async function removePartial(file: string): Promise<void> {
  await rm(noteOf(file), { force: true })
  await rm(file, { force: true })
}

/** Weak tags say nothing about bytes (RFC 9110, section 8.8.1). */
function isStrong(etag: string): boolean {
  return /^"[\x21\x23-\x7E]{1,200}"$/.test(etag)
}

function noteOf(file: string): string {
  return `${file}.etag`
}
