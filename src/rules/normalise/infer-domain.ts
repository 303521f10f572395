import { attackDomains } from '../../attack/attack-domains.js'
import type { AttackIndex } from '../../attack/attack-index.js'
import type { Domain } from '../../model/mapping.js'

/** A domain, and the share of the distinct technique ids (0 to 1) that it knows in any release. */
export interface InferredDomain {
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
