import type { AttackReleaseView } from './attack-index.js'

export interface ResolvedVersion {
  readonly version: string
  readonly match: AttackReleaseView['match']
}

/**
 * Finds the release for a version as people write it: "16.1", "v16.1", "16", "ATT&CK 16.1". The exact release wins, then the
 * newest of the same major, then the newest of all. `versions` are oldest first; undefined when there are none.
 */
export function resolveVersion(versions: readonly string[], wanted?: string): ResolvedVersion | undefined {
  const newest = versions.at(-1)
  if (newest === undefined) return undefined
  const [major, minor] = readVersion(wanted)
  if (major === undefined) return { version: newest, match: 'newest' }
  const exact = `${major}.${minor ?? ''}`
  if (versions.includes(exact)) return { version: exact, match: 'exact' }
  const sameMajor = versions.findLast((version) => version.startsWith(`${major}.`))
  return sameMajor === undefined ? { version: newest, match: 'newest' } : { version: sameMajor, match: 'major' }
}

function readVersion(wanted = ''): readonly [major?: string, minor?: string] {
  const parts = /^(?:att&ck)?[ -]?v?0{0,2}(\d{1,4})(?:\.0{0,2}(\d{1,4}))?(?:\.0)?$/.exec(wanted.trim().toLowerCase())
  return parts?.[1] === undefined ? [] : parts[2] === undefined ? [parts[1]] : [parts[1], parts[2]]
}
