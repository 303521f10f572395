import { type AttackIndex, isBeforeStated, stampedVersion, techniqueIdForm } from '../../attack/attack-index.js'
import { describedTechnique, findTechnique, type FoundTechnique } from '../../attack/find-techniques.js'
import { countNoun } from '../../diagnostics/counts-in-words.js'
import type { Report } from '../../diagnostics/diagnostic.js'
import type { Capability, ResolvedSet } from '../../model/mapping-set.js'
import type { MappedRow, Mapping, TechniqueRef } from '../../model/mapping.js'
import { epoch, stixId, type StixId } from '../objects/stix-id.js'
import type { CapabilityDraft, Drafts, RelationshipDraft, SetDraft, SetInBundle } from './drafts.js'
import { buildStub, type Originals, referToTechnique, stubId } from './techniques.js'

const attackPatternId = /^attack-pattern--[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** Everything that collecting needs beside the sets. */
export interface CollectContext {
  readonly attack: AttackIndex
  readonly report: Report
  /** Whether the bundle contains the techniques that ATT&CK has. Stubs of the others are always in it. */
  readonly embedTechniques: boolean
  /** Techniques that are copied from MITRE's bundle; the others are referred to. */
  readonly originals: Originals['techniques']
}

interface SetContext extends CollectContext {
  /** Receives ids of embedded techniques whose dates are not known (`AttackTechnique.created`). */
  readonly undated: Set<string>
}

/** Collects the objects of sets: one per capability, technique, and relationship (type, source, target). */
export function collectDrafts(sets: readonly SetInBundle[], context: CollectContext): Drafts {
  const drafts: Drafts = { sets: [], techniques: new Map(), capabilities: new Map(), relationships: new Map() }
  const undated = new Set<string>()
  for (const placed of sets) {
    drafts.sets.push(collectSet(drafts, placed, { ...context, undated }))
  }
  if (undated.size > 0) context.report('emit/technique-undated', { found: [...undated].slice(0, 10).join(', '), count: undated.size })
  return drafts
}

function collectSet(drafts: Drafts, from: SetInBundle, context: SetContext): SetDraft {
  const techniqueIds = new Map<string, StixId>()
  const capabilities = new Map(Array.from(from.set.capabilities.values(), (capability) =>
    [capability.id, draftCapability(drafts, from, capability)]))
  const draft: SetDraft = { ...from, capabilities: [...capabilities.values()], places: [], numbers: [] }
  const described = new Map(from.set.mappings.flatMap((row) =>
    (row.kind === 'mapped' && row.technique.object ? [[row.technique.id, row.technique] as const] : [])))
  const stubs: MappedRow[] = []
  for (const row of from.set.mappings) {
    const place = placeRow(row)
    draft.places.push(place)
    draft.numbers.push(place ? place.rows.length - 1 : 0)
  }
  reportStubs(stubs, from.set, context)
  return draft

  function placeRow(row: Mapping): CapabilityDraft | RelationshipDraft | undefined {
    if (row.kind === 'unmapped-technique') return undefined
    const capability = capabilities.get(row.capability.id)
    if (!capability) throw new Error(`A row names capability ${row.capability.id}, which its set does not list`)
    if (row.kind === 'mapped') return draftRelationship(drafts, from, row, capability.id, referTechnique(row))
    capability.rows.push({ from, row })
    return capability
  }

  function referTechnique(row: MappedRow): StixId {
    const known = techniqueIds.get(row.technique.id)
    if (known !== undefined) return known
    const { id, isStub } = draftTechnique(drafts, from, described.get(row.technique.id) ?? row.technique, context)
    if (isStub) stubs.push(row)
    techniqueIds.set(row.technique.id, id)
    return id
  }
}

function draftCapability(drafts: Drafts, from: SetInBundle, capability: Capability): CapabilityDraft {
  const { framework } = from.set
  const type = from.shape.object
  const id = stixId(type, 'capability', framework.id, framework.version, capability.id)
  let draft = drafts.capabilities.get(id)
  if (!draft) {
    draft = { id, type, capability, from, sets: new Set(), rows: [] }
    drafts.capabilities.set(id, draft)
  }
  draft.sets.add(from)
  return draft
}

/** The draft of a row's relationship, with the row. */
function draftRelationship(
  drafts: Drafts,
  from: SetInBundle,
  row: MappedRow,
  capability: StixId,
  technique: StixId,
): RelationshipDraft {
  const { type, reversed: isReversed = false } = from.shape.relationshipOf(row)
  const id = isReversed ? stixId('relationship', type, technique, capability) : stixId('relationship', type, capability, technique)
  const known = drafts.relationships.get(id)
  if (known) {
    known.rows.push({ from, row })
    return known
  }
  const draft = { id, type, capability, technique, isReversed, from, rows: [{ from, row }] }
  drafts.relationships.set(id, draft)
  return draft
}

/** Returns the object id of a technique, and adds it to the bundle if the profile embeds it or it is a new stub. */
function draftTechnique(drafts: Drafts, from: SetInBundle, technique: TechniqueRef, context: SetContext): { id: StixId; isStub: boolean } {
  const { attack } = from.set
  const found = findTechnique(context.attack, attack, technique.id) ?? describedTechnique(attack, technique)
  // Ids in a bundle supplied by the user may be malformed.
  if (found && attackPatternId.test(found.technique.stixId)) {
    if (context.embedTechniques) embedTechnique(drafts, found, context)
    return { id: found.technique.stixId, isStub: false }
  }
  const id = stubId(technique.id)
  if (drafts.techniques.has(id)) return { id, isStub: false }
  drafts.techniques.set(id, buildStub(technique, from.common))
  return { id, isStub: true }
}

/** Adds MITRE's own object of a technique, else a reference to it. Of several versions of MITRE's, the newest is kept. */
function embedTechnique({ techniques }: Drafts, { technique, ...found }: FoundTechnique, context: SetContext): void {
  const { attack, originals, undated } = context
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
