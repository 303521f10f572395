import path from 'node:path'
import { readAttackBundle } from '../../attack/read-attack-bundle.js'
import { releaseName } from '../../attack/release-name.js'
import { neutralise } from '../../diagnostics/reporters/neutralise.js'
import type { DownloadLimits } from '../../io/attempt-download.js'
import { downloadFile } from '../../io/download-file.js'
import { removePartial } from '../../io/partial-download.js'
import { readBundle } from '../../io/read-bundle.js'
import { releaseFolder } from '../../io/release-store.js'
import { userDataFolder } from '../../io/user-data-folder.js'
import type { Domain } from '../../model/mapping.js'
import type { Terminal } from '../terminal.js'
import { judgeRelease } from './judge-release.js'
import { storeAndTell } from './store-and-tell.js'

/** Which release to download, from where. */
export interface FetchRequest {
  /** Holds folders and files as MITRE's repository attack-stix-data does. */
  readonly base: URL
  readonly domain: Domain
  /** "19.0", or "latest". */
  readonly version: string
  readonly limits: Pick<DownloadLimits, 'stall' | 'maxBytes'>
}

/** Milliseconds before the second, third and fourth attempt. */
const pauses = [1000, 3000, 9000]
const megabyte = 1_000_000

/** Downloads a release, makes sure that it is the one asked for, and keeps it. Undefined, or what went wrong. */
export async function fetchRelease(request: FetchRequest, terminal: Terminal): Promise<string | undefined> {
  const { base, domain, version, limits } = request
  const name = version === 'latest' ? `${domain}-attack.json` : `${domain}-attack-${version}.json`
  const address = new URL(`${base.href.replace(/\/$/, '')}/${domain}-attack/${name}`)
  const file = path.join(releaseFolder(userDataFolder()), 'downloads', `${name}.part`)
  const problem = await downloadFile(address, file, {
    ...limits,
    pauses,
    progress: (done, total) =>
      terminal.progress?.tell(`Fetching ${name} (MB)`, Math.round(done / megabyte), Math.round((total ?? done) / megabyte)),
    retrying: (reason) => {
      terminal.progress?.clear()
      terminal.printMessage(`${neutralise(`${address.href} ${reason}; trying again`)}\n`)
    },
  })
  terminal.progress?.clear()
  if (problem !== undefined) return `${address.href} ${problem}`
  const read = await readBundle(file)
  // From here on the download is either kept in our own form, or no good: to resume it would mend nothing.
  await removePartial(file)
  const result = 'problem' in read ? read : readAttackBundle(read.value, { fileName: name })
  if ('problem' in result) return `${address.href} ${result.problem}; nothing was changed`
  const { release } = result
  const fault = judgeRelease(release)
  if (fault !== undefined) return `${address.href} ${fault}; nothing was changed`
  if (release.domain !== domain || (version !== 'latest' && release.version !== version)) {
    return `${address.href} holds ${releaseName(release)}; nothing was changed`
  }
  await storeAndTell(userDataFolder(), release, address.href)
  return undefined
}
