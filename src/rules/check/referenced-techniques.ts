import type { AttackIndex, AttackReleaseView } from '../../attack/attack-index.js'
import { nearestTechniques } from '../../attack/find-techniques.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { Domain, Mapping } from '../../model/mapping.js'
import type { Origin } from '../../model/origin.js'

/** Rows, and where the first of them stands. */
interface RowCount {
  count: number
  readonly origin?: Origin
}

/** A technique id that rows of a set refer to, and the release in which it is looked up. */
export interface ReferencedTechnique extends RowCount {
  readonly id: string
  readonly release: AttackReleaseView
  /** The version as stated, by the rows or by the set. */
  readonly statedVersion?: string
  /** The names that rows print beside the id, in order of appearance. */
  readonly names: Map<string, RowCount>
}

/** A set's distinct technique ids, in order of appearance. Rows that state a domain or version of their own are kept apart. */
export function referencedTechniques(set: ResolvedSet, attack: AttackIndex): readonly ReferencedTechnique[] {
  const found = new Map<string, ReferencedTechnique>()
  for (const mapping of set.mappings) {
    if (mapping.kind === 'unmapped-capability') continue
    const { id, name } = mapping.technique
    const domain = rowDomain(mapping) ?? set.attack.domain
    const statedVersion = mapping.release?.attackVersion ?? set.attack.version
    const key = `${domain} ${statedVersion ?? ''} ${id}`
    let technique = found.get(key)
    if (technique) {
      technique.count += 1
    } else {
      const release = attack.release(domain, statedVersion)
      technique = { id, release, ...(statedVersion !== undefined && { statedVersion }), names: new Map(), ...firstRow(mapping) }
      found.set(key, technique)
    }
    if (name === undefined) continue
    const named = technique.names.get(name)
    if (named) named.count += 1
    else technique.names.set(name, firstRow(mapping))
  }
  return [...found.values()]
}

function firstRow({ origins: [origin] }: Mapping): RowCount {
  return { count: 1, ...(origin && { origin }) }
}

function rowDomain({ release }: Mapping): Domain | undefined {
  const [, word] = /\b(enterprise|mobile|ics)\b/.exec(release?.domain?.toLowerCase() ?? '') ?? []
  return word === 'enterprise' || word === 'mobile' || word === 'ics' ? word : undefined
}

/** A release that rows of a set refer to. */
type ReferencedRelease = RowCount & Pick<ReferencedTechnique, 'release' | 'statedVersion'>

/** The distinct releases of a set's rows, in order of appearance: the set's own and those that single rows state. */
export function referencedReleases(techniques: readonly ReferencedTechnique[]): readonly ReferencedRelease[] {
  const found = new Map<string, ReferencedRelease>()
  for (const { release, statedVersion, count, origin } of techniques) {
    const key = `${release.domain} ${statedVersion ?? ''}`
    const known = found.get(key)
    if (known) known.count += count
    else found.set(key, { release, count, ...(statedVersion !== undefined && { statedVersion }), ...(origin && { origin }) })
  }
  return [...found.values()]
}

/** The other domains that know an id which its own domain has never had; empty when its own has had it, or none has. */
export function foreignDomains(
  { id, release }: Pick<ReferencedTechnique, 'id' | 'release'>,
  attack: AttackIndex,
): readonly Domain[] {
  const domains = attack.domainsOf(id)
  return domains.includes(release.domain) ? [] : domains
}

/**
 * The technique that a sub-technique's id names before its dot, where there is none: its release lacks it though it holds the
 * sub-technique, or no release of any domain ever had it.
 */
export function lackedParent({ id, release }: Pick<ReferencedTechnique, 'id' | 'release'>, attack: AttackIndex): string | undefined {
  const [, parent] = /^(T\d{4})\.\d{3}$/.exec(id) ?? []
  if (parent === undefined) return undefined
  const isThere = release.technique(id) ? release.technique(parent) !== undefined : attack.domainsOf(parent).length > 0
  return isThere ? undefined : parent
}

/** Looking for the nearest ids takes a while; a set with more unknown ids than this has another trouble than typing errors. */
export const mostSuggestions = 100

/** Which techniques an unknown id may mean, as a hint; undefined when none is near. */
export function describeNearest({ id, release, names }: ReferencedTechnique): string | undefined {
  const [name] = names.keys()
  const nearest = nearestTechniques(release, id, name).map((technique) => `${technique.id} ${technique.name}`)
  return nearest.length === 0 ? undefined : `did you mean ${nearest.join(', or ')}?`
}
