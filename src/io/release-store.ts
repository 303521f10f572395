import { readFile, readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import type { AttackRelease } from '../attack/attack-release.js'
import { renderStoredRelease } from '../attack/stored-release.js'
import type { DocumentFile } from '../formats/decoded.js'
import { compareText } from '../model/compare-text.js'
import { createDocumentFile } from './read-document.js'
import { writeFileAtomically } from './write-file-atomically.js'

type ReleaseId = Pick<AttackRelease, 'domain' | 'version'>

const storedName = /^(?:enterprise|mobile|ics)-\d{1,3}\.\d{1,3}\.json$/

/** Where a user's releases lie, below the folder of `userDataFolder`. */
export function releaseFolder(dataFolder: string): string {
  return path.join(dataFolder, 'attack')
}

/** The files of a user's releases, by name; none when the folder does not exist. What can't be read comes as no bytes. */
export async function readStoredReleases(dataFolder: string): Promise<readonly DocumentFile[]> {
  const folder = releaseFolder(dataFolder)
  const names = await readdir(folder).catch(() => [])
  return Promise.all(names.filter((name) => storedName.test(name)).toSorted(compareText).map(async (name) => {
    const file = path.join(folder, name)
    const bytes = await readFile(file).catch(() => new Uint8Array())
    return createDocumentFile(name, file, bytes, () => undefined) ?? { name, path: file, bytes, sha256: '' }
  }))
}

/** Writes a release whole or not at all, in place of the same one if there is one. Returns the file. Throws when it can't. */
export async function storeRelease(dataFolder: string, release: AttackRelease, from: string): Promise<string> {
  const file = fileOf(dataFolder, release)
  await writeFileAtomically(file, new TextEncoder().encode(renderStoredRelease(release, from)))
  return file
}

/** Deletes a release; false when there is none. */
export async function removeStoredRelease(dataFolder: string, release: ReleaseId): Promise<boolean> {
  try {
    await rm(fileOf(dataFolder, release))
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
    throw error
  }
}

function fileOf(dataFolder: string, { domain, version }: ReleaseId): string {
  return path.join(releaseFolder(dataFolder), `${domain}-${version}.json`)
}
