import { attackDomains } from './attack-domains.js'
import type { AttackHistoryEntry, AttackIndex, AttackReleaseView } from './attack-index.js'
import type { AttackRelease } from './attack-release.js'
import { compareVersions } from './compare-versions.js'
import { createReleaseView } from './create-release-view.js'
import { resolveVersion } from './resolve-version.js'

/**
 * An index with one more release, or with a release replaced: `--attack FILE`, for one run. In its domain the release also
 * serves the sets that state no version: whoever names a bundle means it. A version that a set states still wins.
 */
export function withBundle(index: AttackIndex, bundle: AttackRelease): AttackIndex {
  const view = createReleaseView(bundle, 'exact')
  let byStixId: ReadonlyMap<string, string> | undefined
  const versions = [...new Set([...index.versions(bundle.domain), bundle.version])].toSorted(compareVersions)

  function release(wanted: string | undefined): AttackReleaseView {
    const stated = wanted === undefined ? undefined : resolveVersion(versions, wanted)
    const { version, match } = stated ?? { version: bundle.version, match: 'newest' }
    const found = version === bundle.version ? view : index.release(bundle.domain, version)
    return { ...found, match }
  }

  function history(id: string): readonly AttackHistoryEntry[] {
    const technique = view.technique(id)
    return [
      ...index.history(id).filter((entry) => entry.domain !== bundle.domain || entry.version !== bundle.version),
      ...(technique ? [{ domain: bundle.domain, version: bundle.version, technique }] : []),
    ].toSorted(compareEntries)
  }

  return {
    versions: (domain) => (domain === bundle.domain ? versions : index.versions(domain)),
    release: (domain, wanted) => (domain === bundle.domain ? release(wanted) : index.release(domain, wanted)),
    domainsOf(id) {
      const known = index.domainsOf(id)
      const isInBundle = view.technique(id) !== undefined
      return attackDomains.filter((domain) => known.includes(domain) || (domain === bundle.domain && isInBundle))
    },
    history,
    techniqueIdOf: (stixId) => (byStixId ??= new Map(bundle.techniques.map((found) => [found.stixId, found.id]))).get(stixId)
      ?? index.techniqueIdOf(stixId),
  }
}

function compareEntries(left: AttackHistoryEntry, right: AttackHistoryEntry): number {
  return attackDomains.indexOf(left.domain) - attackDomains.indexOf(right.domain) || compareVersions(left.version, right.version)
}
