import { compareIds } from '../../model/text.js'
import { createJsonSplitter } from './split-json.js'
import { attackId, isWithdrawn, parseStixObject, type StixObject, textOf, textsOf } from './stix-object.js'

/** A group, a campaign or software of ATT&CK, and the techniques that it uses. */
export interface Adversary {
  /** "G0016", "C0024", "S0559" */
  readonly id: string
  readonly name: string
  readonly kind: 'group' | 'campaign' | 'software'
  readonly aliases: readonly string[]
  /** By technique id, sorted. */
  readonly techniques: ReadonlyMap<string, TechniqueUse>
}

/** How an adversary uses a technique. */
export interface TechniqueUse {
  /** ATT&CK says so of the adversary itself. */
  readonly itself: boolean
  /** Campaigns attributed to the group that use it. */
  readonly campaigns: readonly string[]
  /** Software that the adversary uses and that uses the technique. Not evidence that the adversary used the technique. */
  readonly software: readonly string[]
}

const kinds: ReadonlyMap<string, Adversary['kind']> = new Map([
  ['intrusion-set', 'group'], ['campaign', 'campaign'], ['malware', 'software'], ['tool', 'software'],
])

/** The id and the name of an object, as they are written behind a technique: "SUNBURST (S0559)". */
type Found = Omit<Adversary, 'techniques'>

/**
 * Reads the groups, campaigns and software of an ATT&CK bundle and what they use: relationships `uses` and `attributed-to`
 * (ATT&CK's data model, "Relationships"), without withdrawn ones. Sorted by id. Throws what JSON.parse throws.
 */
export function readAdversaries(bytes: Uint8Array): readonly Adversary[] {
  const found = new Map<string, Found>()
  const techniques = new Map<string, string>()
  const links: (readonly [kind: unknown, from: string, to: string])[] = []
  const none = -1
  const splitter = createJsonSplitter((entry) => {
    // Most bytes of a bundle are in objects that nothing is read from.
    const object = /"(?:intrusion-set|campaign|malware|tool|attack-pattern|relationship)"/.test(entry) ? parseStixObject(entry) : undefined
    if (!object || isWithdrawn(object)) return none
    const { type } = object
    if (type === 'relationship') {
      const [from, to] = [textOf(object, 'source_ref'), textOf(object, 'target_ref')]
      if (from !== undefined && to !== undefined) links.push([object['relationship_type'], from, to])
      return none
    }
    const [stixId, id] = [textOf(object, 'id'), attackId(object, type === 'attack-pattern' ? /^T\d{4}(?:\.\d{3})?$/ : /^[GCS]\d{4}$/)]
    if (stixId === undefined || id === undefined) return none
    const kind = kinds.get(String(type))
    if (type === 'attack-pattern') techniques.set(stixId, id)
    else if (kind) found.set(stixId, describe(object, id, kind))
    return none
  })
  splitter.push(bytes)
  splitter.finish()

  const uses = groupLinks(links, 'uses')
  const campaigns = groupLinks(links.map(([kind, from, to]) => [kind, to, from]), 'attributed-to')
  return Array.from(found, ([stixId, one]) => ({ ...one, techniques: collectUses(stixId) })).toSorted((a, b) => compareIds(a.id, b.id))

  function collectUses(stixId: string): Adversary['techniques'] {
    const own = uses.get(stixId) ?? []
    const collected = new Map<string, { itself: boolean, campaigns: string[], software: string[] }>()
    const add = (target: string, how: (use: { itself: boolean, campaigns: string[], software: string[] }) => void): void => {
      const id = techniques.get(target)
      if (id === undefined) return
      const use = collected.get(id) ?? { itself: false, campaigns: [], software: [] }
      collected.set(id, use)
      how(use)
    }
    for (const target of own) add(target, (use) => { use.itself = true })
    for (const campaign of campaigns.get(stixId) ?? []) {
      for (const target of uses.get(campaign) ?? []) add(target, ({ campaigns: list }) => list.push(nameOf(campaign)))
    }
    for (const software of own.filter((target) => found.get(target)?.kind === 'software')) {
      for (const target of uses.get(software) ?? []) add(target, ({ software: list }) => list.push(nameOf(software)))
    }
    return new Map([...collected].toSorted(([a], [b]) => compareIds(a, b)))
  }

  function nameOf(stixId: string): string {
    const one = found.get(stixId)
    return one ? `${one.name} (${one.id})` : stixId
  }
}

function describe(object: StixObject, id: string, kind: Adversary['kind']): Found {
  const name = textOf(object, 'name') ?? id
  const aliases = [...textsOf(object, 'aliases'), ...textsOf(object, 'x_mitre_aliases')].filter((alias) => alias !== name)
  return { id, name, kind, aliases: [...new Set(aliases)] }
}

/** The targets of relationships of a kind, by source, each once. */
function groupLinks(links: readonly (readonly [kind: unknown, from: string, to: string])[], wanted: string): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, Set<string>>()
  for (const [kind, from, to] of links) {
    if (kind !== wanted) continue
    const group = groups.get(from)
    if (group) group.add(to)
    else groups.set(from, new Set([to]))
  }
  return new Map(Array.from(groups, ([from, targets]) => [from, [...targets]]))
}

/** The adversary with an id, a name or an alias, in any letter case; an id wins over a name, a name over an alias. */
export function findAdversary(adversaries: readonly Adversary[], wanted: string): Adversary | undefined {
  const word = wanted.trim().toLowerCase()
  return adversaries.find(({ id }) => id.toLowerCase() === word)
    ?? adversaries.find(({ name }) => name.toLowerCase() === word)
    ?? adversaries.find(({ aliases }) => aliases.some((alias) => alias.toLowerCase() === word))
}
