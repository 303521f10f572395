import type { AttackIndex } from '../../attack/attack-index.js'
import type { Domain } from '../../model/mapping.js'
import type { ReferencedTechnique } from './referenced-techniques.js'

/** The other domains that know an id which its own domain has never had; empty when its own has had it, or none has. */
export function foreignDomains(
  { id, release }: Pick<ReferencedTechnique, 'id' | 'release'>,
  attack: AttackIndex,
): readonly Domain[] {
  const domains = attack.domainsOf(id)
  return domains.includes(release.domain) ? [] : domains
}
