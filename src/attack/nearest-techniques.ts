import { compareText } from '../model/compare-text.js'
import type { AttackReleaseView, AttackTechnique } from './attack-index.js'
import { editDistance } from './edit-distance.js'
import { normaliseName } from './normalise-name.js'

const most = 3
const farthest = 2
/** Longer than any id with a few characters too many: hostile text is not compared. */
const longestId = 12

/**
 * The techniques of a release that an unknown id may mean, at most three, nearest id first: those that bear the name that
 * stands beside it, else those whose ids differ in two characters at most. Active ones come before others.
 */
export function nearestTechniques(release: AttackReleaseView, id: string, name?: string): readonly AttackTechnique[] {
  const named = name === undefined ? [] : findNamed(release, name)
  const candidates = named.length > 0 ? named : id.length <= longestId ? release.techniques() : []
  const upper = id.slice(0, longestId).toUpperCase()
  const ranked = candidates
    .map((technique) => ({ technique, distance: editDistance(upper, technique.id) }))
    .filter(({ distance }) => named.length > 0 || distance <= farthest)
    .toSorted((left, right) => left.distance - right.distance || compareTechniques(left.technique, right.technique))
  return ranked.slice(0, most).map(({ technique }) => technique)
}

function findNamed(release: AttackReleaseView, name: string): readonly AttackTechnique[] {
  const wanted = normaliseName(name)
  const named = release.techniques().filter((technique) => normaliseName(technique.name) === wanted)
  const active = named.filter(({ status }) => status === 'active')
  return active.length > 0 ? active : named
}

function compareTechniques(left: AttackTechnique, right: AttackTechnique): number {
  return Number(left.status !== 'active') - Number(right.status !== 'active') || compareText(left.id, right.id)
}
