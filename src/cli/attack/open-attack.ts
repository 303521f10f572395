import type { AttackIndex } from '../../attack/attack-index.js'
import { loadAttack } from '../../attack/load-attack.js'
import { releaseName } from '../../attack/release-name.js'
import { parseStoredRelease } from '../../attack/stored-release.js'
import { withBundle } from '../../attack/with-bundle.js'
import { createDiagnosticLog } from '../../diagnostics/diagnostic-log.js'
import { neutralise } from '../../diagnostics/reporters/neutralise.js'
import { readAttackSources } from '../read-attack-sources.js'
import { fail } from './fail.js'
import { readReleases } from './read-releases.js'

/** What is known of ATT&CK, and where what does not come with Crosswalk is from. */
export interface OpenedAttack {
  readonly index: AttackIndex
  /** By the release's name ("Enterprise ATT&CK 19.0"): a path or an address. */
  readonly origins: ReadonlyMap<string, string>
}

/** The releases at hand and that of a bundle named for this run. Undefined, and told, when the bundle cannot be used. */
export async function openAttack(bundle: string | undefined): Promise<OpenedAttack | undefined> {
  const sources = await readAttackSources(undefined)
  const log = createDiagnosticLog()
  const index = await loadAttack(sources, log.report)
  for (const { severity, message, found } of log.entries) {
    process.stderr.write(`${severity}: ${neutralise(found === undefined ? message : `${message}: ${found}`)}\n`)
  }
  const origins = new Map((sources.attackReleases ?? []).flatMap(({ bytes }) => {
    const stored = parseStoredRelease(new TextDecoder().decode(bytes))
    return stored ? [[releaseName(stored.release), stored.from]] : []
  }))
  if (bundle === undefined) return { index, origins }
  const { releases: [named], problems } = await readReleases([bundle])
  if (!named) {
    fail(problems.map((problem) => `--attack ${problem}`))
    return undefined
  }
  return { index: withBundle(index, named.release), origins: origins.set(releaseName(named.release), bundle) }
}
