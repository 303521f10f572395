import { type AttackIndex, isBeforeStated, stampedVersion, techniqueIdForm } from '../../attack/attack-index.js'
import { describedTechnique, findTechnique, type FoundTechnique } from '../../attack/find-techniques.js'
import { countNoun } from '../../diagnostics/counts-in-words.js'
import type { Report } from '../../diagnostics/diagnostic.js'
import { createNumbered, createPairMap, type Numbered } from '../../model/lookups.js'
import type { Capability, ResolvedSet } from '../../model/mapping-set.js'
import type { MappedRow, Mapping, TechniqueRef } from '../../model/mapping.js'
import { epoch, stixId, type StixId } from '../objects/stix-id.js'
import type { CapabilityDraft, RelationshipDraft, SetDraft, SetInBundle } from './drafts.js'
import { createRelationshipTable, type RelationshipTable } from './relationship-table.js'
import type { AttackPattern } from './stix-object.js'
import { buildStub, type Originals, referToTechnique, stubId } from './techniques.js'

const attackPatternId = /^attack-pattern--[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

type RelationshipKind = Pick<RelationshipDraft, 'type' | 'isReversed'>

/** The objects of a bundle that is being built, in order of appearance. */
export interface Drafts {
  readonly sets: readonly SetDraft[]
  /** Those that are in the bundle. */
  readonly techniques: ReadonlyMap<StixId, AttackPattern>
  readonly capabilities: readonly CapabilityDraft[]
  readonly relationships: RelationshipTable
  /** The ids of all techniques, by their numbers in the table. */
  readonly techniqueIds: readonly StixId[]
}

/** Everything that collecting needs beside the sets. */
export interface CollectContext {
  readonly attack: AttackIndex
  readonly report: Report
  /** Whether the bundle contains the techniques that ATT&CK has. Stubs of the others are always in it. */
  readonly embedTechniques: boolean
  /** Techniques that are copied from MITRE's bundle; the others are referred to. */
  readonly originals: Originals['techniques']
}

/** What sets have collected so far. */
interface Collection extends CollectContext {
  readonly sets: SetDraft[]
  readonly techniques: Map<StixId, AttackPattern>
  readonly capabilities: Numbered<StixId, CapabilityDraft>
  readonly relationships: RelationshipTable
  readonly techniqueIds: Numbered<StixId>
  readonly kinds: Numbered<string, RelationshipKind>
  /** Receives ids of embedded techniques whose dates are not known (`AttackTechnique.created`). */
  readonly undated: Set<string>
}

/** Collects the objects of sets: one per capability, technique, and relationship (type, source, target). */
export function collectDrafts(placed: readonly SetInBundle[], context: CollectContext): Drafts {
  const [capabilities, techniqueIds, kinds] = [createNumbered<StixId, CapabilityDraft>(), createNumbered<StixId>(), createNumbered<string, RelationshipKind>()]
  const rows = placed.reduce((sum, { set }) => sum + set.mappings.length, 0)
  const parts = { sets: placed, kinds: kinds.items, capabilities: capabilities.items, techniques: techniqueIds.items }
  const collection: Collection = {
    ...context, sets: [], techniques: new Map(), capabilities, relationships: createRelationshipTable(rows, parts), techniqueIds, kinds, undated: new Set(),
  }
  for (const [number, from] of placed.entries()) collection.sets.push(collectSet(collection, from, number))
  const { undated, sets, techniques, relationships } = collection
  if (undated.size > 0) context.report('emit/technique-undated', { found: [...undated].slice(0, 10).join(', '), count: undated.size })
  return { sets, techniques, capabilities: capabilities.items, relationships, techniqueIds: techniqueIds.items }
}

function collectSet(collection: Collection, from: SetInBundle, set: number): SetDraft {
  const { mappings } = from.set
  const techniques = new Map<string, number>()
  const capabilities = new Map(Array.from(from.set.capabilities.values(), (capability) =>
    [capability.id, draftCapability(collection, from, capability)]))
  const draft: SetDraft = {
    ...from, capabilities: [...capabilities.values()], places: new Int32Array(mappings.length), numbers: new Int32Array(mappings.length),
  }
  const described = new Map(mappings.flatMap((row) =>
    (row.kind === 'mapped' && row.technique.object ? [[row.technique.id, row.technique] as const] : [])))
  const kindOf = createKinds(collection, from)
  const stubs: MappedRow[] = []
  for (const [index, row] of mappings.entries()) placeRow(row, index)
  reportStubs(stubs, from.set, collection)
  return draft

  function placeRow(row: Mapping, index: number): void {
    if (row.kind === 'unmapped-technique') return
    const capability = capabilities.get(row.capability.id)
    if (!capability) throw new Error(`A row names capability ${row.capability.id}, which its set does not list`)
    if (row.kind === 'mapped') {
      const { relationship, nth } = collection.relationships.add(set, index, kindOf(row), capability.number, referTechnique(row))
      draft.places[index] = relationship + 1
      draft.numbers[index] = nth
      return
    }
    draft.places[index] = -(capability.number + 1)
    draft.numbers[index] = capability.rows.push({ from, row }) - 1
  }

  function referTechnique(row: MappedRow): number {
    const known = techniques.get(row.technique.id)
    if (known !== undefined) return known
    const { id, isStub } = draftTechnique(collection, from, described.get(row.technique.id) ?? row.technique)
    if (isStub) stubs.push(row)
    const number = collection.techniqueIds.numberOf(id, () => id)
    techniques.set(row.technique.id, number)
    return number
  }
}

/** Numbers the kinds of the relationships of a set's rows. They depend on mapping type and score category alone. */
function createKinds({ kinds }: Collection, { shape }: SetInBundle): (row: MappedRow) => number {
  const known = createPairMap<string | undefined, string | undefined, number>()
  return (row) => {
    const number = known.get(row.relation, row.score?.category)
    if (number !== undefined) return number
    const { type, reversed: isReversed = false } = shape.relationshipOf(row)
    return known.add(row.relation, row.score?.category, kinds.numberOf(`${type} ${String(isReversed)}`, () => ({ type, isReversed })))
  }
}

function draftCapability({ capabilities }: Collection, from: SetInBundle, capability: Capability): CapabilityDraft {
  const { framework } = from.set
  const type = from.shape.object
  const id = stixId(type, 'capability', framework.id, framework.version, capability.id)
  const number = capabilities.numberOf(id, (next) => ({ id, number: next, type, capability, from, sets: new Set(), rows: [] }))
  const draft = capabilities.items[number]
  if (!draft) throw new Error(`No capability has the number ${number}`)
  draft.sets.add(from)
  return draft
}

/** Returns the object id of a technique, and adds it to the bundle if the profile embeds it or it is a new stub. */
function draftTechnique(collection: Collection, from: SetInBundle, technique: TechniqueRef): { id: StixId; isStub: boolean } {
  const { attack } = from.set
  const found = findTechnique(collection.attack, attack, technique.id) ?? describedTechnique(attack, technique)
  // Ids in a bundle supplied by the user may be malformed.
  if (found && attackPatternId.test(found.technique.stixId)) {
    if (collection.embedTechniques) embedTechnique(collection, found)
    return { id: found.technique.stixId, isStub: false }
  }
  const id = stubId(technique.id)
  if (collection.techniques.has(id)) return { id, isStub: false }
  collection.techniques.set(id, buildStub(technique, from.common))
  return { id, isStub: true }
}

/** Adds MITRE's own object of a technique, else a reference to it. Of several versions of MITRE's, the newest is kept. */
function embedTechnique({ techniques, attack, originals, undated }: Collection, { technique, ...found }: FoundTechnique): void {
  const known = techniques.get(technique.stixId)
  const original = originals.get(technique)
  if (known && !original) return
  const object = original ?? referToTechnique({ technique, ...found }, attack)
  if (!known || known.modified < object.modified) techniques.set(object.id, object)
  if (technique.created === undefined && object.created === epoch) undated.add(technique.id)
}

/** Reports stubs one by one; together if the set states a release that is not available and may have them. */
function reportStubs(rows: readonly MappedRow[], { attack }: ResolvedSet, context: CollectContext): void {
  const release = context.attack.release(attack.domain, attack.version)
  const newer = rows.filter(({ technique }) => isBeforeStated(release) && techniqueIdForm.test(technique.id))
  const known = new Set(newer)
  const [first] = newer
  if (first) {
    const ids = newer.map(({ technique }) => technique.id)
    context.report('emit/technique-stub', {
      message: `${countNoun(ids.length, 'technique')} of ATT&CK ${stampedVersion(release)}, which is not available: written under ids `
        + "generated by Crosswalk, with ATT&CK's own ids as references",
      found: `${ids.slice(0, mostNamed).join(', ')}${ids.length > mostNamed ? ', …' : ''}`,
      count: ids.length,
      ...(first.origins[0] && { origin: first.origins[0] }),
    })
  }
  for (const { technique, origins: [origin] } of rows.filter((row) => !known.has(row))) {
    context.report('emit/technique-stub', {
      message: `ATT&CK has no technique ${technique.id}; it was written under an id generated by Crosswalk`,
      found: technique.id,
      ...(origin && { origin }),
    })
  }
}

/** Ids that a message names. */
const mostNamed = 10
