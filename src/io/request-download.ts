import { type FileHandle, open, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { refuseAddress } from './addresses.js'

const mostRedirects = 5

/** A server's answer, or why there is none to be had. */
type DownloadAnswer = { readonly response: Response } | { readonly problem: string }

/** Asks for a file, or the rest of it. Follows redirects to addresses that `judgeAddress` allows. Throws on network errors. */
export async function requestDownload(address: URL, partial: PartialDownload, signal: AbortSignal): Promise<DownloadAnswer> {
  const headers = {
    // Ranges count the bytes that are sent: compressed ones could not be resumed.
    'accept-encoding': 'identity',
    'user-agent': 'attack-crosswalk',
    ...(partial.size > 0 && { range: `bytes=${partial.size}-`, 'if-range': partial.etag }),
  }
  let current = address
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const response = await fetch(current.href, { headers, redirect: 'manual', signal })
    const location = response.headers.get('location')
    if (![301, 302, 303, 307, 308].includes(response.status) || location === null) return { response }
    await response.body?.cancel()
    const next = URL.canParse(location, current.href) ? new URL(location, current) : undefined
    const fault = next ? refuseAddress(next, current) : undefined
    if (!next || fault !== undefined) return { problem: `was redirected to ${location}, which ${fault ?? 'is no address'}` }
    current = next
  }
  return { problem: `was redirected more than ${mostRedirects} times` }
}

/** What there is of a file, and the entity tag that the server gave to the whole. */
interface PartialDownload {
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
