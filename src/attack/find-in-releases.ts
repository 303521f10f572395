import type { ResolvedSet } from '../model/mapping-set.js'
import type { Domain } from '../model/mapping.js'
import type { AttackIndex, AttackReleaseView, AttackTechnique } from './attack-index.js'

/** A technique and the release that it was found in. */
export interface FoundTechnique {
  readonly domain: Domain
  readonly version: string
  readonly technique: AttackTechnique
}

/**
 * A technique as the set's release of ATT&CK has it; else as the same release of another domain has it; else as the newest
 * release that holds it, of the set's domain before others. Undefined when no release knows the id.
 */
export function findTechnique(attack: AttackIndex, asked: ResolvedSet['attack'], id: string): FoundTechnique | undefined {
  const { domain, version } = asked
  const found = findInRelease(attack.release(domain, version), id)
  if (found) return found
  for (const other of attack.domainsOf(id)) {
    const elsewhere = findInRelease(attack.release(other, version), id)
    if (elsewhere) return elsewhere
  }
  const history = attack.history(id)
  return history.findLast((entry) => entry.domain === domain) ?? history.at(-1)
}

function findInRelease(release: AttackReleaseView, id: string): FoundTechnique | undefined {
  const technique = release.technique(id)
  return technique && { domain: release.domain, version: release.version, technique }
}
