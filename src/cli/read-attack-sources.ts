import path from 'node:path'
import type { AttackSources } from '../attack/attack-sources.js'
import type { DocumentFile } from '../formats/decoded.js'
import { readGivenFile } from './read-given-file.js'

/** The largest ATT&CK bundle to read, in bytes; those of one release take some fifty megabytes. */
const largestBundle = 1_000_000_000

/** The releases that the user added, and the bundle of `--attack`. */
export async function readAttackSources(attack: string | undefined): Promise<AttackSources> {
  const [{ readStoredReleases }, { userDataFolder }] = await Promise.all([
    import('../io/release-store.js'),
    import('../io/user-data-folder.js'),
  ])
  const attackReleases = await readStoredReleases(userDataFolder())
  return {
    ...(attackReleases.length > 0 && { attackReleases }),
    ...(attack !== undefined && { attackBundle: await readBundle(attack) }),
  }
}

/** A bundle without what nothing is made of; the whole file where it is no bundle, so that what is wrong with it can be said. */
async function readBundle(file: string): Promise<DocumentFile> {
  const { readAttackFile } = await import('../io/read-attack-file.js')
  const read = await readAttackFile(file, largestBundle)
  return read ? { name: path.basename(file), path: file, ...read } : readGivenFile('--attack', file, largestBundle)
}
