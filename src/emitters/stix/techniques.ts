import { type AttackTechnique, techniqueIdForm } from '../../attack/attack-index.js'
import type { OriginalObjects } from '../../attack/bundle/read-bundle.js'
import { findTechnique, type FoundTechnique } from '../../attack/find-techniques.js'
import type { ResolvedSet } from '../../model/mapping-set.js'
import type { Domain, TechniqueRef } from '../../model/mapping.js'
import { schemaErrors } from '../../schemas/schema-errors.js'
import type { EmitContext } from '../emitter.js'
import { stixId, toTimestamp, type StixId } from '../objects/stix-id.js'
import { mitreIdentityObject, mitreMarkingObject } from './preamble-objects.js'
import { type AttackPattern, type Identity, type MadeHere, statedFields, statedList, type StatementMarking } from './stix-object.js'

/** MITRE's own objects, for a bundle to hold word for word. */
export interface Originals {
  /** By what the index knows of the same technique. */
  readonly techniques: ReadonlyMap<AttackTechnique, AttackPattern>
  /** The identities and markings that these refer to. */
  readonly owners: ReadonlyMap<StixId, Identity | StatementMarking>
}

/**
 * The techniques that sets take from the release whose bundle was named for this run (`--attack`), as the bundle has them. One
 * that is no valid STIX 2.1, or that refers to what the bundle lacks, is built from the index as ever, and counted
 * (`emit/technique-rebuilt`).
 */
export async function findOriginals(sets: readonly ResolvedSet[], { attack, report }: EmitContext): Promise<Originals> {
  const techniques = new Map<AttackTechnique, AttackPattern>()
  const owners = new Map<StixId, Identity | StatementMarking>()
  const { originals } = attack
  if (!originals) return { techniques, owners }
  const rebuilt: string[] = []
  const seen = new Map<StixId, Original | undefined>()
  for (const technique of listTechniques(sets, attack, originals)) {
    const family = await loadFamily(technique.stixId, originals, seen)
    const [original, ...others] = family ?? []
    if (original?.type !== 'attack-pattern' || original.modified !== technique.modified) {
      rebuilt.push(technique.id)
      continue
    }
    techniques.set(technique, original)
    for (const other of others) if (other.type !== 'attack-pattern') owners.set(other.id, other)
  }
  if (rebuilt.length > 0) report('emit/technique-rebuilt', { found: rebuilt.slice(0, 10).join(', '), count: rebuilt.length })
  return { techniques, owners }
}

/** The techniques of sets that the index takes from the bundle's release; each once. */
function listTechniques(
  sets: readonly ResolvedSet[], attack: EmitContext['attack'], { domain, version }: OriginalObjects,
): ReadonlySet<AttackTechnique> {
  const techniques = new Set<AttackTechnique>()
  for (const set of sets) {
    const ids = new Set(set.mappings.flatMap((row) => (row.kind === 'mapped' ? [row.technique.id] : [])))
    for (const id of ids) {
      const found = findTechnique(attack, set.attack, id)
      if (found?.domain === domain && found.version === version) techniques.add(found.technique)
    }
  }
  return techniques
}

/** An object and everything that it refers to, itself first; undefined where any of them is not to be had. */
async function loadFamily(
  id: StixId, originals: OriginalObjects, seen: Map<StixId, Original | undefined>,
): Promise<readonly Original[] | undefined> {
  const family = new Map<StixId, Original>()
  const wanted = [id]
  for (const next of wanted) {
    if (family.has(next)) continue
    if (!seen.has(next)) seen.set(next, await loadOriginal(originals, next) ?? substitutes.get(next))
    const object = seen.get(next)
    if (!object) return undefined
    family.set(next, object)
    wanted.push(...listReferences(object))
  }
  return [...family.values()]
}

/** Every bundle of ATT&CK refers to these two; one that was cut down may lack them. */
const substitutes: ReadonlyMap<StixId, Original> = new Map<StixId, Original>([
  [mitreIdentityObject.id, mitreIdentityObject],
  [mitreMarkingObject.id, mitreMarkingObject],
])

/** The ids in an object's own properties that are references by their names. */
function listReferences(object: Original): readonly StixId[] {
  return Object.entries(object).flatMap(([name, value]: [string, unknown]) =>
    (/_refs?$/.test(name) ? [value].flat().filter((reference) => typeof reference === 'string') : []))
}

/** An object of MITRE's, with properties of MITRE's own beside those that its type tells. */
type Original = AttackPattern | Identity | StatementMarking

/** An object of an ATT&CK bundle, where our schema of bundles accepts it as it is: STIX 2.1, with MITRE's own properties. */
async function loadOriginal(originals: OriginalObjects, id: StixId): Promise<Original | undefined> {
  const object: unknown = originals.object(id)
  const errors = await schemaErrors('stix-bundle', { type: 'bundle', id: stixId('bundle'), objects: [object] })
  return errors.length === 0 && isOriginal(object) ? object : undefined
}

/** Which of the three it is; the schema has judged the rest. */
function isOriginal(object: unknown): object is Original {
  if (typeof object !== 'object' || object === null || !('type' in object)) return false
  if (object.type === 'marking-definition') return 'definition_type' in object && object.definition_type === 'statement'
  return object.type === 'attack-pattern' || object.type === 'identity'
}

const killChains: Readonly<Record<Domain, string>> = {
  enterprise: 'mitre-attack',
  mobile: 'mitre-mobile-attack',
  ics: 'mitre-ics-attack',
}

/** A technique with what the offline index knows, under MITRE's own id and name: a platform that holds ATT&CK knows it. */
export function buildTechnique({ domain, technique }: FoundTechnique): AttackPattern {
  return statedFields<AttackPattern>({
    type: 'attack-pattern',
    spec_version: '2.1',
    id: technique.stixId,
    created_by_ref: mitreIdentityObject.id,
    created: toTimestamp(technique.created),
    modified: toTimestamp(technique.modified),
    name: technique.name,
    kill_chain_phases: statedList(technique.tactics.map((name) => ({ kill_chain_name: killChains[domain], phase_name: name }))),
    revoked: technique.status === 'revoked' ? true : undefined,
    external_references: [
      {
        source_name: 'mitre-attack',
        external_id: technique.id,
        url: `https://attack.mitre.org/techniques/${technique.id.replace('.', '/')}`,
      },
    ],
    object_marking_refs: [mitreMarkingObject.id],
  })
}

/** The id of a technique that ATT&CK doesn't know. */
export function stubId(id: string): StixId {
  return stixId('attack-pattern', 'technique', id)
}

/** What stands for a technique that ATT&CK doesn't know. A later release may: platforms then merge the two by the reference. */
export function buildStub(technique: TechniqueRef, common: MadeHere): AttackPattern {
  return statedFields<AttackPattern>({
    type: 'attack-pattern',
    spec_version: '2.1',
    id: stubId(technique.id),
    created_by_ref: common.created_by_ref,
    created: common.created,
    modified: common.modified,
    name: technique.name ?? technique.id,
    description: `${technique.id}: no release of ATT&CK at hand holds a technique with this id.`,
    external_references: techniqueIdForm.test(technique.id)
      ? [{ source_name: 'mitre-attack', external_id: technique.id }]
      : undefined,
    object_marking_refs: common.object_marking_refs,
  })
}
