import { isRecord } from '../model/stated.js'
import type { Domain } from '../model/mapping.js'
import { attackDomains } from '../model/vocabulary.js'
import { compareVersions, domainNames } from './attack-index.js'

/** A release that a collection index offers. */
export interface OfferedRelease {
  readonly domain: Domain
  /** "19.0" */
  readonly version: string
  /** Address of its bundle, absolute. */
  readonly url: string
  /** When it was published, as the index states it. */
  readonly modified?: string
  /** Size of the bundle in bytes, if the index states it. */
  readonly size?: number
  /** Digest of the bundle in lower-case hex, if the index states one. */
  readonly digest?: Digest
}

/** A digest of a file. */
interface Digest {
  readonly algorithm: 'sha256' | 'sha512'
  readonly hex: string
}

/** The releases of a collection index, by domain, oldest first; or why there are none, as a predicate that completes "<address> …". */
export type ReadCollectionIndex =
  | { readonly releases: readonly OfferedRelease[]; readonly notes: readonly string[] }
  | { readonly problem: string }

/** More than any index has: the domains have fewer than a hundred releases. */
const maxVersions = 10_000
const maxNotes = 5

/**
 * Reads a collection index as MITRE publishes it (attack-stix-data/index.json; the form is that of ATT&CK Workbench): `collections`, each
 * with a name and `versions`, each with `version`, `url` and `modified`. Relative URLs are relative to the index. Entries that cannot be
 * used are skipped; the notes name them. Of two entries for a release, the one that was modified last is used.
 */
export function readCollectionIndex(text: string, address: string): ReadCollectionIndex {
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    const found = /^\s*</.test(text.slice(0, 1000)) ? 'an HTML or XML page' : text.trim() === '' ? 'nothing' : 'something else'
    return { problem: `is not JSON but ${found}; expected a collection index` }
  }
  if (!isRecord(value) || !Array.isArray(value['collections'])) {
    const isBundle = isRecord(value) && value['type'] === 'bundle'
    return { problem: `is ${isBundle ? 'a STIX bundle, ' : ''}not a collection index: it has no list "collections"` }
  }
  const collections: readonly unknown[] = value['collections']
  const releases = new Map<string, OfferedRelease>()
  const notes: string[] = []
  let count = 0
  for (const [position, collection] of collections.entries()) {
    const versions: unknown = isRecord(collection) ? collection['versions'] : undefined
    const domain = isRecord(collection) ? domainOfCollection(collection) : undefined
    const name = isRecord(collection) && typeof collection['name'] === 'string' ? collection['name'].slice(0, 100) : `number ${position + 1}`
    if (!domain || !Array.isArray(versions)) {
      notes.push(`collection ${name}: ${domain ? 'has no list "versions"' : 'is not of an ATT&CK domain'}`)
      continue
    }
    for (const entry of versions as readonly unknown[]) {
      count += 1
      if (count > maxVersions) return { problem: `lists more than ${maxVersions} versions` }
      const release = readVersionEntry(domain, entry, address)
      if ('problem' in release) {
        notes.push(`collection ${name}: ${release.problem}`)
        continue
      }
      const key = `${domain} ${release.version}`
      const known = releases.get(key)
      if (!known || (known.modified ?? '') < (release.modified ?? '')) releases.set(key, release)
    }
  }
  if (releases.size === 0) return { problem: `offers no ATT&CK release${notes.length === 0 ? '' : ` (${notes[0]})`}` }
  const order = (release: OfferedRelease): number => attackDomains.indexOf(release.domain)
  const sorted = [...releases.values()]
    .toSorted((left, right) => order(left) - order(right) || compareVersions(left.version, right.version))
  const more = notes.length > maxNotes ? [`and ${notes.length - maxNotes} more`] : []
  return { releases: sorted, notes: [...notes.slice(0, maxNotes), ...more] }
}

/** The collections of MITRE's domains keep their ids from release to release. */
const collectionIds: ReadonlyMap<unknown, Domain> = new Map([
  ['x-mitre-collection--1f5f1533-f617-4ca8-9ab4-6a02367fa019', 'enterprise'],
  ['x-mitre-collection--dac0d2d7-8653-445c-9bff-82f934c1e858', 'mobile'],
  ['x-mitre-collection--90c00720-636b-4485-b342-8751d232bf09', 'ics'],
])

