import type { Domain } from '../model/mapping.js'
import type { OriginalObjects } from './bundle/read-bundle.js'

/** A tactic as one release of ATT&CK defines it. */
export interface AttackTactic {
  readonly id: string
  readonly stixId: string
  /** `x_mitre_shortname`, as in Navigator layers and kill chain phases: "defense-evasion". */
  readonly shortname: string
  readonly name: string
  /** Set if the tactic, or every matrix that contains it, is deprecated. Such tactics follow those of the active matrices. */
  readonly deprecated?: true
}

/** A technique or sub-technique as one release of ATT&CK defines it. */
export interface AttackTechnique {
  readonly id: string
  /** STIX id of MITRE's object: "attack-pattern--…". */
  readonly stixId: string
  readonly name: string
  /** Tactic shortnames, in matrix order. */
  readonly tactics: readonly string[]
  readonly status: 'active' | 'deprecated' | 'revoked'
  /** Id of the technique that replaced a revoked one in this release (one `revoked-by` step). */
  readonly successor?: string
  /** "Windows", "IaaS": sorted; absent if none are stated. */
  readonly platforms?: readonly string[]
  /** Other techniques that replaced it too, where a release names several. */
  readonly otherSuccessors?: readonly string[]
  /** RFC 3339 with milliseconds, as in MITRE's bundle of this release. Absent if a partial release (`lacks`) is the first that has it. */
  readonly created?: string
  readonly modified?: string
}

/**
 * What a partial release lacks, compared with MITRE's bundle. `dates`: techniques have the dates of the release before, new ones have
 * none. `withdrawn`: only its active techniques are known; those that the release before has as deprecated or revoked were taken
 * from there. `successors`: of techniques that are gone since the release before, it is not known whether they are revoked or
 * deprecated, nor what replaces them: the release does not contain them.
 */
export type ReleaseLack = 'dates' | 'withdrawn' | 'successors'

/**
 * How a release was chosen for a requested version.
 *
 * - `exact`: it is the requested release.
 * - `major`: only a major version was requested ("16"); it is the newest minor version of it that is available.
 * - `newer`: the requested release is newer than all available ones; it is the newest of these.
 * - `earlier`: the requested release is between two available ones; it is the older of these.
 * - `older`: the requested release is older than all available ones; it is the oldest of these.
 * - `newest`: none was requested, or what was is no version; it is the newest available one.
 *
 * With `newer` and `earlier` it knows nothing of what the requested release added or changed: see `isBeforeStated`.
 */
export type ReleaseMatch = 'exact' | 'major' | 'newer' | 'earlier' | 'older' | 'newest'

/** One release of one ATT&CK domain, for look-ups. */
export interface AttackReleaseView {
  readonly domain: Domain
  /** "16.1" */
  readonly version: string
  readonly match: ReleaseMatch
  /** The requested release, as digits and dots, if another one is used for it: with `newer`, `earlier` and `older`. */
  readonly stated?: string
  /** What a partial release lacks; absent if it is complete. */
  readonly lacks?: readonly ReleaseLack[]
  /** In matrix order. */
  readonly tactics: readonly AttackTactic[]
  technique(id: string): AttackTechnique | undefined
  /** All techniques of the release, of any status, sorted by id. */
  techniques(): readonly AttackTechnique[]
}

/** A technique as it is in one of the releases that contain it. */
export interface AttackHistoryEntry {
  readonly domain: Domain
  readonly version: string
  readonly technique: AttackTechnique
}

/** The ATT&CK releases available offline. Loaded once, on first use; see docs/decisions/0003-attack-index.md. */
export interface AttackIndex {
  /** Available releases, oldest first: "8.2", "9.0", … */
  versions(domain: Domain): readonly string[]
  /** Release for a version as written ("16.1", "16", "v16.1"); see `ReleaseMatch`. */
  release(domain: Domain, version?: string): AttackReleaseView
  /** Domains in which at least one release contains the id. */
  domainsOf(techniqueId: string): readonly Domain[]
  /** The technique in every release that contains it, with any status: by domain, oldest release first. */
  history(techniqueId: string): readonly AttackHistoryEntry[]
  /** ATT&CK id of the technique with this STIX id, in any release: bundles refer to techniques that they do not contain. */
  techniqueIdOf(stixId: string): string | undefined
  /** MITRE's original objects, if the run has its own bundle (`--attack`). */
  readonly originals?: OriginalObjects
}

/** The facts that the index stores about one release of one domain. */
export interface ReleaseFacts {
  readonly domain: Domain
  /** Digits and dots: "16.1". */
  readonly version: string
  /** What a partial release lacks; absent if it is complete. */
  readonly lacks?: readonly ReleaseLack[]
  /** In matrix order. */
  readonly tactics: readonly AttackTactic[]
  /** One for each id, sorted by id. */
  readonly techniques: readonly AttackTechnique[]
}

