import { readdir, readFile, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'
import type { ReleaseFacts } from '../attack/attack-index.js'
import { renderStoredRelease } from '../attack/stored-index.js'
import type { DocumentFile } from '../formats/decoded.js'
import { compareText } from '../model/compare-text.js'
import { createDocumentFile, writeFileAtomically } from './files.js'

type ReleaseId = Pick<ReleaseFacts, 'domain' | 'version'>

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
export async function storeRelease(dataFolder: string, release: ReleaseFacts, from: string): Promise<string> {
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

/** What decides about the folder. */
interface DataSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  /** As node names it: "linux", "darwin", "win32". */
  readonly platform: string
  readonly home: string
}

/**
 * The folder that holds what a user adds. CROSSWALK_DATA wins; else `crosswalk` in the platform's place for data of programs:
 * XDG_DATA_HOME or ~/.local/share (XDG Base Directory Specification 0.8; relative paths are to be ignored), macOS's
 * ~/Library/Application Support, Windows' %LOCALAPPDATA%.
 */
export function userDataFolder(surroundings: DataSurroundings = processSurroundings()): string {
  const { env, platform, home } = surroundings
  const stated = env['CROSSWALK_DATA'] ?? ''
  return stated === '' ? path.join(platformFolder(env, platform, home), 'crosswalk') : path.resolve(stated)
}

function platformFolder(env: DataSurroundings['env'], platform: string, home: string): string {
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support')
  if (platform === 'win32') return absolute(env['LOCALAPPDATA']) ?? path.join(home, 'AppData', 'Local')
  return absolute(env['XDG_DATA_HOME']) ?? path.join(home, '.local', 'share')
}

function absolute(folder = ''): string | undefined {
  return path.isAbsolute(folder) ? folder : undefined
}

function processSurroundings(): DataSurroundings {
  return { env: process.env, platform: process.platform, home: homedir() }
}
