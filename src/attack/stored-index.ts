import type { Domain } from '../model/mapping.js'
import { isRecord } from '../model/stated.js'
import { attackDomains } from '../model/vocabulary.js'
import { type AttackReleaseView, compareVersions, type ReleaseFacts } from './attack-index.js'
import { createAttackIndex } from './create-attack-index.js'
import { type AttackDomainData, type AttackIndexData, encodeRuns, encodeTactic, encodeTechnique } from './index-lines.js'

/** Compiles releases, in any order, into the stored index. If two have the same domain and version, the later one wins. */
export function compileAttackIndex(releases: readonly ReleaseFacts[]): AttackIndexData {
  return {
    format: 1,
    enterprise: compileDomain(releases, 'enterprise'),
    mobile: compileDomain(releases, 'mobile'),
    ics: compileDomain(releases, 'ics'),
  }
}

function compileDomain(all: readonly ReleaseFacts[], domain: Domain): AttackDomainData {
  const byVersion = new Map(all.filter((release) => release.domain === domain).map((release) => [release.version, release]))
  const versions = [...byVersion.keys()].toSorted(compareVersions)
  const releases = versions.flatMap((version) => byVersion.get(version) ?? [])
  const matrix = releases.map(({ tactics }) => tactics.map(({ id }) => id).join(','))
  const partial = releases.flatMap(({ version, lacks }) => (lacks ? [[version, lacks] as const] : []))
  return {
    releases: versions,
    ...(partial.length > 0 && { partial: Object.fromEntries(partial) }),
    matrix: encodeRuns(matrix, versions),
    tactics: linesById(releases.map(({ tactics }) => tactics), versions, encodeTactic),
    techniques: linesById(releases.map(({ techniques }) => techniques), versions, encodeTechnique),
  }
}

function linesById<Item extends { readonly id: string }>(
  byRelease: readonly (readonly Item[])[],
  versions: readonly string[],
  encode: (id: string, byRelease: readonly (Item | undefined)[], versions: readonly string[]) => string,
): readonly string[] {
  const lookups = byRelease.map((items) => new Map(items.map((item) => [item.id, item])))
  const ids = new Set(lookups.flatMap((lookup) => [...lookup.keys()]))
  return [...ids].toSorted().map((id) => encode(id, lookups.map((lookup) => lookup.get(id)), versions))
}

/** The stored index as JSON, one object per line, so that a new release gives a readable diff. Ends with a line feed. */
export function renderIndexData(data: AttackIndexData): string {
  return `${JSON.stringify(data, undefined, 1)}\n`
}

/** A release added by the user, and its source: a path or a URL. */
interface StoredRelease {
  readonly from: string
  readonly release: AttackReleaseView
}

/** Serialises one release in the form of the shipped index, with its source: about 130 kB for Enterprise. Ends with a line feed. */
export function renderStoredRelease(release: ReleaseFacts, from: string): string {
  return `${JSON.stringify({ from, ...compileAttackIndex([release]) }, undefined, 1)}\n`
}

/** Parses the output of `renderStoredRelease`; undefined if the text is something else or damaged. */
export function parseStoredRelease(text: string): StoredRelease | undefined {
  const value = parseJson(text)
  if (!isRecord(value) || typeof value['from'] !== 'string' || !isIndexData(value)) return undefined
  const index = createAttackIndex(value)
  const releases = attackDomains.flatMap((domain) => index.versions(domain).map((version) => index.release(domain, version)))
  const [release] = releases
  return release && releases.length === 1 ? { from: value['from'], release } : undefined
}

function isIndexData(value: object): value is AttackIndexData {
  return 'format' in value && value.format === 1
    && attackDomains.every((domain) => isDomainData(Object.entries(value).find(([key]) => key === domain)?.[1]))
}

function isDomainData(value: unknown): value is AttackDomainData {
  if (!isRecord(value) || typeof value['matrix'] !== 'string') return false
  const { releases, partial = {} } = value
  if (!isRecord(partial) || !Object.values(partial).every(isTextList)) return false
  return [releases, value['tactics'], value['techniques']].every(isTextList)
    && Array.isArray(releases) && releases.every((version) => /^\d{1,3}\.\d{1,3}$/.test(String(version)))
}

function isTextList(value: unknown): boolean {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
