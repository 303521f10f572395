import { isObject, type TreeObject } from '../../formats/decoded.js'
import { describeFramework } from '../../frameworks/find-framework.js'
import type { About, AttackRelease, FrameworkRelease } from '../../model/mapping-set.js'
import { readDate, stated } from '../../model/stated.js'
import { readDomain } from '../../model/vocabulary.js'
import { textsOf } from './read-own-cluster.js'

/** Prefix of the types of galaxies that Crosswalk writes: src/emitters/misp-galaxy/misp-galaxy.ts. */
export const ownPrefix = 'crosswalk-'

/** The release that a cluster of Crosswalk's states; undefined if it states no framework. */
export function readOwnRelease({ meta }: TreeObject): { readonly framework: FrameworkRelease; readonly attack: AttackRelease } | undefined {
  if (!isObject(meta) || typeof meta.framework !== 'string' || meta.framework.trim() === '') return undefined
  const { id, name } = describeFramework(meta.framework)
  const version = typeof meta['framework-version'] === 'string' ? meta['framework-version'] : undefined
  const releases = textsOf(meta.attack).map((title) => /^(\w{1,20}) ATT&CK(?: (\S{1,40}))?$/.exec(title) ?? [])
  const domains = new Set(releases.map(([, domain = '']) => readDomain(domain)))
  const versions = new Set(releases.map(([, , attack]) => attack))
  return {
    framework: { id, name, ...stated({ version }) },
    // A cluster of several sets does not say which row is of which release.
    attack: stated({ domain: onlyOf(domains), version: onlyOf(versions) }),
  }
}

function onlyOf<Value>(values: ReadonlySet<Value>): Value | undefined {
  const [only, ...others] = values
  return others.length === 0 ? only : undefined
}

/** Author and dates of a galaxy of one set, as src/emitters/misp-galaxy/build-galaxy.ts describes it. */
export function readAbout({ authors, description }: TreeObject): About {
  const [first, second] = textsOf(authors).filter((name) => name !== 'Crosswalk')
  const text = typeof description === 'string' ? (description.split('\n', 1)[0] ?? '') : ''
  const fact = (words: RegExp): string | undefined => words.exec(text)?.[1]
  const date = (words: RegExp): string | undefined => readDate(fact(words) ?? '')
  return stated({
    organization: second === undefined ? undefined : first,
    name: second ?? first,
    mappingVersion: fact(/mapping version ([^,\s]{1,60}?)(?=[,.]?(?:\s|$))/i),
    created: date(/created (\d{4}-\d\d-\d\d)/i),
    modified: date(/last updated (\d{4}-\d\d-\d\d)/i),
  })
}

/** The rows that the description of a galaxy counts; undefined if it counts none. */
export function countDescribed({ description }: TreeObject): number | undefined {
  const line = typeof description === 'string' ? description.trim().split('\n').at(-1) ?? '' : ''
  const [, mapped, rest = ''] = /^(\d{1,9}) mappings? of [^;]{1,200}(.*)$/s.exec(line) ?? []
  if (mapped === undefined) return undefined
  return Array.from(rest.matchAll(/; (\d{1,9}) rows? without a /g)).reduce((sum, [, count]) => sum + Number(count), Number(mapped))
}
