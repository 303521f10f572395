import { type AttackIndex, type AttackReleaseView, type AttackTechnique, isBeforeStated, parentOf, releaseName } from '../../attack/attack-index.js'
import { editDistance, normaliseName } from '../../attack/find-techniques.js'
import type { Domain } from '../../model/mapping.js'
import { addToList } from '../../model/stated.js'
import { foldName } from '../../model/text.js'

/** What cells are compared with: names in any release, and the sub-techniques of the set's release. */
export interface TechniqueLookup {
  /** Names that ATT&CK has given an id in any release; empty for unknown ids. */
  names(id: string): readonly string[]
  /** Sub-techniques of a technique in the set's release; undefined if the release does not have the technique. */
  subTechniques(parent: string): SubTechniques | undefined
  /** The sub-technique with this name, in the set's release or else in any other. */
  subTechniqueNamed(parent: string, name: string): string | undefined
  /** The active sub-technique whose name is nearly this one; none from a release that is older than the stated one. */
  nearestSubTechnique(parent: string, name: string): AttackTechnique | undefined
}

/** The active sub-techniques of a technique, sorted by id, and the release that has them. */
interface SubTechniques {
  readonly ids: readonly string[]
  /** "Enterprise ATT&CK 16.1", and why it was used if no other is stated. */
  readonly release: string
}

/** The ATT&CK release of a row or a document, as far as it is stated. */
export interface StatedRelease {
  readonly version?: string
  readonly domain?: Domain
}

/** Creates the look-up for one release: the newest one available if none is stated. */
export function createTechniqueLookup(attack: AttackIndex, { version, domain }: StatedRelease): TechniqueLookup {
  const names = new Map<string, readonly string[]>()
  const byName = new Map<string, ReadonlyMap<string, string>>()
  const byParent = new Map<string, ReadonlyMap<string, readonly AttackTechnique[]>>()

  function releaseOf(parent: string): AttackReleaseView {
    const domains = attack.domainsOf(parent)
    const current = domains.length < 2 ? domains[0] : domains.find((one) => attack.release(one, version).technique(parent)?.status === 'active')
    return attack.release(domain ?? current ?? domains[0] ?? 'enterprise', version)
  }

  function listOf(release: AttackReleaseView, parent: string): readonly AttackTechnique[] {
    const key = `${release.domain} ${release.version}`
    const lists = byParent.get(key) ?? groupSubTechniques(release)
    byParent.set(key, lists)
    return lists.get(parent) ?? []
  }

  function namesOf(id: string): readonly string[] {
    const known = names.get(id)
    if (known) return known
    const found = [...new Set(attack.history(id).map(({ technique }) => technique.name))]
    if (found.length > 0) names.set(id, found)
    return found
  }

  /** Sub-techniques by folded name: names of the release first, then former ones and those of the newest release. */
  function namedUnder(parent: string): ReadonlyMap<string, string> {
    const known = byName.get(parent)
    if (known) return known
    const release = releaseOf(parent)
    const here = listOf(release, parent).toSorted((a, b) => Number(a.status !== 'active') - Number(b.status !== 'active'))
    const all = [...here, ...listOf(attack.release(release.domain), parent)]
    const named = new Map<string, string>()
    const add = (name: string, id: string): void => {
      if (!named.has(foldName(name))) named.set(foldName(name), id)
    }
    for (const technique of here) add(technique.name, technique.id)
    for (const { id } of all) for (const former of namesOf(id)) add(former, id)
    if (all.length > 0) byName.set(parent, named)
    return named
  }

  return {
    names: namesOf,
    subTechniques(parent) {
      const release = releaseOf(parent)
      if (!release.technique(parent)) return undefined
      const ids = listOf(release, parent).filter(({ status }) => status === 'active').map(({ id }) => id)
      return { ids, release: describeRelease(release, version) }
    },
    subTechniqueNamed(parent, name) {
      return namedUnder(parent).get(foldName(withoutParent(name, namesOf(parent))))
    },
    nearestSubTechnique(parent, name) {
      const release = releaseOf(parent)
      if (name.length > 80 || isBeforeStated(release)) return undefined
      const wanted = normaliseName(withoutParent(name, namesOf(parent)))
      return listOf(release, parent)
        .find((technique) => technique.status === 'active' && editDistance(normaliseName(technique.name), wanted) <= 3)
    },
  }
}

function groupSubTechniques(release: AttackReleaseView): ReadonlyMap<string, readonly AttackTechnique[]> {
  const lists = new Map<string, AttackTechnique[]>()
  for (const technique of release.techniques()) {
    const parent = parentOf(technique.id)
    if (parent !== undefined) addToList(lists, parent, technique)
  }
  return lists
}

/** "Command and Scripting Interpreter: PowerShell" is "PowerShell". */
function withoutParent(name: string, parents: readonly string[]): string {
  const [first = '', ...others] = name.split(/[:>]/)
  const isParent = others.length > 0 && parents.some((parent) => foldName(parent) === foldName(first))
  return isParent ? name.slice(first.length + 1) : name
}

function describeRelease(release: AttackReleaseView, version: string | undefined): string {
  const name = releaseName(release)
  if (release.match === 'exact') return name
  return version === undefined
    ? `${name}, the newest available because no version is stated`
    : `${name}, because ${version.slice(0, 20)} is not available`
}
