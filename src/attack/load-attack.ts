import type { Report } from '../diagnostics/diagnostic.js'
import type { DocumentFile } from '../formats/decoded.js'
import type { Domain } from '../model/mapping.js'
import { attackDomains } from '../model/vocabulary.js'
import { type AttackHistoryEntry, type AttackIndex, type AttackReleaseView, compareVersions, type ReleaseFacts } from './attack-index.js'
import { readAttackBundle } from './bundle/read-attack-bundle.js'
import { createBundleReader, createOriginalObjects, type OriginalObjects } from './bundle/read-bundle.js'
import { createAttackIndex, createReleaseView, resolveVersion } from './create-attack-index.js'
import type { AttackDomainData, AttackIndexData } from './index-lines.js'
import { parseStoredRelease, type ReleaseSource } from './stored-index.js'

/** ATT&CK releases in addition to those shipped with Crosswalk. Part of every request. */
export interface AttackSources {
  /** ATT&CK STIX bundle whose release is added to the available ones, or replaces one, for this run. */
  readonly attackBundle?: DocumentFile
  /** Releases added by the user: files written by `crosswalk attack add` (`renderStoredRelease`). */
  readonly attackReleases?: readonly DocumentFile[]
}

/**
 * Loads the shipped index with the releases that the user added and the bundle of this run (`--attack`). Added releases replace
 * the same release of the index, except that a partial release never replaces a complete one. Unusable files are reported and skipped.
 * `domains`: only these are loaded of the shipped index.
 */
export async function loadAttack(
  { attackBundle, attackReleases = [] }: AttackSources, report: Report, domains: readonly Domain[] = attackDomains,
): Promise<AttackIndex> {
  let index = await loadAttackIndex(domains)
  for (const file of attackReleases) {
    const stored = parseStoredRelease(new TextDecoder().decode(file.bytes))
    if (stored && isPoorer(stored.release, index)) continue
    if (stored) index = withRelease(index, stored.release)
    else report('check/damaged-release', { found: file.path, origin: { document: file.path, place: { kind: 'file' } } })
  }
  return attackBundle ? addBundle(index, attackBundle, report) : index
}

/** Whether a release is partial, and the index has the complete one. */
function isPoorer({ domain, version, lacks }: AttackReleaseView, index: AttackIndex): boolean {
  return lacks !== undefined && index.versions(domain).includes(version) && index.release(domain, version).lacks === undefined
}

function addBundle(index: AttackIndex, bundle: DocumentFile, report: Report): AttackIndex {
  const reader = createBundleReader()
  reader.push(bundle.bytes)
  const read = reader.finish()
  if ('problem' in read) return reject(read.problem)
  const result = readAttackBundle(read.value, { fileName: bundle.name })
  if ('problem' in result) return reject(result.problem)
  return withBundle(index, result.release, createOriginalObjects(result.release, bundle.bytes, read.places))

  function reject(problem: string): AttackIndex {
    report('check/unusable-bundle', {
      message: `${bundle.path} ${problem}; the other available releases were used`,
      origin: { document: bundle.path, place: { kind: 'file' } },
    })
    return index
  }
}

/** The shipped releases, a file for each domain. */
const loaders: Readonly<Record<Domain, () => Promise<{ readonly default: AttackDomainData }>>> = {
  enterprise: () => import('./data/enterprise.json', { with: { type: 'json' } }),
  mobile: () => import('./data/mobile.json', { with: { type: 'json' } }),
  ics: () => import('./data/ics.json', { with: { type: 'json' } }),
}
const noReleases: AttackDomainData = { releases: [], matrix: '', tactics: [], techniques: [] }
const loaded = new Map<string, Promise<AttackIndex>>()

/**
 * The index shipped with Crosswalk: the last release of each major version from 8 to 18, Enterprise 10.0, and 19.1 in part. Loaded once,
 * on first use. `domains`: only these are loaded; the index then has no releases of others.
 */
export function loadAttackIndex(domains: readonly Domain[] = attackDomains): Promise<AttackIndex> {
  const wanted = attackDomains.filter((domain) => domains.includes(domain))
  const known = loaded.get(wanted.join())
  const index = known ?? readDomains(wanted).then((data) => createAttackIndex(data))
  loaded.set(wanted.join(), index)
  return index
}

/** What each shipped release was compiled from. */
export async function loadShippedSources(): Promise<readonly (ReleaseSource & { readonly domain: string; readonly version: string })[]> {
  return (await import('./data/manifest.json', { with: { type: 'json' } })).default.releases
}

async function readDomains(wanted: readonly Domain[]): Promise<AttackIndexData> {
  const read = async (domain: Domain): Promise<AttackDomainData> =>
    (wanted.includes(domain) ? (await loaders[domain]()).default : noReleases)
  const [enterprise, mobile, ics] = await Promise.all([read('enterprise'), read('mobile'), read('ics')])
  return { format: 1, enterprise, mobile, ics }
}

/**
 * Adds the release of this run's bundle (`--attack FILE`) to an index. In its domain it is also the default for sets that state
 * no version; a stated version still wins. `originals`: the original objects of the bundle.
 */
export function withBundle(index: AttackIndex, bundle: ReleaseFacts, originals?: OriginalObjects): AttackIndex {
  const view = createReleaseView(bundle, 'exact')
  const extended = withRelease(index, view)
  return {
    ...extended,
    ...(originals && { originals }),
    release: (domain, wanted) =>
      domain === bundle.domain && wanted === undefined ? { ...view, match: 'newest' } : extended.release(domain, wanted),
  }
}

/** Adds or replaces a release in an index. Sets that state no version still get the newest release. */
function withRelease(index: AttackIndex, added: AttackReleaseView): AttackIndex {
  const { domain: ownDomain, version: ownVersion } = added
  let byStixId: ReadonlyMap<string, string> | undefined
  const versions = [...new Set([...index.versions(ownDomain), ownVersion])].toSorted(compareVersions)

  function release(wanted: string | undefined): AttackReleaseView {
    const resolved = resolveVersion(versions, wanted) ?? { version: ownVersion, match: 'newest' }
    return { ...(resolved.version === ownVersion ? added : index.release(ownDomain, resolved.version)), ...resolved }
  }

  function history(id: string): readonly AttackHistoryEntry[] {
    const technique = added.technique(id)
    return [
      ...index.history(id).filter((entry) => entry.domain !== ownDomain || entry.version !== ownVersion),
      ...(technique ? [{ domain: ownDomain, version: ownVersion, technique }] : []),
    ].toSorted(compareEntries)
  }

  return {
    versions: (domain) => (domain === ownDomain ? versions : index.versions(domain)),
    release: (domain, wanted) => (domain === ownDomain ? release(wanted) : index.release(domain, wanted)),
    domainsOf(id) {
      const known = index.domainsOf(id)
      const isAdded = added.technique(id) !== undefined
      return attackDomains.filter((domain) => known.includes(domain) || (domain === ownDomain && isAdded))
    },
    history,
    techniqueIdOf: (stixId) => (byStixId ??= new Map(added.techniques().map((found) => [found.stixId, found.id]))).get(stixId)
      ?? index.techniqueIdOf(stixId),
  }
}

function compareEntries(left: AttackHistoryEntry, right: AttackHistoryEntry): number {
  return attackDomains.indexOf(left.domain) - attackDomains.indexOf(right.domain) || compareVersions(left.version, right.version)
}
