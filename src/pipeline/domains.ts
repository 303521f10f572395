import type { AttackIndex } from '../attack/attack-index.js'
import { domainsOfTechnique, inferDomain, type InferredDomain } from '../attack/find-techniques.js'
import type { Report } from '../diagnostics/diagnostic.js'
import { createMappingSet, type MappingSet } from '../model/mapping-set.js'
import type { Domain, Mapping } from '../model/mapping.js'
import { addToList } from '../model/stated.js'
import { attackDomains } from '../model/vocabulary.js'

/** Rows of one ATT&CK domain, as a set of their own. */
export interface DomainPart extends InferredDomain {
  readonly set: MappingSet
  /** Whether the rows of the document are of several domains. */
  readonly isSplit: boolean
  /** Ids of its rows that are techniques of other domains as well. */
  readonly shared: readonly string[]
}

/**
 * Splits a set that states no domain by its technique ids: up to three sets, so that every layer can show its rows. An id of several
 * domains belongs to that of most ids if this is one of them. Rows without a technique, or with one that ATT&CK does not have, stay in the set of the domain with most ids, which is
 * the first.
 */
export function splitByDomain(set: MappingSet, attack: AttackIndex): readonly DomainPart[] {
  const ids = set.mappings.flatMap((row) => techniqueOf(row) ?? [])
  const { version } = set.attack
  const main = inferDomain(ids, attack, version)
  const domainsOf = new Map([...new Set(ids)].map((id) => [id, domainsOfTechnique(id, attack, version)]))
  const domainOf = (row: Mapping): Domain => {
    const domains = domainsOf.get(techniqueOf(row) ?? '') ?? []
    return domains.includes(main.domain) ? main.domain : domains[0] ?? main.domain
  }
  const sharedBy = (own: readonly Mapping[]): readonly string[] =>
    [...new Set(own.flatMap((row) => techniqueOf(row) ?? []))].filter((id) => (domainsOf.get(id)?.length ?? 0) > 1)
  const rows = new Map<Domain, Mapping[]>()
  for (const row of set.mappings) addToList(rows, domainOf(row), row)
  if (rows.size <= 1) return [{ ...main, set, isSplit: false, shared: sharedBy(set.mappings) }]
  const others = attackDomains.filter((domain) => domain !== main.domain)
  const used = new Set(others.flatMap((domain) => (rows.get(domain) ?? []).flatMap((row) => capabilityOf(row) ?? [])))
  return [main.domain, ...others].flatMap((domain) => {
    const own = rows.get(domain) ?? []
    if (own.length === 0) return []
    // Capabilities without rows are listed once.
    const listed = domain === main.domain ? new Set([...set.capabilities.keys()].filter((id) => !used.has(id))) : new Set<string>()
    return [{ domain, share: main.share, set: partOf(set, own, listed), isSplit: true, shared: sharedBy(own) }]
  })
}

function partOf(set: MappingSet, mappings: readonly Mapping[], listed: ReadonlySet<string>): MappingSet {
  const mapped = new Set(mappings.flatMap((row) => capabilityOf(row) ?? []))
  const capabilities = [...set.capabilities.values()].filter(({ id }) => mapped.has(id) || listed.has(id))
  const groups = new Set([...mappings.flatMap(({ group }) => group ?? []), ...capabilities.flatMap((capability) => capability.groups)])
  const relations = new Set(mappings.map(({ relation }) => relation))
  const rows = countRows(mappings)
  return createMappingSet({
    framework: set.framework,
    attack: set.attack,
    about: set.about,
    relations: [...set.relations.values()].filter(({ id }) => relations.has(id)),
    groups: [...set.groups.values()].filter(({ id }) => groups.has(id)),
    capabilities,
    mappings,
    sources: set.sources.map((source) => ({ ...source, rows: Math.min(source.rows, rows.get(source.name) ?? 0) })),
  })
}

/** The number of rows of each document. */
function countRows(mappings: readonly Mapping[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { origins } of mappings) {
    for (const name of new Set(origins.map(({ document }) => document))) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return counts
}

/** Ids of MITRE ATLAS: AML.T0043, AML.T0000.001. */
const atlasId = /^AML\.T\d{4}/i

/** Anything that may be meant as an id of ATT&CK, of any age: T1059, TA0001, MOB-T1001, "attack.t1059". */
const attackLike = /(?<!AML\.)(?<![a-z0-9])TA?\d/i

/**
 * Leaves out the rows that map to techniques of another matrix, and reports them: ids of MITRE ATLAS, and all ids of a set that states no
 * domain if none of them can be one of ATT&CK's. Without this they would be taken for unknown techniques of Enterprise.
 */
export function leaveOutOtherMatrices(set: MappingSet, isStated: boolean, report: Report): MappingSet {
  const ids = new Set<string>()
  for (const row of set.mappings) if (row.kind !== 'unmapped-capability') ids.add(row.technique.id)
  const isForeign = !isStated && ids.size > 0 && ![...ids].some((id) => attackLike.test(id))
  const otherIds = new Set([...ids].filter((id) => isForeign || atlasId.test(id)))
  if (otherIds.size === 0) return set
  const isOther = (row: Mapping): boolean => {
    const id = techniqueOf(row)
    return id !== undefined && otherIds.has(id)
  }
  const others = set.mappings.filter(isOther)
  const [first] = others
  if (!first) return set
  const found = [...new Set(others.flatMap((row) => techniqueOf(row) ?? []))]
  const isAtlas = found.every((id) => atlasId.test(id))
  const [origin] = first.origins
  report('parse/other-matrix', {
    message: isAtlas
      ? 'Rows map to techniques of MITRE ATLAS, which is not a matrix of ATT&CK, and were left out'
      : 'Rows map to ids of which none is a technique id of ATT&CK, and were left out',
    found: `${found.slice(0, MOST_NAMED).join(', ')}${found.length > MOST_NAMED ? ', …' : ''}`,
    count: others.length,
    ...(origin && { origin }),
    ...(!isAtlas && { hint: 'If they are meant for ATT&CK, write ids such as T1059 or T1059.001, or state the domain with --domain.' }),
  })
  const rest = set.mappings.filter((row) => !isOther(row))
  return { ...partOf(set, rest, new Set(set.capabilities.keys())), relations: set.relations, groups: set.groups }
}

/** Ids that a message names. */
const MOST_NAMED = 5

function techniqueOf(row: Mapping): string | undefined {
  return row.kind === 'unmapped-capability' ? undefined : row.technique.id
}

function capabilityOf(row: Mapping): string | undefined {
  return row.kind === 'unmapped-technique' ? undefined : row.capability.id
}
