import { addFullRelease, type AttackIndex, type AttackReleaseView, compareVersions, releaseName } from '../../attack/attack-index.js'
import { foreignDomains, missingParent } from '../../attack/find-techniques.js'
import type { CheckRule } from '../rule.js'
import { describeNearest, mostSuggestions, type ReferencedTechnique } from './referenced-techniques.js'

/**
 * Reports ids that the set's release and all other domains lack, with the releases that have them or the nearest ids.
 * `parentUnknown` reports sub-techniques whose parent is unknown too.
 */
export const unknownTechnique: CheckRule = {
  id: 'check/unknown-technique',
  check({ techniques }, { attack, report }) {
    const unknown = techniques.filter(
      (technique) => !technique.release.technique(technique.id)
        && foreignDomains(technique, attack).length === 0
        && missingParent(technique, attack) === undefined,
    )
    for (const [number, technique] of unknown.entries()) {
      const { id, release, count, origin } = technique
      const hint = otherReleases(technique, attack) ?? (number < mostSuggestions ? describeNearest(technique) : undefined)
      report('check/unknown-technique', {
        message: `${id} is not a technique of ${releaseName(release)}`,
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
  return `${known}; whether ${release.version} revoked or deprecated it, and for what, is not in the index: ${addFullRelease}`
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
      const [domain] = release.technique(id) ? [] : foreignDomains(technique, attack)
      if (domain === undefined) continue
      const known = attack.history(id).findLast((entry) => entry.domain === domain)
      report('check/wrong-domain', {
        message: `${id} ${known?.technique.name ?? ''} is a technique of the domain ${domain}, not of ${releaseName(release)}`,
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
      if (parent === undefined) continue
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
