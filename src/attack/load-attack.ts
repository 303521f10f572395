import type { Report } from '../diagnostics/diagnostic.js'
import type { DocumentFile } from '../formats/decoded.js'
import { attackDomains } from '../model/vocabulary.js'
import { type AttackHistoryEntry, type AttackIndex, type AttackReleaseView, compareVersions, type ReleaseFacts } from './attack-index.js'
import { readAttackBundle } from './bundle/read-attack-bundle.js'
import { createBundleReader, createOriginalObjects, type OriginalObjects } from './bundle/read-bundle.js'
import { createAttackIndex, createReleaseView, resolveVersion } from './create-attack-index.js'
import { parseStoredRelease } from './stored-index.js'

/** What is known of ATT&CK beside the releases that come with Crosswalk. Part of every request. */
export interface AttackSources {
  /** An ATT&CK STIX bundle that adds to the releases at hand, or replaces one, for this run. */
  readonly attackBundle?: DocumentFile
  /** The user's own releases: files as `crosswalk attack add` writes them (`renderStoredRelease`). */
  readonly attackReleases?: readonly DocumentFile[]
}

/**
 * The shipped index, with the releases that the user added and that of a bundle named for this run (`--attack`). A release of the
 * user's replaces the same one of the index. What cannot be used is reported.
 */
export async function loadAttack({ attackBundle, attackReleases = [] }: AttackSources, report: Report): Promise<AttackIndex> {
  let index = await loadAttackIndex()
  for (const file of attackReleases) {
    const stored = parseStoredRelease(new TextDecoder().decode(file.bytes))
    if (stored) index = withRelease(index, stored.release)
    else report('check/damaged-release', { found: file.path, origin: { document: file.path, place: { kind: 'file' } } })
  }
  return attackBundle ? addBundle(index, attackBundle, report) : index
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
      message: `${bundle.path} ${problem}; the releases at hand were used`,
      origin: { document: bundle.path, place: { kind: 'file' } },
    })
    return index
  }
}

let loaded: Promise<AttackIndex> | undefined

/** The index that comes with Crosswalk: for each domain the last release of each major from 8 on. Read at first use, once. */
export function loadAttackIndex(): Promise<AttackIndex> {
  loaded ??= import('./data/attack-index.json', { with: { type: 'json' } }).then(({ default: data }) => createAttackIndex(data))
  return loaded
}

/**
 * An index with the release of a bundle that is named for one run: `--attack FILE`. In its domain the release also serves the
 * sets that state no version: whoever names a bundle means it. A version that a set states still wins. `originals` are the
 * bundle's own objects.
 */
export function withBundle(index: AttackIndex, bundle: ReleaseFacts, originals?: OriginalObjects): AttackIndex {
  const view = createReleaseView(bundle, 'exact')
  const wider = withRelease(index, view)
  return {
    ...wider,
    ...(originals && { originals }),
    release: (domain, wanted) =>
      domain === bundle.domain && wanted === undefined ? { ...view, match: 'newest' } : wider.release(domain, wanted),
  }
}

/** An index with one more release, or with a release replaced. Sets that state no version are served by the newest, as before. */
function withRelease(index: AttackIndex, added: AttackReleaseView): AttackIndex {
  const { domain: ownDomain, version: ownVersion } = added
  let byStixId: ReadonlyMap<string, string> | undefined
  const versions = [...new Set([...index.versions(ownDomain), ownVersion])].toSorted(compareVersions)

  function release(wanted: string | undefined): AttackReleaseView {
    const { version, match } = resolveVersion(versions, wanted) ?? { version: ownVersion, match: 'newest' }
    return { ...(version === ownVersion ? added : index.release(ownDomain, version)), match }
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
