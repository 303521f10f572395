import type { ReferencedTechnique, RowCount } from './referenced-techniques.js'

/** A release that rows of a set refer to. */
export type ReferencedRelease = RowCount & Pick<ReferencedTechnique, 'release' | 'statedVersion'>

/** The distinct releases of a set's rows, in order of appearance: the set's own and those that single rows state. */
export function referencedReleases(techniques: readonly ReferencedTechnique[]): readonly ReferencedRelease[] {
  const found = new Map<string, ReferencedRelease>()
  for (const { release, statedVersion, count, origin } of techniques) {
    const key = `${release.domain} ${statedVersion ?? ''}`
    const known = found.get(key)
    if (known) known.count += count
    else found.set(key, { release, count, ...(statedVersion !== undefined && { statedVersion }), ...(origin && { origin }) })
  }
  return [...found.values()]
}
