import { judgeAddress } from './judge-address.js'
import type { PartialDownload } from './partial-download.js'

const mostRedirects = 5

/** A server's answer, or why there is none to be had. */
export type DownloadAnswer = { readonly response: Response } | { readonly problem: string }

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
    const fault = next ? judgeAddress(next, current) : undefined
    if (!next || fault !== undefined) return { problem: `was redirected to ${location}, which ${fault ?? 'is no address'}` }
    current = next
  }
  return { problem: `was redirected more than ${mostRedirects} times` }
}
