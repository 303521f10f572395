import { type AttackIndex, type AttackReleaseView, techniquePage } from '../../attack/attack-index.js'
import { type BestScores, keepBestScore, type NoCellReason, noCellReason } from '../../coverage/row-state.js'
import { compareNaturally, compareText } from '../../model/text.js'
import type { Capability, ResolvedSet } from '../../model/mapping-set.js'
import type { Domain, Mapping } from '../../model/mapping.js'

/** Summary of a capability's rows in a set. */
export interface CapabilitySummary {
  readonly capability: Capability
  rows: number
  /** Ids of the techniques that it maps to; made when it is read. */
  readonly techniques: ReadonlySet<string>
  readonly best: BestScores
  /** Why it maps to no technique; meaningless if it maps to any. */
  remark: 'listed without rows' | 'declared unmappable' | 'not mapped yet'
  /** Comments of its rows without a technique. */
  readonly comments: Set<string>
}

/** The capabilities of a set, with or without rows, sorted by id. */
export function summariseCapabilities(set: ResolvedSet): readonly CapabilitySummary[] {
  const summaries = new Map<string, Draft<CapabilitySummary>>()
  for (const capability of set.capabilities.values()) summaries.set(capability.id, emptyCapability(capability))
  for (const mapping of set.mappings) {
    const summary = mapping.kind === 'unmapped-technique' ? undefined : summaries.get(mapping.capability.id)
    if (summary) noteCapabilityRow(summary, mapping)
  }
  return [...summaries.values()].toSorted((a, b) => compareNaturally(a.capability.id, b.capability.id))
}

function emptyCapability(capability: Capability): Draft<CapabilitySummary> {
  const ids: string[] = []
  return { capability, rows: 0, ids, get techniques() { return new Set(ids) }, best: new Map(), remark: 'listed without rows', comments: new Set() }
}

function noteCapabilityRow(summary: Draft<CapabilitySummary>, mapping: Mapping): void {
  summary.rows += 1
  keepBestScore(summary.best, mapping)
  if (mapping.kind === 'mapped') {
    addId(summary, mapping.technique.id)
    return
  }
  summary.remark = mapping.status === 'non_mappable' ? 'declared unmappable' : 'not mapped yet'
  if (mapping.comments !== undefined) summary.comments.add(mapping.comments)
}

/** Summary of a technique's rows in one or more sets. */
export interface TechniqueSummary {
  readonly id: string
  readonly domain: Domain
  readonly facts: TechniqueFacts
  /** The first name in its rows. */
  name?: string
  rows: number
  /** Why no capability maps to it, from its rows without a capability. */
  remark?: 'declared unmappable' | 'not mapped yet'
  /** Comments of its rows without a capability. */
  readonly comments: Set<string>
  /** Ids of the capabilities that map to it, after the framework id and a colon if there are several sets; made when it is read. */
  readonly capabilities: ReadonlySet<string>
  readonly best: BestScores
}

/** A summary whose rows are still being listed. A set of ids takes five times the memory of a list without those of neighbouring rows. */
type Draft<Summary> = Summary & { readonly ids: string[] }

function addId({ ids }: Draft<object>, id: string): void {
  if (ids.at(-1) !== id) ids.push(id)
}

/** The techniques of sets, sorted by id and domain. */
export function summariseTechniques(sets: readonly ResolvedSet[], attack: AttackIndex): readonly TechniqueSummary[] {
  const lookUp = createTechniqueLookup(attack)
  const domains = new Map<Domain, Map<string, Draft<TechniqueSummary>>>()
  for (const set of sets) {
    const { domain, version } = set.attack
    const summaries = domains.get(domain) ?? new Map<string, Draft<TechniqueSummary>>()
    domains.set(domain, summaries)
    const prefix = sets.length > 1 ? `${set.framework.id}: ` : ''
    for (const mapping of set.mappings) {
      if (mapping.kind === 'unmapped-capability') continue
      const { id, name } = mapping.technique
      let summary = summaries.get(id)
      if (!summary) {
        summary = emptyTechnique(id, domain, lookUp(id, domain, version))
        summaries.set(id, summary)
      }
      if (summary.name === undefined && name !== undefined) summary.name = name
      noteTechniqueRow(summary, mapping, prefix)
    }
  }
  return Array.from(domains.values()).flatMap((summaries) => [...summaries.values()]).toSorted((a, b) => compareText(a.id, b.id) || compareText(a.domain, b.domain))
}

