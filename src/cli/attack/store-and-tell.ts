import type { AttackRelease } from '../../attack/attack-release.js'
import { loadAttackIndex } from '../../attack/load-attack-index.js'
import { releaseName } from '../../attack/release-name.js'
import { neutralise } from '../../diagnostics/reporters/neutralise.js'
import { storeRelease } from '../../io/release-store.js'
import { countNoun } from '../../diagnostics/count-noun.js'
import { UsageError } from '../usage-error.js'

/** Keeps a release in the user's data folder, and says what was kept. A folder that can't be written is the user's to mend. */
export async function storeAndTell(dataFolder: string, release: AttackRelease, from: string): Promise<void> {
  const name = releaseName(release)
  let file: string
  try {
    file = await storeRelease(dataFolder, release, from)
  } catch (error) {
    throw new UsageError(`${name} could not be kept: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
  const counts = `${countNoun(release.tactics.length, 'tactic')}, ${countNoun(release.techniques.length, 'technique')}`
  const isShipped = (await loadAttackIndex()).versions(release.domain).includes(release.version)
  const note = isShipped ? '\nIt is used in place of the one that comes with Crosswalk.' : ''
  process.stdout.write(`${neutralise(`${name}: ${counts}, kept in ${file}`)}${note}\n`)
}
