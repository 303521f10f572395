import { readdir, readFile, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'
import type { ReleaseFacts } from '../attack/attack-index.js'
import { renderStoredRelease } from '../attack/stored-index.js'
import type { DocumentFile } from '../formats/decoded.js'
import { compareText } from '../model/text.js'
import { createDocumentFile } from './files.js'
import { writeFileAtomically } from './write-files.js'

type ReleaseId = Pick<ReleaseFacts, 'domain' | 'version'>

const storedName = /^(?:enterprise|mobile|ics)-\d{1,3}\.\d{1,3}\.json$/

/** Folder of the releases that the user added, below `userDataFolder`. */
export function releaseFolder(dataFolder: string): string {
  return path.join(dataFolder, 'attack')
}

/** Files of the releases that the user added, sorted by name; none if the folder does not exist. Unreadable files have no bytes. */
export async function readStoredReleases(dataFolder: string): Promise<readonly DocumentFile[]> {
  const folder = releaseFolder(dataFolder)
  const names = await readdir(folder).catch(() => [])
  return Promise.all(names.filter((name) => storedName.test(name)).toSorted(compareText).map(async (name) => {
    const file = path.join(folder, name)
    const bytes = await readFile(file).catch(() => new Uint8Array())
    return createDocumentFile(name, file, bytes, () => undefined) ?? { name, path: file, bytes, sha256: '' }
  }))
}

/**
 * Why a release cannot be stored, as a predicate that completes "<file> …"; undefined if it can. A bundle without tactics only refers to
 * techniques, as our own bundles do: stored, it would replace the real release.
 */
export function describeUnusableRelease({ tactics }: ReleaseFacts): string | undefined {
  return tactics.length === 0 ? 'contains no ATT&CK tactics: it is not an ATT&CK release' : undefined
}

/** Writes a release atomically, replacing the same one. Returns the path of the file. Throws if it cannot be written. */
export async function storeRelease(dataFolder: string, release: ReleaseFacts, from: string): Promise<string> {
  const file = fileOf(dataFolder, release)
  await writeFileAtomically(file, new TextEncoder().encode(renderStoredRelease(release, from)))
  return file
}

/** Removes a release; false if it does not exist. */
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

/** The environment that decides where the data folder is. */
interface DataEnvironment {
  readonly env: Readonly<Record<string, string | undefined>>
  /** `process.platform`: "linux", "darwin", "win32". */
  readonly platform: string
  readonly home: string
}

/**
 * Folder for data that the user adds: CROSSWALK_DATA, else `crosswalk` in the platform's folder for application data: XDG_DATA_HOME or
 * ~/.local/share (XDG Base Directory Specification 0.8; relative paths are ignored), ~/Library/Application Support on macOS,
 * %LOCALAPPDATA% on Windows.
 */
export function userDataFolder({ env, platform, home }: DataEnvironment = processEnvironment()): string {
  const stated = env['CROSSWALK_DATA'] ?? ''
  return stated === '' ? path.join(platformFolder(env, platform, home), 'crosswalk') : path.resolve(stated)
}

function platformFolder(env: DataEnvironment['env'], platform: string, home: string): string {
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support')
  if (platform === 'win32') return absolute(env['LOCALAPPDATA']) ?? path.join(home, 'AppData', 'Local')
  return absolute(env['XDG_DATA_HOME']) ?? path.join(home, '.local', 'share')
}

function absolute(folder = ''): string | undefined {
  return path.isAbsolute(folder) ? folder : undefined
}

function processEnvironment(): DataEnvironment {
  return { env: process.env, platform: process.platform, home: homedir() }
}