/** Display names of the ATT&CK domains. */
export const domainNames = { enterprise: 'Enterprise', mobile: 'Mobile', ics: 'ICS' } as const

/** Display name of a release: "Enterprise ATT&CK 16.1". */
export function releaseName({ domain, version }: Pick<AttackReleaseView, 'domain' | 'version'>): string {
  return `${domainNames[domain]} ATT&CK ${version}`
}

/**
 * Whether the release is older than the one that a document states, which is not available: that it does not have a technique, or has
 * it under another name or status, is then no fault of the document.
 */
export function isBeforeStated({ match }: Pick<AttackReleaseView, 'match'>): boolean {
  return match === 'newer' || match === 'earlier'
}

/** Whether the release is the requested one: a major version alone requests its newest minor version. */
export function isRequested({ match }: Pick<AttackReleaseView, 'match'>): boolean {
  return match === 'exact' || match === 'major'
}

/** The version to stamp artifacts with: the one that the document states, available or not; else that of the release. */
export function stampedVersion({ version, stated }: Pick<AttackReleaseView, 'version' | 'stated'>): string {
  return stated ?? version
}

/** The version to show in the title of what is looked up in the release: "16.1"; "20.0 (looked up in 19.1)". */
export function titleVersion({ version, stated }: Pick<AttackReleaseView, 'version' | 'stated'>): string {
  return stated === undefined ? version : `${stated} (looked up in ${version})`
}

/** Why another release is used than the stated one, as a predicate: "is newer than all available releases". */
export function explainMatch({ match }: Pick<AttackReleaseView, 'match'>): string {
  if (match === 'newer' || match === 'older') return `is ${match} than all available releases`
  return 'is not available'
}

const lackPhrases: Readonly<Record<ReleaseLack, string>> = {
  dates: 'dates of what it adds or changes',
  withdrawn: 'deprecated and revoked techniques beyond those of the release before',
  successors: 'successors of techniques that are gone',
}

/** Whether a word of stored data names something that a partial release lacks. */
export function isReleaseLack(word: string): word is ReleaseLack {
  return Object.hasOwn(lackPhrases, word)
}

/** What a partial release lacks, as a phrase: "dates of what it adds or changes, …"; undefined if the release is complete. */
export function describeLacks({ lacks = [] }: Pick<AttackReleaseView, 'lacks'>): string | undefined {
  return lacks.length === 0 ? undefined : lacks.map((lack) => lackPhrases[lack]).join(', ')
}

/** What to do about what a partial release lacks. */
export const addFullRelease = 'add the full release: `crosswalk attack fetch`, or `crosswalk attack add` with a bundle of MITRE'

/** Compares release numbers numerically, part by part: 8.2 < 10.0 < 10.1. */
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

/** Ids of techniques and sub-techniques: T1553, T1553.002. */
export const techniqueIdForm = /^T\d{4}(?:\.\d{3})?$/
/** Ids of tactics: TA0001. */
export const tacticIdForm = /^TA\d{4}$/

/** Id of a sub-technique's parent; undefined for a technique. */
export function parentOf(id: string): string | undefined {
  return id.includes('.') ? id.split('.', 1)[0] : undefined
}

/** URL of a technique's page at attack.mitre.org; undefined if the id is malformed. */
export function techniquePage(id: string): string | undefined {
  return techniqueIdForm.test(id) ? `https://attack.mitre.org/techniques/${id.replace('.', '/')}/` : undefined
}

/** URL of a tactic's page at attack.mitre.org; undefined if the id is malformed. */
export function tacticPage(id: string): string | undefined {
  return tacticIdForm.test(id) ? `https://attack.mitre.org/tactics/${id}/` : undefined
}

/**
 * The identity that ATT&CK objects refer to in `created_by_ref`. It has existed since `created`, and has had one later
 * version, of March 2025.
 */
export const mitreIdentity = {
  type: 'identity',
  id: 'identity--c78cb6e5-0c4b-4611-8297-d1b8b55e40b5',
  name: 'The MITRE Corporation',
  identityClass: 'organization',
  created: '2017-06-01T00:00:00.000Z',
} as const

/**
 * The copyright statement that ATT&CK objects refer to in `object_marking_refs` (terms of use: NOTICE), with the years of the newest
 * complete release in the index.
 */
export const mitreMarking = {
  type: 'marking-definition',
  id: 'marking-definition--fa42a846-8d90-4e51-bc29-71d5b4802168',
  created: '2017-06-01T00:00:00.000Z',
  definitionType: 'statement',
  statement:
    'Copyright 2015-2025, The MITRE Corporation. MITRE ATT&CK and ATT&CK are registered trademarks of The MITRE Corporation.',
} as const
