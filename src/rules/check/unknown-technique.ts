import type { AttackIndex } from '../../attack/attack-index.js'
import { nearestTechniques } from '../../attack/nearest-techniques.js'
import { releaseName } from '../../attack/release-name.js'
import type { CheckRule } from './check-rule.js'
import { foreignDomains } from './foreign-domains.js'
import type { ReferencedTechnique } from './referenced-techniques.js'

/** Looking for the nearest ids takes a while; a set with more unknown ids than this has another trouble than typing errors. */
const mostSuggestions = 100

/** An id that ATT&CK lacks in the set's release, and in every other domain: say which is meant, or which releases do have it. */
export const unknownTechnique: CheckRule = {
  id: 'check/unknown-technique',
  check({ techniques }, { attack, report }) {
    const unknown = techniques.filter(
      (technique) => !technique.release.technique(technique.id) && foreignDomains(technique, attack).length === 0,
    )
    for (const [number, technique] of unknown.entries()) {
      const { id, release, count, origin } = technique
      const hint = otherReleases(technique, attack) ?? (number < mostSuggestions ? suggestion(technique) : undefined)
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

function suggestion({ id, release, names }: ReferencedTechnique): string | undefined {
  const [name] = names.keys()
  const nearest = nearestTechniques(release, id, name).map((technique) => `${technique.id} ${technique.name}`)
  return nearest.length === 0 ? undefined : `did you mean ${nearest.join(', or ')}?`
}
