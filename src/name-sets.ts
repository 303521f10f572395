import { artifactBaseName } from './model/artifact-base-name.js'
import type { ResolvedSet } from './model/mapping-set.js'
import type { PlacedSet } from './requests.js'

/**
 * The base name of each set's artefacts, unique in its folder: two sets whose names differ only in characters that file names can't have,
 * or not at all, are told apart by a number.
 */
export function nameSets(sets: readonly PlacedSet[]): ReadonlyMap<ResolvedSet, string> {
  const taken = new Map<string, number>()
  return new Map(sets.map(({ folder, set }) => {
    const name = artifactBaseName(set)
    // File systems that ignore case would let one overwrite the other.
    const key = `${folder}/${name}`.toLowerCase()
    const nth = (taken.get(key) ?? 0) + 1
    taken.set(key, nth)
    return [set, nth === 1 ? name : `${name}_${nth}`]
  }))
}
