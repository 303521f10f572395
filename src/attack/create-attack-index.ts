import type { Domain } from '../model/mapping.js'
import { attackDomains } from '../model/vocabulary.js'
import {
  type AttackHistoryEntry, type AttackIndex, type AttackReleaseView, type AttackTactic, type AttackTechnique, compareVersions, isReleaseLack, type ReleaseFacts,
} from './attack-index.js'
import {
  type AttackDomainData, type AttackIndexData, changePositions, createReleasePositions, decodeRun, decodeTactic, decodeTechnique, lineId, lineStixIds,
  type ReleasePositions,
} from './index-lines.js'

/** Creates the index for stored data. Releases and histories are decoded on first use. */
export function createAttackIndex(data: AttackIndexData): AttackIndex {
  const domains: Record<Domain, DomainIndex> = {
    enterprise: createDomainIndex('enterprise', data.enterprise),
    mobile: createDomainIndex('mobile', data.mobile),
    ics: createDomainIndex('ics', data.ics),
  }
  let byStixId: Map<string, string> | undefined
  return {
    versions: (domain) => domains[domain].releases,
    release: (domain, version) => domains[domain].release(version),
    domainsOf: (id) => attackDomains.filter((domain) => domains[domain].line(id) !== undefined),
    history: (id) =>
      attackDomains.flatMap((domain) => {
        const found = domains[domain].line(id)
        return found === undefined ? [] : domains[domain].history(found)
      }),
    techniqueIdOf: (stixId) => (byStixId ??= mapStixIds(data)).get(stixId),
  }
}

interface DomainIndex {
  readonly releases: readonly string[]
  readonly line: (id: string) => string | undefined
  readonly history: (line: string) => readonly AttackHistoryEntry[]
  readonly release: (version: string | undefined) => AttackReleaseView
}

function createDomainIndex(domain: Domain, data: AttackDomainData): DomainIndex {
  const releases = createReleasePositions(data.releases)
  const views = new Map<string, AttackReleaseView>()
  let lines: Map<string, string> | undefined

  function line(id: string): string | undefined {
    lines ??= mapLines(data.techniques)
    return lines.get(id)
  }

  function buildView(version: string): AttackReleaseView {
    const position = releases.positions.get(version) ?? -1
    const lacks = data.partial?.[version]?.filter(isReleaseLack)
    const found = new Map<string, AttackTechnique | undefined>()
    let all: readonly AttackTechnique[] | undefined

    function technique(id: string): AttackTechnique | undefined {
      if (found.has(id)) return found.get(id)
      const stored = line(id)
      // Unknown ids are not cached: documents may contain any number of them.
      if (stored === undefined) return undefined
      const decoded = decodeTechnique(stored, position, releases)
      found.set(id, decoded)
      return decoded
    }

    return {
      domain,
      version,
      match: 'exact',
      ...(lacks && { lacks }),
      tactics: decodeTactics(data, position, releases),
      technique,
      techniques: () => (all ??= data.techniques.flatMap((stored) => technique(lineId(stored)) ?? [])),
    }
  }

  return {
    releases: data.releases,
    line,
    history(stored) {
      // Few releases change a technique, and decoding it takes long.
      const changes = changePositions(stored, releases)
      const entries: AttackHistoryEntry[] = []
      let technique: AttackTechnique | undefined
      for (const [position, version] of data.releases.entries()) {
        if (changes.has(position)) technique = decodeTechnique(stored, position, releases)
        if (technique) entries.push({ domain, version, technique })
      }
      return entries
    },
    release(wanted) {
      const resolved = resolveVersion(data.releases, wanted)
      if (!resolved) return createReleaseView({ domain, version: 'none', tactics: [], techniques: [] }, 'newest')
      const view = views.get(resolved.version) ?? buildView(resolved.version)
      views.set(resolved.version, view)
      return resolved.match === 'exact' ? view : { ...view, ...resolved }
    },
  }
}

function mapStixIds(data: AttackIndexData): Map<string, string> {
  const ids = new Map<string, string>()
  for (const line of attackDomains.flatMap((domain) => data[domain].techniques)) {
    for (const stixId of lineStixIds(line)) ids.set(stixId, lineId(line))
  }
  return ids
}

function mapLines(techniques: readonly string[]): Map<string, string> {
  const lines = new Map<string, string>()
  for (const stored of techniques) lines.set(lineId(stored), stored)
  return lines
}

function decodeTactics(data: AttackDomainData, position: number, releases: ReleasePositions): readonly AttackTactic[] {
  const tactics = new Map<string, AttackTactic>()
  for (const stored of data.tactics) {
    const tactic = decodeTactic(stored, position, releases)
    if (tactic) tactics.set(tactic.id, tactic)
  }
  const order = decodeRun(data.matrix, position, releases).split(',')
  return order.flatMap((id) => tactics.get(id) ?? [])
}

/** Creates a view on a release, with constant-time look-up by id. */
export function createReleaseView(release: ReleaseFacts, match: AttackReleaseView['match']): AttackReleaseView {
  const byId = new Map<string, AttackTechnique>(release.techniques.map((technique) => [technique.id, technique]))
  return {
    domain: release.domain,
    version: release.version,
    match,
    ...(release.lacks && { lacks: release.lacks }),
    tactics: release.tactics,
    technique: (id) => byId.get(id),
    techniques: () => release.techniques,
  }
}

type ResolvedVersion = Pick<AttackReleaseView, 'version' | 'match' | 'stated'>

/**
 * Resolves a version as documents write it ("16.1", "v16.1", "16", "ATT&CK 16.1"; see `ReleaseMatch`): the release; of a major version
 * alone, its newest minor version; of a release that is not available, the nearest one that is not newer, else the oldest.
 * `versions` are sorted oldest first; undefined if there are none.
 */
export function resolveVersion(versions: readonly string[], wanted?: string): ResolvedVersion | undefined {
  const [oldest] = versions
  const newest = versions.at(-1)
  if (oldest === undefined || newest === undefined) return undefined
  const stated = readVersion(wanted)
  if (stated === undefined) return { version: newest, match: 'newest' }
  if (versions.includes(stated)) return { version: stated, match: 'exact' }
  const sameMajor = stated.includes('.') ? undefined : versions.findLast((version) => version.startsWith(`${stated}.`))
  if (sameMajor !== undefined) return { version: sameMajor, match: 'major' }
  const before = versions.findLast((version) => compareVersions(version, stated) < 0)
  if (before === undefined) return { version: oldest, match: 'older', stated }
  return { version: before, match: before === newest ? 'newer' : 'earlier', stated }
}

function readVersion(wanted = ''): string | undefined {
  const [, major, minor] = /^(?:att&ck)?[ -]?v?0{0,2}(\d{1,4})(?:\.0{0,2}(\d{1,4}))?(?:\.0)?$/.exec(wanted.trim().toLowerCase()) ?? []
  return minor === undefined ? major : `${major}.${minor}`
}
