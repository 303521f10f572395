import {
  addFullRelease, type AttackIndex, type AttackReleaseView, type AttackTechnique, compareVersions, isBeforeStated, parentOf, releaseName,
  techniqueIdForm,
} from '../../attack/attack-index.js'
import { followSuccessors, foreignDomains, missingParent, normaliseName } from '../../attack/find-techniques.js'
import type { Domain } from '../../model/mapping.js'
import type { CheckRule } from '../rule.js'
import { certainTechnique, describeNearest, mayBeInStated, mostSuggestions, type ReferencedTechnique } from './referenced-techniques.js'

/**
 * Reports ids that the set's release and all other domains lack, with the releases that have them or the nearest ids.
 * `parentUnknown` reports sub-techniques whose parent is unknown too.
 */
export const unknownTechnique: CheckRule = {
  id: 'check/unknown-technique',
  check({ techniques }, { attack, report }) {
    const unknown = techniques.filter(
      (technique) => !technique.release.technique(technique.id) && !mayBeInStated(technique)
        && foreignDomains(technique, attack).length === 0
        && missingParent(technique, attack) === undefined,
    )
    for (const [number, technique] of unknown.entries()) {
      const { id, release, count, origin } = technique
      const hint = otherReleases(technique, attack) ?? (number < mostSuggestions ? describeNearest(technique) : undefined)
      const isNone = isBeforeStated(release) && !techniqueIdForm.test(id)
      const both = technique.later ? `${releaseName(release)}, nor of ${technique.later.version}` : releaseName(release)
      report('check/unknown-technique', {
        message: isNone ? `${id} is not the id of a technique, such as T1553 or T1553.002` : `${id} is not a technique of ${both}`,
        found: id,
        count,
        ...(origin && { origin }),
        ...(hint !== undefined && { hint }),
      })
    }
  },
}

function otherReleases({ id, release }: ReferencedTechnique, attack: AttackIndex): string | undefined {
  const versions = attack.history(id).flatMap(({ domain, version }) => (domain === release.domain ? [version] : []))
  const [first] = versions
  const last = versions.at(-1)
  if (first === undefined || last === undefined) return undefined
  const known = `ATT&CK has it in ${first === last ? `release ${first}` : `releases ${first} to ${last}`}`
  if (release.lacks?.includes('successors') !== true || last !== versionBefore(release, attack)) return known
  return `${known}; whether ${release.version} revoked or deprecated it, and for what, is not in the index (${addFullRelease})`
}

function versionBefore({ domain, version }: AttackReleaseView, attack: AttackIndex): string | undefined {
  return attack.versions(domain).findLast((candidate) => compareVersions(candidate, version) < 0)
}

/** Reports techniques that belong to another ATT&CK domain and were never in the set's own. */
export const wrongDomain: CheckRule = {
  id: 'check/wrong-domain',
  check({ techniques }, { attack, report }) {
    for (const technique of techniques) {
      const { id, release, count, origin } = technique
      const domains = release.technique(id) || mayBeInStated(technique) ? [] : foreignDomains(technique, attack)
      const [domain] = domains
      if (domain === undefined) continue
      const which = `${domains.length === 1 ? 'domain' : 'domains'} ${domains.join(' and ')}`
      const known = attack.history(id).findLast((entry) => entry.domain === domain)
      report('check/wrong-domain', {
        message: `${id} ${known?.technique.name ?? ''} is a technique of the ${which}, not of ${releaseName(release)}`,
        found: id,
        expected: `a technique of ${releaseName(release)}`,
        count,
        ...(origin && { origin }),
      })
    }
  },
}

/**
 * Reports sub-techniques without a parent. If the release has the sub-technique, the release or its bundle is incomplete;
 * otherwise the typing error is before the dot, and this is reported instead of `check/unknown-technique`.
 */
export const parentUnknown: CheckRule = {
  id: 'check/parent-unknown',
  check({ techniques }, { attack, report }) {
    let suggestions = 0
    for (const technique of techniques) {
      const { id, release, count, origin } = technique
      const parent = missingParent(technique, attack)
      if (parent === undefined || mayBeInStated(technique)) continue
      const isKnown = release.technique(id) !== undefined
      const hint = isKnown || (suggestions += 1) > mostSuggestions ? undefined : describeNearest(technique)
      const problem = isKnown ? `is a sub-technique of ${parent}, which` : `is not a sub-technique: its parent ${parent}`
      report('check/parent-unknown', {
        message: `${id} ${problem} is not a technique of ${releaseName(release)}`,
        found: id,
        count,
        ...(origin && { origin }),
        ...(hint !== undefined && { hint }),
      })
    }
  },
}

