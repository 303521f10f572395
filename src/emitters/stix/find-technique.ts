import type { AttackIndex, AttackTechnique } from '../../attack/attack-index.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { Domain } from '../../model/mapping.js'

/** A technique and the domain that it was found in. */
export interface FoundTechnique {
  readonly domain: Domain
  readonly technique: AttackTechnique
}

/**
 * A technique as the set's release of ATT&CK has it; else as the same release of another domain has it; else as the newest
 * release that holds it, of the set's domain before others. Undefined when no release knows the id.
 */
export function findTechnique(attack: AttackIndex, asked: ResolvedSet['attack'], id: string): FoundTechnique | undefined {
  const { domain, version } = asked
  const technique = attack.release(domain, version).technique(id)
  if (technique) return { domain, technique }
  for (const other of attack.domainsOf(id)) {
    const found = attack.release(other, version).technique(id)
    if (found) return { domain: other, technique: found }
  }
  const history = attack.history(id)
  return history.findLast((entry) => entry.domain === domain) ?? history.at(-1)
}