function emptyTechnique(id: string, domain: Domain, facts: TechniqueFacts): Draft<TechniqueSummary> {
  const ids: string[] = []
  return { id, domain, facts, rows: 0, comments: new Set(), ids, get capabilities() { return new Set(ids) }, best: new Map() }
}

function noteTechniqueRow(summary: Draft<TechniqueSummary>, mapping: Exclude<Mapping, { kind: 'unmapped-capability' }>, prefix: string): void {
  summary.rows += 1
  keepBestScore(summary.best, mapping)
  if (mapping.kind === 'mapped') {
    addId(summary, prefix === '' ? mapping.capability.id : `${prefix}${mapping.capability.id}`)
    return
  }
  summary.remark = mapping.status === 'non_mappable' ? 'declared unmappable' : 'not mapped yet'
  if (mapping.comments !== undefined) summary.comments.add(mapping.comments)
}

/** Facts about a technique in an ATT&CK release. */
export interface TechniqueFacts {
  /** `not-in-index`: the release is older than the stated one, and does not have it as an active technique. */
  readonly status: 'active' | NoCellReason
  /** The name in that release. */
  readonly name?: string
  /** Names of tactics, in the order of the matrix. */
  readonly tactics: readonly string[]
  /** Platforms that it is on; absent if none are known. */
  readonly platforms?: readonly string[]
  /** URL of its page at MITRE; absent if the id is malformed. */
  readonly url?: string
}

export type LookUpTechnique = (id: string, domain: Domain, version: string | undefined) => TechniqueFacts

/** Creates a lookup of techniques, which caches results. */
export function createTechniqueLookup(attack: AttackIndex): LookUpTechnique {
  const releases = new Map<string, LookedUpRelease>()
  // Nearly all rows state the release of the row before.
  let last: { readonly domain: Domain; readonly version: string | undefined; readonly release: LookedUpRelease } | undefined
  return (id, domain, version) => {
    if (last?.domain !== domain || last.version !== version) last = { domain, version, release: releaseOf(domain, version) }
    const { release } = last
    let known = release.facts.get(id)
    if (!known) {
      known = describeTechnique(id, release)
      release.facts.set(id, known)
    }
    return known
  }

  function releaseOf(domain: Domain, version: string | undefined): LookedUpRelease {
    const key = `${domain} ${version ?? ''}`
    const known = releases.get(key)
    if (known) return known
    const view = attack.release(domain, version)
    const release = { view, facts: new Map(), tactics: new Map(view.tactics.map(({ shortname, name }) => [shortname, name])) }
    releases.set(key, release)
    return release
  }
}

/** A release, the facts that were looked up in it, and the names of its tactics by their shortnames. */
interface LookedUpRelease {
  readonly view: AttackReleaseView
  readonly facts: Map<string, TechniqueFacts>
  readonly tactics: ReadonlyMap<string, string>
}

function describeTechnique(id: string, { view, tactics: names }: LookedUpRelease): TechniqueFacts {
  const technique = view.technique(id)
  const url = techniquePage(id)
  return {
    status: noCellReason(id, view) ?? 'active',
    tactics: technique?.tactics.map((shortname) => names.get(shortname) ?? shortname) ?? [],
    ...(technique && { name: technique.name }),
    ...(technique?.platforms && { platforms: technique.platforms }),
    ...(url !== undefined && { url }),
  }
}