/** Reports techniques that are revoked in the set's release, with their successors; the rows keep them. */
export const revokedTechnique: CheckRule = {
  id: 'check/revoked-technique',
  check({ techniques }, { report }) {
    for (const referenced of techniques) {
      const { id, release, count, origin } = referenced
      const technique = certainTechnique(referenced)
      if (technique?.status !== 'revoked') continue
      report('check/revoked-technique', {
        message: `${id} ${technique.name} is revoked in ${releaseName(release)}`,
        found: id,
        hint: describeSuccessor(release, technique),
        count,
        ...(origin && { origin }),
      })
    }
  },
}

function describeSuccessor(release: AttackReleaseView, technique: AttackTechnique): string {
  const last = followSuccessors(release, technique).at(-1)
  if (!last) return 'ATT&CK names no successor'
  const by = `ATT&CK replaced it by ${last.id} ${last.name}`
  return last.status === 'active' ? by : `${by}, which is ${last.status} too`
}

/** Reports techniques that ATT&CK deprecated: they have no successor. */
export const deprecatedTechnique: CheckRule = {
  id: 'check/deprecated-technique',
  check({ techniques }, { report }) {
    for (const referenced of techniques) {
      const { id, release, count, origin } = referenced
      const technique = certainTechnique(referenced)
      if (technique?.status !== 'deprecated') continue
      report('check/deprecated-technique', {
        message: `${id} ${technique.name} is deprecated in ${releaseName(release)}`,
        found: id,
        count,
        ...(origin && { origin }),
      })
    }
  },
}

/** Reports names that differ from ATT&CK's for the id, former names included; case, white space, quotes and "Parent: Sub" are ignored. */
export const techniqueNameDiffers: CheckRule = {
  id: 'check/technique-name-differs',
  check({ techniques }, { attack, report }) {
    for (const referenced of techniques) {
      const { id, release, later, names } = referenced
      const technique = names.size === 0 ? undefined : certainTechnique(referenced)
      if (!technique) continue
      const renamed = later?.technique(id)
      const differing = [...names].filter(([name]) => !isAccepted(name, technique, release)
        && !(later && renamed && isAccepted(name, renamed, later)))
      const [first] = differing
      if (!first) continue
      const [name, { origin }] = first
      const hint = earlierUse(name, technique, release.domain, attack)
      report('check/technique-name-differs', {
        message: `${id} is called "${technique.name}" in ${releaseName(release)}, not "${name}"`,
        found: name,
        expected: technique.name,
        count: differing.reduce((sum, [, { count }]) => sum + count, 0),
        ...(origin && { origin }),
        ...(hint !== undefined && { hint }),
      })
    }
  },
}

/** Tells whether a text is a technique's name in a release, as "Sub" or "Parent: Sub". Releases are asked for a parent only where its name can make a difference. */
function createNameCheck(name: string): (technique: AttackTechnique, release: () => AttackReleaseView) => boolean {
  const written = normaliseName(name)
  // Most releases call a technique what the one before did.
  let known: string | undefined
  let own = ''
  return (technique, release) => {
    if (technique.name !== known) own = normaliseName(known = technique.name)
    if (written === own) return true
    const parentId = written.endsWith(`: ${own}`) ? parentOf(technique.id) : undefined
    const parent = parentId === undefined ? undefined : release().technique(parentId)
    return parent !== undefined && written === `${normaliseName(parent.name)}: ${own}`
  }
}

function isAccepted(name: string, technique: AttackTechnique, release: AttackReleaseView): boolean {
  return name === technique.name || createNameCheck(name)(technique, () => release)
}

function earlierUse(name: string, { id }: AttackTechnique, domain: Domain, attack: AttackIndex): string | undefined {
  const isNameOf = createNameCheck(name)
  const versions = attack
    .history(id)
    .filter((entry) => entry.domain === domain && isNameOf(entry.technique, () => attack.release(domain, entry.version)))
    .map(({ version }) => version)
  const [first] = versions
  const last = versions.at(-1)
  if (first === undefined || last === undefined) return undefined
  return `ATT&CK uses this name in ${first === last ? `release ${first}` : `releases ${first} to ${last}`}`
}
