import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { attemptDownload, type DownloadLimits } from './attempt-download.js'
import { judgeAddress } from './judge-address.js'
import { removePartial } from './partial-download.js'

/** How to download. */
export interface DownloadOptions extends DownloadLimits {
  /** Milliseconds to wait before each further attempt: as many attempts as there are, and one. */
  readonly pauses: readonly number[]
  /** Told why another attempt is made. */
  readonly retrying?: (problem: string) => void
}

/** The longest that a server may ask us to wait, in milliseconds. */
const longestWait = 60_000

/**
 * Downloads a file over https. Problems that may pass (5xx, 429, a broken or silent connection) are tried again, from where the
 * last attempt stopped if the server can. Undefined when the file is there; else a sentence that follows the address.
 */
export async function downloadFile(address: URL, file: string, options: DownloadOptions): Promise<string | undefined> {
  const fault = judgeAddress(address)
  if (fault !== undefined) return fault
  try {
    await mkdir(path.dirname(file), { recursive: true })
  } catch (error) {
    return `could not be saved: ${error instanceof Error ? error.message : String(error)}`
  }
  for (let attempt = 0; ; attempt += 1) {
    const outcome = await attemptDownload(address, file, options)
    if (outcome.kind === 'done') return undefined
    const pause = options.pauses[attempt]
    if (outcome.kind === 'failed') {
      await removePartial(file)
      return outcome.problem
    }
    if (pause === undefined) return `${outcome.problem}; ${attempt + 1} attempts were made`
    options.retrying?.(outcome.problem)
    await sleep(Math.max(pause, Math.min(outcome.after ?? 0, longestWait)))
  }
}
