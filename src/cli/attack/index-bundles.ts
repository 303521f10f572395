import type { AttackRelease } from '../../attack/attack-release.js'
import { compileAttackIndex } from '../../attack/compile-attack-index.js'
import { readAttackBundle } from '../../attack/read-attack-bundle.js'
import { releaseName } from '../../attack/release-name.js'
import { renderIndexData } from '../../attack/render-index-data.js'
import { readBundle } from '../../io/read-bundle.js'

/** What became of the bundles: the index's text when every one was understood, and what there is to tell. */
export interface IndexedBundles {
  readonly text?: string
  readonly releases: readonly AttackRelease[]
  /** Sentences; with these there is no text. */
  readonly problems: readonly string[]
  /** Sentences about objects left out. */
  readonly notes: readonly string[]
}

/** Compiles the bundles of some files into an index. The order of the files makes no difference. */
export async function indexBundles(files: readonly string[]): Promise<IndexedBundles> {
  const releases = new Map<string, { readonly release: AttackRelease; readonly file: string }>()
  const problems: string[] = []
  const notes: string[] = []
  for (const file of files) {
    const read = await readBundle(file)
    const result = 'problem' in read ? read : readAttackBundle(read.value, { fileName: file.replace(/^.*[/\\]/, '') })
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
  const all = Array.from(releases.values(), ({ release }) => release)
  return { releases: all, problems, notes, ...(problems.length === 0 && { text: renderIndexData(compileAttackIndex(all)) }) }
}
