import path from 'node:path'
import type { AttackRelease } from '../../attack/attack-release.js'
import type { ReleaseHints } from '../../attack/bundle/read-release-name.js'
import { readAttackBundle } from '../../attack/read-attack-bundle.js'
import { releaseName } from '../../attack/release-name.js'
import { readBundle } from '../../io/read-bundle.js'

/** A release and the file that it was read from. */
interface ReleaseFile {
  readonly file: string
  readonly release: AttackRelease
}

/** What became of some bundles. */
export interface ReadReleases {
  readonly releases: readonly ReleaseFile[]
  /** Sentences, each of a bundle that cannot be used. */
  readonly problems: readonly string[]
  /** Sentences about objects left out. */
  readonly notes: readonly string[]
}

/** Reads the bundles of some files, one after the other. Two of the same release are a problem: which would count? */
export async function readReleases(files: readonly string[], stated: ReleaseHints = {}): Promise<ReadReleases> {
  const releases = new Map<string, ReleaseFile>()
  const problems: string[] = []
  const notes: string[] = []
  for (const file of files) {
    const read = await readBundle(file)
    const result = 'problem' in read ? read : readAttackBundle(read.value, { ...stated, fileName: path.basename(file) })
    if ('problem' in result) {
      problems.push(`${file} ${result.problem}`)
      continue
    }
    const { release, skipped } = result
    const name = releaseName(release)
    const other = releases.get(name)
    if (other) problems.push(`${file} and ${other.file} are both ${name}`)
    if (skipped.length > 0) notes.push(`${file}: left out, for want of an id, a name or a date: ${skipped.join(', ')}`)
    releases.set(name, { release, file })
  }
  return { releases: [...releases.values()], problems, notes }
}
