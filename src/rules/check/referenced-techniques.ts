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
    const domain = rowDomain(mapping) ?? set.attack.domain
    const statedVersion = mapping.release?.attackVersion ?? set.attack.version
    const key = mapping.release ? releaseKey(domain, statedVersion) : setRelease
    let technique = found.get(key, id)
    if (technique) {
      technique.count += 1
    } else {
      const release = attack.release(domain, statedVersion)
      const later = release.match === 'earlier' ? releaseAfter(release, attack) : undefined
      technique = found.add(key, id, {
        id, release, ...(later && { later }), ...(statedVersion !== undefined && { statedVersion }), names: new Map(), ...firstRow(mapping),
      })
    }
    if (name === undefined) continue
    const named = technique.names.get(name)
    if (named) named.count += 1
    else technique.names.set(name, firstRow(mapping))
  }
  return found.values
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
