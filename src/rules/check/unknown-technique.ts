import { type AttackIndex, releaseName } from '../../attack/attack-index.js'
import { foreignDomains, missingParent } from '../../attack/find-in-releases.js'
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
  return `ATT&CK has it in ${first === last ? `release ${first}` : `releases ${first} to ${last}`}`
}
