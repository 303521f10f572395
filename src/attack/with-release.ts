import { attackDomains } from './attack-domains.js'
import type { AttackHistoryEntry, AttackIndex, AttackReleaseView } from './attack-index.js'
import { compareVersions } from './compare-versions.js'
import { resolveVersion } from './resolve-version.js'

/** An index with one more release, or with a release replaced. Sets that state no version are served by the newest, as before. */
export function withRelease(index: AttackIndex, added: AttackReleaseView): AttackIndex {
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
