import type { AttackRelease } from '../../attack/attack-release.js'
import { compileAttackIndex } from '../../attack/compile-attack-index.js'
import { renderIndexData } from '../../attack/render-index-data.js'
import { readReleases, type ReadReleases } from './read-releases.js'

/** What became of the bundles: the index's text when every one was understood, and what there is to tell. */
export interface IndexedBundles extends Pick<ReadReleases, 'problems' | 'notes'> {
  /** Absent when there are problems. */
  readonly text?: string
  readonly releases: readonly AttackRelease[]
}

/** Compiles the bundles of some files into an index. The order of the files makes no difference. */
export async function indexBundles(files: readonly string[]): Promise<IndexedBundles> {
  const { releases: found, problems, notes } = await readReleases(files)
  const releases = found.map(({ release }) => release)
  return { releases, problems, notes, ...(problems.length === 0 && { text: renderIndexData(compileAttackIndex(releases)) }) }
}
