import { domainNames, explainMatch } from '../../attack/attack-index.js'
import type { Capability, ResolvedSet } from '../../model/mapping-set.js'
import type { Mapping } from '../../model/mapping.js'
import type { EmitContext } from '../emitter.js'

/** Title of a set, without versions that are not stated: "AWS 12/12/2024 and Enterprise ATT&CK 16.1". */
export function setTitle(set: ResolvedSet): string {
  return `${frameworkTitle(set)} and ${attackTitle(set)}`
}

/** "Enterprise ATT&CK 16.1". */
export function attackTitle({ attack }: Pick<ResolvedSet, 'attack'>): string {
  return joinStated(`${domainNames[attack.domain]} ATT&CK`, attack.version)
}

/** "AWS 12/12/2024". */
export function frameworkTitle({ framework }: ResolvedSet): string {
  return joinStated(framework.name, framework.version)
}

/** Title of one or more sets together. */
export function setsTitle(sets: readonly ResolvedSet[]): string {
  const [only] = sets
  return only && sets.length === 1 ? setTitle(only) : `${sets.length} mapping sets and ATT&CK`
}

/** Joins the parts that are stated, with spaces: a name and a version, a score category and value. */
export function joinStated(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(' ')
}

const notStated = 'not stated'

type Fact = readonly [label: string, value: string]

/** Facts about a set and the program that made the `artifact` ("workbook"). Unstated ones are "not stated". */
export function aboutFacts(set: ResolvedSet, context: EmitContext, artifact: string): readonly Fact[] {
  const { framework, attack, about } = set
  const release = context.attack.release(attack.domain, attack.version)
  const why = attack.version === undefined ? 'none is stated' : release.stated === undefined ? 'the stated one is not known' : `the stated one ${explainMatch(release)}`
  const lookedUp = release.match === 'exact' ? release.version : `${release.version} (${why})`
  const created = context.created === undefined ? notStated : `${context.created} (supplied when the ${artifact} was made)`
  return [
    ['Framework', framework.name],
    ['Framework id', framework.id],
    ['Framework version', framework.version ?? notStated],
    ...(about.versionSchema === undefined ? [] : [['How the framework counts versions', about.versionSchema] as const]),
    ['ATT&CK domain', attack.domain],
    ['ATT&CK version', attack.version ?? notStated],
    ['ATT&CK version looked up', lookedUp],
    ['Mapping version', about.mappingVersion ?? notStated],
    ['Author', about.name ?? notStated],
    ['Contact', about.contact ?? notStated],
    ['Organisation', about.organization ?? notStated],
    ['Created', about.created ?? created],
    ['Last updated', about.modified ?? notStated],
    ['Made by', `${context.tool.name} ${context.tool.version}`],
  ]
}

/** Counts of one or more sets. Capabilities of different framework releases, and techniques of different domains, are distinct. */
export interface SetCounts {
  readonly rows: number
  readonly mapped: number
  readonly unmappedCapabilities: number
  readonly unmappedTechniques: number
  /** Capabilities in the documents, mapped or not. */
  readonly capabilities: number
  readonly mappedCapabilities: number
  readonly techniques: number
  readonly mappedTechniques: number
}

/** Counts rows, capabilities and techniques of sets. */
export function countSets(sets: readonly ResolvedSet[]): SetCounts {
  const kinds = { 'mapped': 0, 'unmapped-capability': 0, 'unmapped-technique': 0 }
  const [capabilities, mappedCapabilities, techniques, mappedTechniques] = [
    new Set<string>(),
    new Set<string>(),
    new Set<string>(),
    new Set<string>(),
  ]
  for (const set of sets) {
    const framework = JSON.stringify([set.framework.id, set.framework.version])
    const own = usedIn(set)
    for (const kind of ['mapped', 'unmapped-capability', 'unmapped-technique'] as const) kinds[kind] += own.kinds[kind]
    for (const id of set.capabilities.keys()) capabilities.add(`${framework} ${id}`)
    for (const id of own.techniques) techniques.add(`${set.attack.domain} ${id}`)
    for (const id of own.mappedCapabilities) mappedCapabilities.add(`${framework} ${id}`)
    for (const id of own.mappedTechniques) mappedTechniques.add(`${set.attack.domain} ${id}`)
  }
  return {
    rows: kinds.mapped + kinds['unmapped-capability'] + kinds['unmapped-technique'],
    mapped: kinds.mapped,
    unmappedCapabilities: kinds['unmapped-capability'],
    unmappedTechniques: kinds['unmapped-technique'],
    capabilities: capabilities.size,
    mappedCapabilities: mappedCapabilities.size,
    techniques: techniques.size,
    mappedTechniques: mappedTechniques.size,
  }
}

/** How many rows of each kind a set has, and the ids in them. */
interface UsedIds {
  readonly kinds: Readonly<Record<Mapping['kind'], number>>
  readonly techniques: ReadonlySet<string>
  readonly mappedCapabilities: ReadonlySet<string>
  readonly mappedTechniques: ReadonlySet<string>
}

/** What the rows of a set use: every format counts it, and workbooks do twice. */
const used = new WeakMap<ResolvedSet, UsedIds>()

function usedIn(set: ResolvedSet): UsedIds {
  const known = used.get(set)
  if (known) return known
  const kinds = { 'mapped': 0, 'unmapped-capability': 0, 'unmapped-technique': 0 }
  const [techniques, mappedCapabilities, mappedTechniques] = [new Set<string>(), new Set<string>(), new Set<string>()]
  for (const mapping of set.mappings) {
    kinds[mapping.kind] += 1
    if (mapping.kind === 'unmapped-technique') techniques.add(mapping.technique.id)
    if (mapping.kind !== 'mapped') continue
    mappedCapabilities.add(mapping.capability.id)
    mappedTechniques.add(mapping.technique.id)
  }
  for (const id of mappedTechniques) techniques.add(id)
  const found = { kinds, techniques, mappedCapabilities, mappedTechniques }
  used.set(set, found)
  return found
}

/** Labels and counts, in the order in which pages and workbooks show them. */
export function countFacts(counts: SetCounts): readonly (readonly [label: string, count: number])[] {
  return [
    ['Rows', counts.rows],
    ['Rows that map', counts.mapped],
    ['Rows of capabilities that map to nothing', counts.unmappedCapabilities],
    ['Rows of techniques that nothing maps to', counts.unmappedTechniques],
    ['Capabilities', counts.capabilities],
    ['Capabilities that map', counts.mappedCapabilities],
    ['Techniques', counts.techniques],
    ['Techniques that are mapped', counts.mappedTechniques],
  ]
}

/** The capabilities of which facts are in no row: they have no rows, a longer description, another name or other groups. */
export function capabilitiesBeyondRows({ capabilities, mappings }: ResolvedSet): readonly Capability[] {
  const inRows = new Map<string, { name: string | undefined; readonly groups: Set<string> }>()
  for (const mapping of mappings) {
    if (mapping.kind === 'unmapped-technique') continue
    const { id, description } = mapping.capability
    let known = inRows.get(id)
    if (!known) {
      known = { name: undefined, groups: new Set() }
      inRows.set(id, known)
    }
    known.name ??= description
    if (mapping.group !== undefined) known.groups.add(mapping.group)
  }
  return [...capabilities.values()].filter(({ id, name, description, groups }) => {
    const rows = inRows.get(id)
    return !rows || description !== undefined || rows.name !== name || !haveSameOrder([...rows.groups], groups)
  })
}

function haveSameOrder(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index])
}
