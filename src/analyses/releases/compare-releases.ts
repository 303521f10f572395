import { type AttackIndex, type AttackReleaseView, type AttackTechnique, compareVersions } from '../../attack/attack-index.js'
import { followSuccessors } from '../../attack/find-techniques.js'
import type { Domain } from '../../model/mapping.js'
import { compareText } from '../../model/text.js'

/** An object by its id and name in a release. */
interface Named {
  readonly id: string
  readonly name: string
}

/** What a release did to a technique or a tactic: exactly one of these. */
export const releaseChanges = ['added', 'renamed', 'moved', 'revoked', 'deprecated', 'gone'] as const
type ReleaseChange = (typeof releaseChanges)[number]

/** A technique that differs between two releases. */
export interface TechniqueChange {
  readonly change: ReleaseChange
  readonly id: string
  /** The names before and after; absent where a release does not have it. */
  readonly before?: string
  readonly after?: string
  /** Techniques that replace it, the last of each chain. */
  readonly successors: readonly Named[]
  /** Names of the tactics that it got and lost. A tactic that was only renamed is neither. */
  readonly tacticsAdded: readonly string[]
  readonly tacticsRemoved: readonly string[]
}

/** A tactic that differs between two releases. */
interface TacticChange {
  readonly change: ReleaseChange
  readonly id: string
  readonly before?: string
  readonly after?: string
}

/** The differences of two releases of a domain. */
export interface ReleaseComparison {
  readonly from: AttackReleaseView
  readonly to: AttackReleaseView
  readonly tactics: readonly TacticChange[]
  readonly techniques: readonly TechniqueChange[]
}

/** Compares two releases of a domain: what is in use in one of them only, and what has another name or other tactics. By id. */
export function compareReleases(from: AttackReleaseView, to: AttackReleaseView): ReleaseComparison {
  const ids = new Set([...from.techniques(), ...to.techniques()].map(({ id }) => id))
  const techniques = [...ids].toSorted(compareText).flatMap((id) => compareTechnique(id, from, to) ?? [])
  const allTactics = new Set([...from.tactics, ...to.tactics].map(({ id }) => id))
  const tactics = [...allTactics].toSorted(compareText).flatMap((id): readonly TacticChange[] => {
    const [before, after] = [from, to].map((release) => release.tactics.find((tactic) => tactic.id === id && tactic.deprecated !== true))
    if (before?.name === after?.name) return []
    const change = before === undefined ? 'added' : after === undefined ? 'gone' : 'renamed'
    return [{ change, id, ...(before && { before: before.name }), ...(after && { after: after.name }) }]
  })
  return { from, to, tactics, techniques }
}

function compareTechnique(id: string, from: AttackReleaseView, to: AttackReleaseView): TechniqueChange | undefined {
  const [before, after] = [from.technique(id), to.technique(id)]
  const names = { ...(before && { before: before.name }), ...(after && { after: after.name }) }
  const plain = { id, ...names, successors: [], tacticsAdded: [], tacticsRemoved: [] }
  if (before?.status !== 'active') {
    return after?.status === 'active' ? { ...plain, change: 'added', tacticsAdded: tacticNames(after, to) } : undefined
  }
  if (!after) return { ...plain, change: 'gone' }
  if (after.status === 'revoked') return { ...plain, change: 'revoked', successors: lastSuccessors(after, to) }
  if (after.status === 'deprecated') return { ...plain, change: 'deprecated' }
  const [old, now] = [tacticIds(before, from), tacticIds(after, to)]
  const tacticsAdded = to.tactics.filter((tactic) => now.has(tactic.id) && !old.has(tactic.id)).map(({ name }) => name)
  const tacticsRemoved = from.tactics.filter((tactic) => old.has(tactic.id) && !now.has(tactic.id)).map(({ name }) => name)
  if (tacticsAdded.length + tacticsRemoved.length > 0) return { ...plain, change: 'moved', tacticsAdded, tacticsRemoved }
  return before.name === after.name ? undefined : { ...plain, change: 'renamed' }
}

function tacticIds({ tactics }: AttackTechnique, release: AttackReleaseView): ReadonlySet<string> {
  return new Set(release.tactics.filter(({ shortname }) => tactics.includes(shortname)).map(({ id }) => id))
}

function tacticNames({ tactics }: AttackTechnique, release: AttackReleaseView): readonly string[] {
  return release.tactics.filter(({ shortname }) => tactics.includes(shortname)).map(({ name }) => name)
}

/** The techniques that replace a revoked one: the last of its chain, or of the chains of each of its successors. */
function lastSuccessors(technique: AttackTechnique, release: AttackReleaseView): readonly Named[] {
  const ids = [technique.successor, ...technique.otherSuccessors ?? []]
  return ids.flatMap((id) => {
    const first = id === undefined ? undefined : release.technique(id)
    if (!first) return []
    const last = followSuccessors(release, first).at(-1) ?? first
    return [{ id: last.id, name: last.name }]
  })
}

/** A technique that is no longer in use, and what replaces it. */
export interface Succession {
  readonly domain: Domain
  readonly id: string
  /** Its name in the last release in which it was in use. */
  readonly name: string
  /** `undetermined`: the index knows the release only in part, without the successors of what it dropped. */
  readonly status: 'revoked' | 'deprecated' | 'gone' | 'undetermined'
  /** The first available release in which it is not in use. */
  readonly release: string
  /** Techniques that replace it; several where ATT&CK names several, none where it names none. */
  readonly successors: readonly Named[]
  /** Ids between it and its successor that were revoked in turn. */
  readonly via: readonly string[]
}

/** The techniques that were in use in a release of the domain from `from` on, and are not in `to`, by id. */
export function listSuccessions(attack: AttackIndex, domain: Domain, from: string | undefined, to: AttackReleaseView): readonly Succession[] {
  const versions = attack.versions(domain).filter((version) =>
    (from === undefined || compareVersions(version, from) >= 0) && compareVersions(version, to.version) <= 0)
  const releases = versions.map((version) => attack.release(domain, version))
  const ids = new Set(releases.flatMap((release) => release.techniques().filter(({ status }) => status === 'active').map(({ id }) => id)))
  return [...ids].toSorted(compareText).flatMap((id): readonly Succession[] => {
    const now = to.technique(id)
    if (now?.status === 'active') return []
    const last = releases.findLastIndex((release) => release.technique(id)?.status === 'active')
    const name = releases[last]?.technique(id)?.name ?? id
    const release = versions[last + 1] ?? to.version
    // A technique that is in no later release may have been revoked in one before it was removed.
    const known = now ?? releases.findLast((one) => one.technique(id))?.technique(id)
    const successors = known?.status === 'revoked' ? lastSuccessors(known, to) : []
    const chain = known ? followSuccessors(to, known).map((one) => one.id) : []
    const isUndetermined = now === undefined && to.lacks?.includes('successors') === true && release === to.version
    const status = isUndetermined ? 'undetermined' : known === undefined || known.status === 'active' ? 'gone' : known.status
    return [{ domain, id, name, status, release, successors, via: chain.slice(0, -1) }]
  })
}
