import { compareText } from '../model/compare-text.js'
import type { Domain } from '../model/mapping.js'
import { attackDomains } from '../model/vocabulary.js'
import type { AttackIndex, AttackReleaseView, AttackTechnique } from './attack-index.js'

const mostNearest = 3
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
  return ranked.slice(0, mostNearest).map(({ technique }) => technique)
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

/** A name for comparing: letter case, white space, kinds of quotes and dashes, and Unicode forms make no difference. */
export function normaliseName(name: string): string {
  return name
    .replaceAll(/[\u2018\u2019\u201A\u201B\u2032`\u00B4]/g, "'")
    .replaceAll(/[\u201C-\u201F\u2033\u00AB\u00BB]/g, '"')
    .replaceAll(/[\u2010-\u2015\u2212]/g, '-')
    .normalize('NFKC')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?: ?/g, ': ')
    .trim()
    .toLowerCase()
}

/**
 * How many characters must be inserted, deleted, replaced or swapped with their neighbour to make one text of the other
 * (optimal string alignment). Takes time in proportion to the product of the lengths: for short texts.
 */
export function editDistance(left: string, right: string): number {
  let before: number[] = []
  let previous = Array.from({ length: right.length + 1 }, (_, column) => column)
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= right.length; column += 1) {
      const isSame = left[row - 1] === right[column - 1]
      const replaced = (previous[column - 1] ?? 0) + (isSame ? 0 : 1)
      let best = Math.min((previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, replaced)
      const isSwap = row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]
      if (isSwap) best = Math.min(best, (before[column - 2] ?? 0) + 1)
      current.push(best)
    }
    before = previous
    previous = current
  }
  return previous[right.length] ?? 0
}

/**
 * The techniques that replaced a revoked one in a release, in turn, to the end: the last is the one to use now. Empty when
 * ATT&CK names none. The last may be revoked or deprecated itself. A successor that the release lacks ends the chain.
 */
export function followSuccessors(release: AttackReleaseView, technique: AttackTechnique): readonly AttackTechnique[] {
  const chain: AttackTechnique[] = []
  // A bundle may be wrong, and revoke in a circle.
  const seen = new Set([technique.id])
  let next = technique.successor
  while (next !== undefined && !seen.has(next)) {
    seen.add(next)
    const successor = release.technique(next)
    if (!successor) break
    chain.push(successor)
    next = successor.successor
  }
  return chain
}

/** A domain, and the share of the distinct technique ids (0 to 1) that it knows in any release. */
interface InferredDomain {
  readonly domain: Domain
  readonly share: number
}

/** Tells a set's domain by its technique ids: the one that knows most of them; on a tie enterprise, then mobile, then ICS. */
export function inferDomain(techniqueIds: Iterable<string>, index: AttackIndex): InferredDomain {
  const ids = new Set(techniqueIds)
  const known: Record<Domain, number> = { enterprise: 0, mobile: 0, ics: 0 }
  for (const id of ids) {
    for (const domain of index.domainsOf(id)) known[domain] += 1
  }
  const domain = attackDomains.reduce((best, candidate) => (known[candidate] > known[best] ? candidate : best))
  return { domain, share: ids.size === 0 ? 0 : known[domain] / ids.size }
}
