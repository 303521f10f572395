import { compareText } from '../model/compare-text.js'
import type { AttackReleaseView, AttackTechnique } from './attack-index.js'
import { editDistance } from './edit-distance.js'
import { normaliseName } from './normalise-name.js'

const most = 3
const farthest = 2
/** Longer than any id with a few characters too many: hostile text is not compared. */
const longestId = 12

/**
 * The techniques of a release that an unknown id may mean, at most three: those that bear the name that stands beside it, else
 * those whose ids are nearest to it. Active ones come first.
 */
export function nearestTechniques(release: AttackReleaseView, id: string, name?: string): readonly AttackTechnique[] {
  const wanted = name === undefined ? undefined : normaliseName(name)
  const named = release.techniques().filter((technique) => wanted !== undefined && normaliseName(technique.name) === wanted)
  if (named.length > 0) return named.toSorted(compareTechniques).slice(0, most)
  if (id.length > longestId) return []
  const upper = id.toUpperCase()
  const ranked = release
    .techniques()
    .map((technique) => ({ technique, distance: editDistance(upper, technique.id) }))
    .filter(({ distance }) => distance <= farthest)
    .toSorted((left, right) => left.distance - right.distance || compareTechniques(left.technique, right.technique))
  return ranked.slice(0, most).map(({ technique }) => technique)
}

function compareTechniques(left: AttackTechnique, right: AttackTechnique): number {
  return Number(left.status !== 'active') - Number(right.status !== 'active') || compareText(left.id, right.id)
}
