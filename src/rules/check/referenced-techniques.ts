import {
  type AttackIndex, type AttackReleaseView, type AttackTechnique, compareVersions, isBeforeStated, techniqueIdForm,
} from '../../attack/attack-index.js'
import { nearestTechniques } from '../../attack/find-techniques.js'
import { createPairMap } from '../../model/lookups.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { Domain, Mapping } from '../../model/mapping.js'
import type { Origin } from '../../model/origin.js'
import { readDomain } from '../../model/vocabulary.js'

/** A number of rows, and the origin of the first. */
interface RowCount {
  count: number
  readonly origin?: Origin
}

/** A technique id that rows of a set refer to, and the release to look it up in. */
export interface ReferencedTechnique extends RowCount {
  readonly id: string
  readonly release: AttackReleaseView
  /** The next available release, if the stated one is between it and `release`. */
  readonly later?: AttackReleaseView
  /** The ATT&CK version that the rows or the set state. */
  readonly statedVersion?: string
  /** The names that rows print with the id, in order of appearance. */
  readonly names: Map<string, RowCount>
}

/** The distinct technique ids of a set, in order of appearance; separate for rows that state a domain or version of their own. */
export function referencedTechniques(set: ResolvedSet, attack: AttackIndex): readonly ReferencedTechnique[] {
  const found = createPairMap<string, string, ReferencedTechnique>()
  // Nearly all rows state no release of their own.
  const setRelease = releaseKey(set.attack.domain, set.attack.version)
  for (const mapping of set.mappings) {
    if (mapping.kind === 'unmapped-capability') continue
    const { id, name } = mapping.technique
    const key = mapping.release ? releaseKey(domainOf(mapping, set), versionOf(mapping, set)) : setRelease
    const known = found.get(key, id)
    if (known) known.count += 1
    const technique = known ?? found.add(key, id, refer(id, mapping, set, attack))
    if (name !== undefined) countName(technique.names, name, mapping)
  }
  return found.values
}

/** What the first row says that refers to a technique. Apart from the loop over all rows, as it is done for each technique only. */
function refer(id: string, mapping: Mapping, set: ResolvedSet, attack: AttackIndex): ReferencedTechnique {
  const statedVersion = versionOf(mapping, set)
  const release = attack.release(domainOf(mapping, set), statedVersion)
  const later = release.match === 'earlier' ? releaseAfter(release, attack) : undefined
  return { id, release, ...(later && { later }), ...(statedVersion !== undefined && { statedVersion }), names: new Map(), ...firstRow(mapping) }
}

function countName(names: ReferencedTechnique['names'], name: string, mapping: Mapping): void {
  const known = names.get(name)
  if (known) known.count += 1
  else names.set(name, firstRow(mapping))
}

function domainOf(mapping: Mapping, set: ResolvedSet): Domain {
  return rowDomain(mapping) ?? set.attack.domain
}

function versionOf({ release }: Mapping, set: ResolvedSet): string | undefined {
  return release?.attackVersion ?? set.attack.version
}

function releaseKey(domain: Domain, version: string | undefined): string {
  return `${domain} ${version ?? ''}`
}

function releaseAfter({ domain, version }: AttackReleaseView, attack: AttackIndex): AttackReleaseView | undefined {
  const after = attack.versions(domain).find((candidate) => compareVersions(candidate, version) > 0)
  return after === undefined ? undefined : attack.release(domain, after)
}

/**
 * The technique, if it is certain what the stated release says of it: nothing follows from a release that is older. Between two releases,
 * it is certain if both give it the same status.
 */
export function certainTechnique({ id, release, later }: ReferencedTechnique): AttackTechnique | undefined {
  if (release.match === 'newer') return undefined
  const technique = release.technique(id)
  return later && later.technique(id)?.status !== technique?.status ? undefined : technique
}

/** Whether the stated release may have a technique that the one used for it does not have. Ids of another form are in none. */
export function mayBeInStated({ id, release, later }: ReferencedTechnique): boolean {
  return techniqueIdForm.test(id) && isBeforeStated(release) && (release.match === 'newer' || later?.technique(id) !== undefined)
}

function firstRow({ origins: [origin] }: Mapping): RowCount {
  return { count: 1, ...(origin && { origin }) }
}

function rowDomain({ release }: Mapping): Domain | undefined {
  if (release?.domain === undefined) return undefined
  const [, word] = /\b(enterprise|mobile|ics)\b/.exec(release.domain.toLowerCase()) ?? []
  return word === undefined ? undefined : readDomain(word)
}

/** A release that rows of a set refer to. */
type ReferencedRelease = RowCount & Pick<ReferencedTechnique, 'release' | 'statedVersion'>

/** The distinct releases of a set's rows, in order of appearance: the set's own, and those that rows state. */
export function referencedReleases(techniques: readonly ReferencedTechnique[]): readonly ReferencedRelease[] {
  const found = new Map<string, ReferencedRelease>()
  for (const { release, statedVersion, count, origin } of techniques) {
    const key = releaseKey(release.domain, statedVersion)
    const known = found.get(key)
    if (known) known.count += count
    else found.set(key, { release, count, ...(statedVersion !== undefined && { statedVersion }), ...(origin && { origin }) })
  }
  return [...found.values()]
}

/** Finding the nearest ids is slow, and a set with more unknown ids than this has a problem other than typing errors. */
export const mostSuggestions = 100

/** The active techniques that an unknown id may stand for, as a hint; undefined if none is similar, or the stated release is newer. */
export function describeNearest({ id, release, names }: ReferencedTechnique): string | undefined {
  if (isBeforeStated(release)) return undefined
  const [name] = names.keys()
  const nearest = nearestTechniques(release, id, name).map((technique) => `${technique.id} ${technique.name}`)
  return nearest.length === 0 ? undefined : `did you mean ${nearest.join(', or ')}?`
}
