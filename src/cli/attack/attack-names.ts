import {
  type AttackIndex, type AttackReleaseView, type AttackTactic, type AttackTechnique, parentOf, releaseName,
} from '../../attack/attack-index.js'
import { editDistance, normaliseName } from '../../attack/find-techniques.js'
import type { Domain } from '../../model/mapping.js'
import { attackDomains } from '../../model/vocabulary.js'

/** A technique or a tactic of a release. */
export type AttackObject =
  | { readonly release: AttackReleaseView; readonly technique: AttackTechnique }
  | { readonly release: AttackReleaseView; readonly tactic: AttackTactic }

/** An object of another domain that has the same id or the same name, as printed by `attack show --format json`. */
export interface Namesake {
  readonly domain: Domain
  readonly version: string
  readonly id: string
  readonly name: string
}

/**
 * The objects of a release with a name: tactics, and techniques, of which sub-techniques may be called "Parent: Name". Active ones if there
 * are any. Ignores case, white space and the kinds of quotes and dashes.
 */
export function namedObjects(release: AttackReleaseView, name: string): readonly AttackObject[] {
  const wanted = normaliseName(name)
  const tactics = release.tactics.filter((tactic) => normaliseName(tactic.name) === wanted || tactic.shortname === wanted)
  const techniques = release.techniques().filter((technique) => {
    const own = normaliseName(technique.name)
    if (own === wanted) return true
    if (!wanted.endsWith(own)) return false
    const parent = release.technique(parentOf(technique.id) ?? '')
    return parent !== undefined && `${normaliseName(parent.name)}: ${own}` === wanted
  })
  const active = techniques.filter(({ status }) => status === 'active')
  const usable = active.length > 0 || tactics.length > 0 ? active : techniques
  return [...tactics.map((tactic) => ({ release, tactic })), ...usable.map((technique) => ({ release, technique }))]
}

/** "T1110 Brute Force (Enterprise ATT&CK 18.1)" */
export function describeObject(object: AttackObject): string {
  const { id, name } = 'tactic' in object ? object.tactic : object.technique
  return `${id} ${name} (${releaseName(object.release)})`
}

const maxSuggestions = 3
/** Longer names are cut: the time to compare grows with the product of the lengths. */
const maxLength = 100
/** One letter in this many may differ. */
const lettersPerTypo = 4

/** The names nearest to one that no object has, described: typos first, then names that contain it. */
export function nearestNames(releases: readonly AttackReleaseView[], name: string): readonly string[] {
  const wanted = normaliseName(name.slice(0, maxLength))
  const ranked: { readonly object: AttackObject; readonly distance: number }[] = []
  for (const release of releases) {
    const techniques = release.techniques().filter(({ status }) => status === 'active').map((technique) => ({ release, technique }))
    for (const object of [...release.tactics.map((tactic) => ({ release, tactic })), ...techniques]) {
      const own = normaliseName('tactic' in object ? object.tactic.name : object.technique.name)
      const isPart = wanted.length > 3 && own.includes(wanted)
      const distance = Math.abs(own.length - wanted.length) * lettersPerTypo > own.length ? Infinity : editDistance(wanted, own)
      if (distance * lettersPerTypo <= own.length) ranked.push({ object, distance })
      else if (isPart) ranked.push({ object, distance: own.length })
    }
  }
  return ranked.toSorted((left, right) => left.distance - right.distance).slice(0, maxSuggestions).map(({ object }) => describeObject(object))
}

/** The active objects of a release with a name that the object of this id has or had in any release of another domain. */
export function namesakesIn(index: AttackIndex, release: AttackReleaseView, id: string): readonly AttackObject[] {
  const isTactic = id.startsWith('TA')
  const names = isTactic ? tacticNames(index, id) : index.history(id).map(({ technique }) => technique.name)
  const found = [...new Set(names)].flatMap((name) => namedObjects(release, name))
  const seen = new Set<string>()
  return found.filter((object) => {
    const own = 'tactic' in object ? object.tactic : object.technique
    const isActive = 'tactic' in object ? object.tactic.deprecated !== true : object.technique.status === 'active'
    const fits = 'tactic' in object === isTactic && isActive && !seen.has(own.id)
    seen.add(own.id)
    return fits
  })
}

function tacticNames(index: AttackIndex, id: string): readonly string[] {
  return attackDomains.flatMap((domain) => index.versions(domain).toReversed())
    .flatMap((version) => attackDomains.map((domain) => index.release(domain, version)))
    .flatMap((release) => release.tactics.filter((tactic) => tactic.id === id).map(({ name }) => name))
}

/** What the newest releases of the other domains call by the same id or the same name. */
export function namesakes(index: AttackIndex, domain: Domain, id: string, name: string): readonly Namesake[] {
  return attackDomains.filter((other) => other !== domain).flatMap((other) => {
    const release = index.release(other)
    const same = release.technique(id)
    const objects = same ? [{ release, technique: same }] : namedObjects(release, name)
    return objects.flatMap((object) => {
      const own = 'tactic' in object ? object.tactic : object.technique
      const isActive = 'tactic' in object ? object.tactic.deprecated !== true : object.technique.status === 'active'
      return isActive && 'tactic' in object === id.startsWith('TA') ? [{ domain: other, version: release.version, id: own.id, name: own.name }] : []
    })
  })
}

/** Kinds of ATT&CK objects that the index does not have: the letters of their ids, and the folder of their pages. */
const otherKinds: Readonly<Record<string, readonly [kind: string, folder?: string]>> = {
  G: ['a group', 'groups'],
  S: ['software (malware or a tool)', 'software'],
  C: ['a campaign', 'campaigns'],
  M: ['a mitigation', 'mitigations'],
  DS: ['a data source', 'datasources'],
  DC: ['a data component', 'datacomponents'],
  DET: ['a detection strategy', 'detectionstrategies'],
  AN: ['an analytic'],
  A: ['an asset', 'assets'],
}

/** A sentence about an id of another kind of ATT&CK object, with the address of its page; undefined if it is none. */
export function describeOtherKind(id: string): string | undefined {
  const [, letters = ''] = /^([A-Z]{1,3})\d{4}$/.exec(id) ?? []
  const [kind, folder] = (Object.hasOwn(otherKinds, letters) ? otherKinds[letters] : undefined) ?? []
  if (kind === undefined) return undefined
  const page = folder === undefined ? '' : `; see https://attack.mitre.org/${folder}/${id}/`
  return `${id} is the id of ${kind}. The index has techniques and tactics alone${page}`
}
