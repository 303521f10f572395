import { type FileHandle, open, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tool } from '../model/tool.js'
import { checkAddress, maxRedirects, redirectCodes } from './addresses.js'

/** The response of a server, or why there is none, as a predicate that completes "<address> …". */
type DownloadResponse = { readonly response: Response } | { readonly problem: string }

/** Requests a file, or the rest of a partial one. Follows redirects that `checkAddress` allows. Throws on network errors. */
export async function requestDownload(address: URL, partial: PartialDownload, signal: AbortSignal): Promise<DownloadResponse> {
  const headers = {
    // Ranges refer to the bytes as sent: a compressed response could not be resumed.
    'accept-encoding': 'identity',
    'user-agent': tool.name,
    ...(partial.size > 0 && { range: `bytes=${partial.size}-`, 'if-range': partial.etag }),
  }
  let current = address
  for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
    const response = await fetch(current.href, { headers, redirect: 'manual', signal })
    const location = response.headers.get('location')
    if (!redirectCodes.has(response.status) || location === null) return { response }
    await response.body?.cancel()
    const next = URL.canParse(location, current.href) ? new URL(location, current) : undefined
    const fault = next ? checkAddress(next, current) : undefined
    if (!next || fault !== undefined) return { problem: `redirects to ${location}, which ${fault ?? 'is not a valid URL'}` }
    current = next
  }
  return { problem: `redirects more than ${maxRedirects} times` }
}

/** A partially downloaded file, and the entity tag of the complete file. */
interface PartialDownload {
  /** In bytes; 0 if nothing can be resumed. */
  readonly size: number
  readonly etag: string
}

const nothing: PartialDownload = { size: 0, etag: '' }

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
export async function startPartial(file: string, address: string, etag: string | null): Promise<FileHandle> {
  await removePartial(file)
  if (etag !== null && isStrong(etag)) await writeFile(noteOf(file), `${etag}\n${address}`)
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