function domainOfCollection({ id, name }: Readonly<Record<string, unknown>>): Domain | undefined {
  const known = collectionIds.get(id)
  if (known !== undefined || typeof name !== 'string') return known
  const words = name.slice(0, 200).toLowerCase().split(/[^a-z&]+/)
  return words.includes('att&ck') || words.includes('attack') ? attackDomains.find((domain) => words.includes(domain)) : undefined
}

function readVersionEntry(domain: Domain, entry: unknown, address: string): OfferedRelease | { readonly problem: string } {
  if (!isRecord(entry)) return { problem: 'a version is not an object' }
  const { version: stated, url, modified, size } = entry
  const written = typeof stated === 'number' || typeof stated === 'string' ? String(stated).slice(0, 40) : 'without a number'
  const [, major, minor = '0'] = /^v?(\d{1,3})(?:\.(\d{1,3}))?(?:\.0)?$/.exec(written.trim()) ?? []
  if (major === undefined) return { problem: `version ${written} is not a release number, such as 19.0` }
  if (typeof url !== 'string' || !URL.canParse(url, address)) return { problem: `version ${written} has no valid "url"` }
  const digest = readDigest(entry)
  if (digest === 'unknown') return { problem: `version ${written} has a checksum that is neither SHA-256 nor SHA-512 in hex` }
  return {
    domain,
    version: `${Number(major)}.${Number(minor)}`,
    url: new URL(url, address).href,
    ...(typeof modified === 'string' && { modified }),
    ...(typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 && { size }),
    ...(digest && { digest }),
  }
}

/**
 * The digest that an entry states: "sha256" or "sha512" as hex, "checksum" or "digest" as hex with or without "sha256:", or an object of
 * digests by algorithm as in STIX: "checksums", "hashes". 'unknown' if it states one that cannot be verified.
 */
function readDigest(entry: Readonly<Record<string, unknown>>): Digest | 'unknown' | undefined {
  const named: [string, unknown][] = []
  for (const [key, value] of Object.entries(entry)) {
    const name = key.toLowerCase().replaceAll(/[-_]/g, '')
    if (['sha256', 'sha512', 'checksum', 'digest'].includes(name)) named.push([name, value])
    if (['checksums', 'hashes', 'checksum', 'digests'].includes(name) && isRecord(value)) {
      named.push(...Object.entries(value).map(([algorithm, hex]): [string, unknown] => [algorithm.toLowerCase().replaceAll(/[-_]/g, ''), hex]))
    }
  }
  const stated = named.filter(([, value]) => value !== null && value !== undefined && !isRecord(value))
  for (const algorithm of ['sha512', 'sha256'] as const) {
    for (const [name, value] of stated) {
      const [, prefix, hex] = typeof value === 'string' ? /^(?:(sha-?256|sha-?512)[:=])?([\da-f]{64}(?:[\da-f]{64})?)$/i.exec(value.trim()) ?? [] : []
      const claimed = prefix?.toLowerCase().replace('-', '') ?? (name.startsWith('sha') ? name : undefined)
      const isThis = (claimed ?? algorithm) === algorithm && hex?.length === (algorithm === 'sha256' ? 64 : 128)
      if (isThis && hex !== undefined) return { algorithm, hex: hex.toLowerCase() }
    }
  }
  return stated.length === 0 ? undefined : 'unknown'
}

/** Releases of a domain nearest to a version that an index does not offer: the ones before and after it, and the newest. */
function nearestReleases(offered: readonly OfferedRelease[], version: string): readonly string[] {
  const versions = offered.map((release) => release.version)
  const before = versions.findLast((one) => compareVersions(one, version) < 0)
  const after = versions.find((one) => compareVersions(one, version) > 0)
  return [...new Set([before, after, versions.at(-1)].flatMap((one) => one ?? []))]
}

/** "the index offers no Mobile ATT&CK 19.9; nearest: 19.2", a sentence without its end. */
export function describeMissingRelease(offered: readonly OfferedRelease[], domain: Domain, version: string | undefined): string {
  const own = offered.filter((release) => release.domain === domain)
  if (own.length === 0) {
    const domains = [...new Set(offered.map((release) => domainNames[release.domain]))]
    return `the index offers no release of ${domainNames[domain]} ATT&CK, only of ${domains.join(' and ')}`
  }
  return `the index offers no ${domainNames[domain]} ATT&CK ${version ?? ''}; the nearest that it has: ${nearestReleases(own, version ?? '').join(', ')}`
}
