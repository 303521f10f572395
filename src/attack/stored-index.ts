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

/** What a release was compiled from: the name or address of a file, and its SHA-256 digest. */
export interface ReleaseSource {
  readonly source: string
  readonly sha256: string
}

/**
 * The files of the shipped index, by name: one for each domain, one object per line, so that a new release gives a readable diff, and a
 * manifest that says what each release was compiled from, and what it lacks. Each ends with a line feed.
 */
export function renderIndexFiles(releases: readonly (ReleaseFacts & ReleaseSource)[]): ReadonlyMap<string, string> {
  const data = compileAttackIndex(releases)
  const sorted = sortReleases(releases)
  const manifest = {
    format: data.format,
    releases: sorted.map(({ domain, version, source, sha256, lacks }) =>
      ({ domain, version, file: `${domain}.json`, source, sha256, complete: lacks === undefined, ...(lacks && { lacks }) })),
  }
  return new Map([
    ...attackDomains.map((domain) => [`${domain}.json`, renderLines(data[domain])] as const),
    ['manifest.json', renderLines(manifest)],
  ])
}

/** By domain, oldest first. */
function sortReleases<Release extends Pick<ReleaseFacts, 'domain' | 'version'>>(releases: readonly Release[]): readonly Release[] {
  return attackDomains.flatMap((domain) =>
    releases.filter((release) => release.domain === domain).toSorted((left, right) => compareVersions(left.version, right.version)))
}

function renderLines(value: unknown): string {
  return `${JSON.stringify(value, undefined, 1)}\n`
}

/** A release added by the user, and its source: a path or a URL. */
interface StoredRelease {
  readonly from: string
  readonly release: AttackReleaseView
}

/** Serialises one release in the form of the shipped index, with its source: about 130 kB for Enterprise. Ends with a line feed. */
export function renderStoredRelease(release: ReleaseFacts, from: string): string {
  return renderLines({ from, ...compileAttackIndex([release]) })
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

const packFormat = 'crosswalk-attack-pack'
type Digest = (text: string) => string

/**
 * Makes a data pack of releases, sorted by domain and version: an object for schemas/attack-pack.schema.json. `digest` returns the SHA-256
 * digest of a text in lower-case hex.
 */
export function createPack(releases: readonly (ReleaseFacts & Partial<ReleaseSource>)[], digest: Digest): object {
  const compiled = compileAttackIndex(releases)
  const used = attackDomains.filter((domain) => compiled[domain].releases.length > 0)
  const content = {
    releases: sortReleases(releases).map(({ domain, version, lacks, source, sha256 }) => ({
      domain,
      version,
      complete: lacks === undefined,
      ...(lacks && { lacks }),
      ...(source !== undefined && { source }),
      ...(sha256 !== undefined && { sha256 }),
    })),
    data: Object.fromEntries(used.map((domain) => [domain, compiled[domain]])),
  }
  return { format: packFormat, version: 1, sha256: digest(JSON.stringify(content)), ...content }
}

/** A pack as JSON, a line for each object of ATT&CK. Ends with a line feed. */
export function renderPack(pack: object): string {
  return renderLines(pack)
}

/** Whether a text starts as a data pack does. */
export function startsAsPack(text: string): boolean {
  return /^\uFEFF?\s{0,100}\{\s{0,100}"format"\s{0,9}:\s{0,9}"crosswalk-attack-pack"/.test(text)
}

/**
 * Reads the releases of a data pack that matches its schema. `problem`: why it cannot be used, a predicate that completes "<file> …": it
 * was changed, or its list of releases and its data differ.
 */
export function readPack(pack: unknown, digest: Digest): { readonly releases: readonly ReleaseFacts[] } | { readonly problem: string } {
  if (!isRecord(pack) || !isRecord(pack['data']) || !Array.isArray(pack['releases'])) return { problem: 'is not a data pack' }
  const { releases: listed, data, sha256 } = pack
  const found = digest(JSON.stringify({ releases: listed, data }))
  if (found !== sha256) {
    return { problem: `is damaged or was changed: its content has the SHA-256 digest ${found}, but it states ${String(sha256)}` }
  }
  const releases = attackDomains.flatMap((domain) => {
    const own = data[domain]
    return isDomainData(own) ? decodeDomain(domain, own) : []
  })
  const [stated, own] = [listReleases(listed), listReleases(releases)]
  const odd = stated.find((name, at) => !own.includes(name) || stated[at - 1] === name) ?? own.find((name) => !stated.includes(name))
  if (odd !== undefined) return { problem: `contradicts itself about ${odd}: it must be once in /releases, and in /data` }
  const empty = releases.find(({ techniques, tactics }) => techniques.length === 0 || tactics.length === 0)
  if (empty) return { problem: `contains no techniques or no tactics of ${empty.domain} ${empty.version}` }
  return { releases }
}

function listReleases(list: readonly unknown[]): readonly string[] {
  return list.flatMap((entry) => (isRecord(entry) ? [`${String(entry['domain'])} ${String(entry['version'])}`] : [])).toSorted()
}

function decodeDomain(domain: Domain, data: AttackDomainData): readonly ReleaseFacts[] {
  const none: AttackDomainData = { releases: [], matrix: '', tactics: [], techniques: [] }
  const index = createAttackIndex({ format: 1, enterprise: none, mobile: none, ics: none, [domain]: data })
  return data.releases.map((version) => releaseFacts(index.release(domain, version)))
}

/** The facts of a release that an index has. */
export function releaseFacts(view: AttackReleaseView): ReleaseFacts {
  const { domain, version, lacks, tactics } = view
  return { domain, version, ...(lacks && { lacks }), tactics, techniques: view.techniques() }
}
