import type { AttackIndex } from '../../attack/attack-index.js'
import { attackDomains } from '../../attack/attack-domains.js'
import { releaseName } from '../../attack/release-name.js'
import type { Domain } from '../../model/mapping.js'

/** A release at hand, with how much of it is in use. */
export interface ReleaseDescription {
  readonly domain: Domain
  readonly version: string
  /** A path or an address; absent for what comes with Crosswalk. */
  readonly from?: string
  readonly tactics: number
  /** Active ones, without sub-techniques. */
  readonly techniques: number
  /** Active ones. */
  readonly subtechniques: number
  readonly deprecated: number
  readonly revoked: number
}

/** Counts every release of the index, by domain and oldest first. `origins` are by the name of the release. */
export function describeReleases(index: AttackIndex, origins: ReadonlyMap<string, string>): readonly ReleaseDescription[] {
  return attackDomains.flatMap((domain) => index.versions(domain).map((version) => {
    const from = origins.get(releaseName({ domain, version }))
    return { ...describeRelease(index, domain, version), ...(from !== undefined && { from }) }
  }))
}

function describeRelease(index: AttackIndex, domain: Domain, version: string): ReleaseDescription {
  const release = index.release(domain, version)
  const techniques = release.techniques()
  const active = techniques.filter(({ status }) => status === 'active')
  const subtechniques = active.filter(({ id }) => id.includes('.')).length
  return {
    domain,
    version,
    tactics: release.tactics.filter(({ deprecated }) => deprecated !== true).length,
    techniques: active.length - subtechniques,
    subtechniques,
    deprecated: techniques.filter(({ status }) => status === 'deprecated').length,
    revoked: techniques.filter(({ status }) => status === 'revoked').length,
  }
}
