import type { Domain } from '../model/mapping.js'
import type { OriginalObjects } from './bundle/read-bundle.js'

/** A tactic, in the order of the matrix. */
export interface AttackTactic {
  readonly id: string
  readonly stixId: string
  /** As Navigator and kill chain phases write it: "defense-evasion". */
  readonly shortname: string
  readonly name: string
  /** Where the tactic, or every matrix that holds it, is deprecated. Such tactics come after those of the live matrices. */
  readonly deprecated?: true
}

/** A technique or sub-technique as one release of ATT&CK has it. */
export interface AttackTechnique {
  readonly id: string
  /** MITRE's own STIX id, "attack-pattern--…". */
  readonly stixId: string
  readonly name: string
  /** Shortnames, in the order of the matrix. */
  readonly tactics: readonly string[]
  readonly status: 'active' | 'deprecated' | 'revoked'
  /** The technique that replaced a revoked one in this release (one step of `revoked-by`). */
  readonly successor?: string
  /** RFC 3339 with milliseconds, as in MITRE's bundle of this release. */
  readonly created: string
  readonly modified: string
}

/** One release of one domain. */
export interface AttackReleaseView {
  readonly domain: Domain
  /** The release that is looked up: "16.1". */
  readonly version: string
  /** `exact`: the release asked for; `major`: another minor of the same major; `newest`: none was asked for, or none fits. */
  readonly match: 'exact' | 'major' | 'newest'
  /** In the order of the matrix. */
  readonly tactics: readonly AttackTactic[]
  technique(id: string): AttackTechnique | undefined
  /** Every technique of the release, whatever its status, sorted by id. */
  techniques(): readonly AttackTechnique[]
}

/** A technique in one of the releases that hold it. */
export interface AttackHistoryEntry {
  readonly domain: Domain
  readonly version: string
  readonly technique: AttackTechnique
}

/** What is known of ATT&CK offline. Loaded once and lazily; see docs/decisions. */
export interface AttackIndex {
  /** Oldest first: "8.2", "9.0", … */
  versions(domain: Domain): readonly string[]
  /** The release for a version as written ("16.1", "16", "v16.1"); the newest when absent or unknown. */
  release(domain: Domain, version?: string): AttackReleaseView
  /** The domains whose releases, any of them, hold the id. */
  domainsOf(techniqueId: string): readonly Domain[]
  /** The technique in every release that holds it, whatever its status: by domain, oldest release first. */
  history(techniqueId: string): readonly AttackHistoryEntry[]
  /** The ATT&CK id of the technique with this STIX id, in whichever release: bundles refer to techniques that they do not hold. */
  techniqueIdOf(stixId: string): string | undefined
  /** MITRE's own objects, where a bundle was named for this run. */
  readonly originals?: OriginalObjects
}

/** What the index keeps of one release of one domain. */
export interface ReleaseFacts {
  readonly domain: Domain
  /** Numbers and dots: "16.1". */
  readonly version: string
  /** In the order of the matrix. */
  readonly tactics: readonly AttackTactic[]
  /** One per id, sorted by id. */
  readonly techniques: readonly AttackTechnique[]
}

const domainNames = { enterprise: 'Enterprise', mobile: 'Mobile', ics: 'ICS' } as const

/** A release as people call it: "Enterprise ATT&CK 16.1". */
export function releaseName({ domain, version }: Pick<AttackReleaseView, 'domain' | 'version'>): string {
  return `${domainNames[domain]} ATT&CK ${version}`
}

/** Orders release numbers by their parts as numbers: 8.2 before 10.0 before 10.1. */
export function compareVersions(left: string, right: string): number {
  const leftParts = left.split('.')
  const rightParts = right.split('.')
  const length = Math.max(leftParts.length, rightParts.length)
  for (let part = 0; part < length; part += 1) {
    const difference = Number(leftParts[part] ?? 0) - Number(rightParts[part] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
